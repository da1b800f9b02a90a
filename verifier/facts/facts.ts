/** What the templates say in one world, asked for piece by piece so that a world splits only where it must. */
import type { Declarations } from '../declarations.ts'
import { resolver as resolve } from '../resolve/evaluate.ts'
import { type Names, namesIn } from '../resolve/names.ts'
import { type Place, type Program, placeOf, type Resource } from '../resolve/program.ts'
import { substituted } from '../resolve/references.ts'
import type { Resolver } from '../resolve/resolver.ts'
import { taintOf } from '../resolve/taint.ts'
import { at, type Origin, type Taint, type Value } from '../resolve/value.ts'
import type { World } from '../resolve/world.ts'
import { attributeOf } from './attributes.ts'
import { isOwn } from './own-functions.ts'

/** What stays the same over all worlds. */
export type Surroundings = {
  readonly program: Program
  readonly names: Names
  readonly byType: ReadonlyMap<string, readonly Resource[]>
  readonly declarations: Declarations
  /** `NAME.facet` -> values. */
  readonly assumed: ReadonlyMap<string, readonly string[]>
  /** Names of parameters, imports or attributes -> value. */
  readonly values: ReadonlyMap<string, string>
  /** Names among them that the templates determine, as far as somebody asked. */
  readonly determined: Set<string>
  /** What comparisons depend on that no parameter decides, as far as somebody asked. */
  readonly compared: Map<string, readonly Origin[]>
  /** The code of the functions whose custom resources are understood. */
  readonly ownFunctions: ReadonlySet<string>
  readonly readFile: (path: string) => string | undefined
  /** Pairs of keys, a load balancer and the tasks that it is in front of before an update or after it. */
  readonly inFront: ReadonlySet<string>
  /** Counts what is worked out. Throws OutOfSteps. */
  readonly step: () => void
}

export type Facts = {
  readonly around: Surroundings
  readonly world: World
  readonly resolver: Resolver
  /** Resources of these types in any world. */
  candidates(...types: string[]): readonly Resource[]
  /** Resources of these types that exist in this world. */
  all(...types: string[]): Resource[]
  exists(resource: Resource): boolean
  /** A property, `NetworkConfiguration.AwsvpcConfiguration.Subnets`. */
  get(resource: Resource, path: string): Value
  /** Keys of what the value names, or may name once it is taken apart. */
  taint(value: Value): Taint
  place(resource: Resource): Place
  /** Text of the command line, in which `${DomainName}` is the parameter of that name. */
  meant(text: string): readonly Value[]
  /** A value that one claim works out and others need too. */
  once<T>(make: (facts: Facts) => T): T
}

export function surroundings(
  program: Program,
  declarations: Declarations,
  rest: Pick<Surroundings, 'ownFunctions' | 'readFile' | 'step' | 'inFront'>,
): Surroundings {
  const byType = new Map<string, Resource[]>()
  for (const resource of program.resources.values()) {
    const same = byType.get(resource.type)
    if (same) same.push(resource)
    else byType.set(resource.type, [resource])
  }
  const assumed = new Map<string, string[]>()
  for (const { name, facet, value } of declarations.assume)
    assumed.set(`${name}.${facet}`, [...(assumed.get(`${name}.${facet}`) ?? []), value])
  const values = new Map(
    declarations.assume.filter(({ facet }) => facet === 'value').map(({ name, value }) => [name, value]),
  )
  return {
    program,
    names: namesIn(program, { attributeOf }),
    byType,
    declarations,
    assumed,
    values,
    determined: new Set(),
    compared: new Map(),
    ...rest,
  }
}

export function factsOf(around: Surroundings, world: World): Facts {
  const resolver = resolve(around.program, world, {
    values: around.values,
    determined: around.determined,
    compared: around.compared,
    attributeOf,
    isOwn: (self, custom) => isOwn(self, custom, around),
    step: around.step,
  })
  const made = new Map<unknown, unknown>()
  const candidates = (...types: string[]): readonly Resource[] => {
    const [only] = types
    return only !== undefined && types.length === 1
      ? (around.byType.get(only) ?? [])
      : types.flatMap((type) => around.byType.get(type) ?? [])
  }
  const facts: Facts = {
    around,
    world,
    resolver,
    candidates,
    all: (...types) => candidates(...types).filter((resource) => resolver.exists(resource)),
    exists: resolver.exists,
    get: (resource, path) => {
      const dot = path.indexOf('.')
      return dot < 0
        ? resolver.property(resource, path)
        : at(resolver.property(resource, path.slice(0, dot)), path.slice(dot + 1))
    },
    taint: (value) => taintOf(resolver, value),
    place: placeOf,
    meant: (text) =>
      around.program.stacks
        .filter(({ parent }) => !parent)
        .map((stack) => substituted(resolver, text, undefined, stack)),
    once: (make) => {
      if (!made.has(make)) made.set(make, make(facts))
      return made.get(make) as ReturnType<typeof make>
    },
  }
  return facts
}
