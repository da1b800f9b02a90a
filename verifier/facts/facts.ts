/** What the templates say in one world, asked for piece by piece so that a world splits only where it must. */
import { evaluator } from '../resolve/evaluate.ts'
import { type Mentions, mentionsOf } from '../resolve/mentions.ts'
import { type Place, type Program, placeOf, type Resource } from '../resolve/program.ts'
import { entry, type Value } from '../resolve/value.ts'
import type { World } from '../worlds/world.ts'

/** What stays the same over all worlds. */
export type Surroundings = {
  readonly program: Program
  readonly mentions: Mentions
  readonly byType: ReadonlyMap<string, readonly Resource[]>
  readonly declarations: Declarations
  /** SHA-256 of the functions whose custom resources are understood. */
  readonly ownFunctions: ReadonlySet<string>
  readonly readFile: (path: string) => string | undefined
}

/** Ways in that a command line may allow. */
export const doors = [
  'exec',
  'internet-egress',
  'peering',
  'transit-gateway',
  'vpn',
  'endpoint-service',
  'accelerator',
  'lattice',
  'instance-connect',
  'verified-access',
  'second-domain',
  'group-editors',
] as const
export type Door = (typeof doors)[number]

/** What the command line says, and no template may: a template cannot vouch for itself. */
export type Declarations = {
  /** Keys of routes that are open on purpose, as the template writes them. */
  readonly openRoutes: ReadonlySet<string>
  readonly allow: ReadonlySet<Door>
  /** `NAME.facet` -> values. */
  readonly assume: ReadonlyMap<string, readonly string[]>
  /** Names of parameters, imports or attributes -> value. */
  readonly values: ReadonlyMap<string, string>
}

export type Facts = {
  readonly around: Surroundings
  /** Resources of these types that exist in this world. */
  all(...types: string[]): Resource[]
  exists(resource: Resource): boolean
  /** A property, `NetworkConfiguration.AwsvpcConfiguration.Subnets`. */
  get(resource: Resource, path: string): Value
  place(resource: Resource): Place
  /** Text of the command line, in which `${DomainName}` is the parameter of that name. */
  meant(text: string): readonly Value[]
  /** A value that one claim works out and others need too. */
  once<T>(make: (facts: Facts) => T): T
}

export function surroundings(
  program: Program,
  rest: Omit<Surroundings, 'program' | 'mentions' | 'byType'>,
): Surroundings {
  const byType = new Map<string, Resource[]>()
  for (const resource of program.resources.values())
    byType.set(resource.type, [...(byType.get(resource.type) ?? []), resource])
  return { program, mentions: mentionsOf(program), byType, ...rest }
}

export function factsOf(around: Surroundings, world: World): Facts {
  const evaluate = evaluator(around.program, world, around.declarations.values)
  const made = new Map<unknown, unknown>()
  const facts: Facts = {
    around,
    all: (...types) =>
      types.flatMap((type) => around.byType.get(type) ?? []).filter((resource) => evaluate.exists(resource)),
    exists: evaluate.exists,
    get: (resource, path) => {
      const [first = '', ...more] = path.split('.')
      return more.reduce(entry, evaluate.property(resource, first))
    },
    place: placeOf,
    meant: (text) =>
      around.program.stacks.filter(({ parent }) => !parent).map((stack) => evaluate.substitute(text, stack)),
    once: (make) => {
      if (!made.has(make)) made.set(make, make(facts))
      return made.get(make) as ReturnType<typeof make>
    },
  }
  return facts
}
