/** Two sides -> what happens to each resource: added, removed, changed or replaced, and why. */
import { child, type Node } from '../read/node.ts'
import { call, openBy } from '../resolve/calls.ts'
import { type Place as FilePlace, placeOf, type Resource } from '../resolve/program.ts'
import { Infeasible, type World } from '../resolve/world.ts'
import { OutOfSteps } from '../worlds/budget.ts'
import { type Explored, explore, TooManyWorlds } from '../worlds/explore.ts'
import { isCustom, isDeletedFirst, isVersion, replacementBy } from './behaviour.ts'
import { type Difference, differences, type Place, type Replaced } from './differences.ts'
import { effectOf } from './effects.ts'
import { isApart, type Side, type Sides } from './sides.ts'
import { type When, whenOf } from './when.ts'

export type PropertyChange = Omit<Difference, 'isSure'> & {
  readonly replaces: 'yes' | 'maybe' | 'no'
  /** Parameter values at which it differs; left out where it always does. */
  readonly when?: When
}

export type ResourceChange = {
  readonly key: string
  readonly id: string
  readonly type: string
  readonly change: 'added' | 'removed' | 'changed' | 'replaced'
  /** Of a changed one: it may be replaced instead. Of a replaced one: it may stay after all. */
  readonly isPossible?: true
  /** A new version by design, beside which the old one stays usable. */
  readonly isVersion?: true
  /** The old one is gone before the new one is made. */
  readonly isDeletedFirst?: true
  readonly properties: readonly PropertyChange[]
  /** What it means, of a replaced one. */
  readonly effect?: string
  /** Of a removed or replaced one: what the stack leaves there stays. */
  readonly isKept?: true
  readonly when?: When
  /** Why CloudFormation refuses the update. */
  readonly refused?: string
  readonly place: FilePlace
}

/** Every resource that an update touches, in the order of the templates. */
export function changesOf(sides: Sides): ResourceChange[] {
  const { before, after } = sides
  const replaced = new Map<string, 'yes' | 'maybe'>()
  const found = new Map<string, ResourceChange | undefined>()
  const both = [...after.program.resources.values()].filter(({ key }) => before.program.resources.has(key))
  let open = both
  while (open.length > 0) {
    const fresh = new Set<string>()
    for (const resource of open) {
      const change = changeOf(sides, before.program.resources.get(resource.key) as Resource, resource, replaced)
      found.set(resource.key, change)
      const how = change?.change === 'replaced' ? 'yes' : change?.isPossible ? 'maybe' : undefined
      if (how === undefined || replaced.get(resource.key) === how) continue
      replaced.set(resource.key, how)
      fresh.add(resource.key)
    }
    // What refers to one that turned out to be replaced changes with it.
    open =
      fresh.size === 0
        ? []
        : both.filter(({ node, stack }) =>
            [...after.meaning.refers(child(node, 'Properties'), stack)].some((key) => fresh.has(key)),
          )
  }
  return [
    ...[...after.program.resources.values()].flatMap((resource) =>
      before.program.resources.has(resource.key)
        ? (found.get(resource.key) ?? [])
        : isApart(sides, resource.key)
          ? []
          : alone(resource, 'added'),
    ),
    ...[...before.program.resources.values()].flatMap((resource) =>
      after.program.resources.has(resource.key) || isApart(sides, resource.key) ? [] : alone(resource, 'removed'),
    ),
  ]
}

const alone = (resource: Resource, change: 'added' | 'removed'): ResourceChange => ({
  ...named(resource),
  change,
  properties: [],
  ...(change === 'removed' && isKept(resource, 'DeletionPolicy') ? { isKept: true } : {}),
})

const named = (resource: Resource) =>
  ({ key: resource.key, id: resource.id, type: resource.type, place: placeOf(resource) }) as const

function isKept({ node }: Resource, policy: 'DeletionPolicy' | 'UpdateReplacePolicy'): boolean {
  const said = child(node, policy)
  return said?.kind === 'scalar' && /^Retain/.test(said.text)
}

/** What else a resource may say that an update acts on. */
const attributes = ['CreationPolicy', 'DeletionPolicy', 'UpdatePolicy', 'UpdateReplacePolicy'] as const

function changeOf(sides: Sides, old: Resource, now: Resource, replaced: Replaced): ResourceChange | undefined {
  if (old.type !== now.type)
    return {
      ...named(now),
      change: 'changed',
      properties: [{ path: 'Type', before: old.type, after: now.type, replaces: 'no' }],
      refused: `CloudFormation refuses to change the type of a resource: give the ${now.type} another logical ID`,
    }
  const existence = existenceOf(sides, old, now)
  const lasting = existence.answers.filter(({ answer }) => answer.before && answer.after)
  const coming = existence.answers.filter(({ answer }) => !answer.before && answer.after)
  const going = existence.answers.filter(({ answer }) => answer.before && !answer.after)
  const properties = lasting.length > 0 ? propertiesOf(sides, old, now, replaced) : []
  const other = attributes.flatMap((name): PropertyChange[] => {
    const [was, is] = [child(old.node, name), child(now.node, name)]
    const isSame = sides.before.meaning.of(was, old.stack) === sides.after.meaning.of(is, now.stack)
    return isSame ? [] : differencesOf(sides, name, { ...old, node: was }, { ...now, node: is }, new Map())
  })
  const worst = properties.some(({ replaces }) => replaces === 'yes')
    ? 'yes'
    : properties.some(({ replaces }) => replaces === 'maybe')
      ? 'maybe'
      : 'no'
  const isAnotherProgram = isCustom(now.type) && properties.some(({ path }) => path === 'ServiceToken')
  if (properties.length + other.length > 0) {
    const causes = properties.filter(({ replaces }) => replaces === worst)
    const conditional = causes.find(({ when }) => when !== undefined)
    const isAlways = causes.some(({ when }) => when === undefined)
    return {
      ...named(now),
      change: worst === 'yes' ? 'replaced' : 'changed',
      ...(worst === 'maybe' ? { isPossible: true } : {}),
      properties: [...properties, ...other],
      ...(worst === 'no'
        ? {}
        : {
            effect: effectOf(now.type),
            ...(isVersion(now.type) ? { isVersion: true } : {}),
            ...(isDeletedFirst(now.type) ? { isDeletedFirst: true } : {}),
            ...(isKept(old, 'UpdateReplacePolicy') ? { isKept: true } : {}),
          }),
      ...(isAlways || conditional?.when === undefined ? {} : { when: conditional.when }),
      ...(isAnotherProgram
        ? { refused: 'CloudFormation refuses to change the ServiceToken: give the resource another logical ID' }
        : {}),
    }
  }
  const [come] = coming
  const [gone] = going
  if (gone) return { ...alone(old, 'removed'), ...whenIn(sides, gone.world) }
  if (come) return { ...alone(now, 'added'), ...whenIn(sides, come.world) }
  return undefined
}

const whenIn = (sides: Sides, world: World): { readonly when?: When } => {
  const when = whenOf(world, sides.start)
  return when === undefined ? {} : { when }
}

type Existence = { readonly before: boolean; readonly after: boolean }

function existenceOf(sides: Sides, old: Resource, now: Resource): Explored<Existence> {
  const { before, after } = sides
  const always = { answers: [{ world: sides.start, answer: { before: true, after: true } }], obstacle: undefined }
  const saysNothing = ({ node, stack }: Resource): boolean => !child(node, 'Condition') && !stack.parent
  if (saysNothing(old) && saysNothing(now)) return always
  return (
    explored(sides, (world) => ({
      before: before.factsIn(world).exists(old),
      after: after.factsIn(world).exists(now),
    })) ?? always
  )
}

/** Undefined where it would take more than may be looked at, or nothing can be deployed. */
function explored<T>({ before, after, program, start }: Sides, ask: (world: World) => T): Explored<T> | undefined {
  try {
    const found = before.session.budget.within(() =>
      after.session.budget.within(() => explore(program, start, (world) => ask(world))),
    )
    return found.answers.length > 0 ? found : undefined
  } catch (error) {
    if (error instanceof TooManyWorlds || error instanceof OutOfSteps) return undefined
    throw error
  }
}

function propertiesOf(sides: Sides, old: Resource, now: Resource, replaced: Replaced): PropertyChange[] {
  const [was, is] = [old, now].map(({ node }) => child(node, 'Properties')) as [Node | undefined, Node | undefined]
  const isPlain = (node: Node | undefined): boolean =>
    node === undefined || (node.kind === 'map' && openBy(node) === undefined && call(node) === undefined)
  const isWhole = openBy(old.node) !== undefined || openBy(now.node) !== undefined || !isPlain(was) || !isPlain(is)
  // What a macro makes of it is not known by property.
  if (isWhole)
    return differencesOf(sides, 'Properties', { ...old, node: was }, { ...now, node: is }, replaced).map((each) => ({
      ...each,
      replaces: 'maybe',
    }))
  const names = new Set([was, is].flatMap((node) => (node?.kind === 'map' ? [...node.entries.keys()] : [])))
  return [...names]
    .filter((name) => !isReadElsewhere(old, now, name))
    .flatMap((name) =>
      differencesOf(sides, name, { ...old, node: child(was, name) }, { ...now, node: child(is, name) }, replaced),
    )
}

/** Where a nested stack that was read lies says nothing: its resources say what changes. */
const isReadElsewhere = (old: Resource, now: Resource, property: string): boolean =>
  ['TemplateURL', 'TemplateBody', 'Location'].includes(property) &&
  (old.stack.children.has(old.id) || now.stack.children.has(now.id))

type At = Pick<Resource, 'key' | 'type' | 'stack'> & { readonly node: Node | undefined }

/** A property that differs in some world, each path once. */
function differencesOf(sides: Sides, name: string, old: At, now: At, replaced: Replaced): PropertyChange[] {
  const { before, after } = sides
  const isSame = before.meaning.of(old.node, old.stack) === after.meaning.of(now.node, now.stack)
  const isReferring = [...after.meaning.refers(now.node, now.stack)].some((key) => replaced.has(key))
  if (isSame && !isReferring) return []
  const place = ({ meaning, factsIn }: Side, { node, stack }: At, world: World): Place => ({
    node,
    stack,
    meaning,
    resolver: factsIn(world).resolver,
  })
  const found = explored(sides, (world) => {
    if (!exists(before, old, world) || !exists(after, now, world)) return undefined
    return differences(name, place(before, old, world), place(after, now, world), replaced)
  })
  // Too much to look at: it may be all of it.
  if (!found) return [{ path: name, replaces: weaker(replacementBy(now.type, name)) }]
  const asked = found.answers.filter(({ answer }) => answer !== undefined)
  const byPath = new Map<string, { readonly difference: Difference; readonly worlds: World[] }>()
  for (const { world, answer } of asked)
    for (const difference of answer ?? []) {
      const known = byPath.get(difference.path)
      if (known) known.worlds.push(world)
      else byPath.set(difference.path, { difference, worlds: [world] })
    }
  return [...byPath.values()].map(({ difference: { isSure, ...difference }, worlds: [world, ...more] }) => {
    const replaces = replacementBy(now.type, difference.path)
    const isAlways = more.length + 1 === asked.length
    return {
      ...difference,
      replaces: isSure ? replaces : weaker(replaces),
      ...(isAlways || !world ? {} : whenIn(sides, world)),
    }
  })
}

const weaker = (replacement: 'yes' | 'maybe' | 'no') => (replacement === 'yes' ? 'maybe' : replacement)

function exists({ program, factsIn }: Side, { key }: At, world: World): boolean {
  const resource = program.resources.get(key)
  try {
    return resource !== undefined && factsIn(world).exists(resource)
  } catch (error) {
    if (error instanceof Infeasible) return false
    throw error
  }
}

/** Whether it counts where replacements are not wanted: what a program of somebody's decides, nobody here can say. */
export const isReplacement = ({ change, isVersion: isNew, type }: ResourceChange): boolean =>
  change === 'replaced' && !isNew && !isCustom(type)
