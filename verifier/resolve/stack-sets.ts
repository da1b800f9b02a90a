/** Stack sets: in which accounts and Regions their stacks are. */
import { child, type Mapping, textOf as scalarText, string } from '../read/node.ts'
import { openBy } from './calls.ts'
import { rootOf, type Stack } from './program.ts'
import type { Resolver } from './resolver.ts'
import { entry, itemsOf, keyOf, textOf, type Value } from './value.ts'

const placeNames = ['AWS::AccountId', 'AWS::Region'] as const
export type PlaceName = (typeof placeNames)[number]

export const isPlaceName = (name: string): name is PlaceName => (placeNames as readonly string[]).includes(name)

/** Accounts or Regions of a stack set's stacks; undefined where the template does not list them all. */
export function placesOf(resolver: Resolver, { set }: Stack, name: PlaceName): readonly Value[] | undefined {
  if (!set || openBy(set.resource.node) !== undefined) return undefined
  const groups = itemsOf(resolver.property(set.resource, 'StackInstancesGroup'))
  const lists = groups?.map((group) => listIn(group, name))
  return lists && lists.length > 0 && lists.every((each) => each !== undefined) ? lists.flat() : undefined
}

/** Organizational units and files of accounts are known to their organization only. */
function listIn(group: Value, name: PlaceName): readonly Value[] | undefined {
  if (group.kind !== 'map') return undefined
  const targets = entry(group, 'DeploymentTargets')
  const isListed = targets.kind === 'map' && [...targets.entries.keys()].every((each) => each === 'Accounts')
  if (name === 'AWS::AccountId' && !isListed) return undefined
  const items = itemsOf(name === 'AWS::Region' ? entry(group, 'Regions') : entry(targets, 'Accounts'))
  return items && items.length > 0 ? items : undefined
}

/** The same as it is written, where each one is a text. */
export function writtenPlaces({ set }: Stack, name: PlaceName): readonly string[] | undefined {
  const groups = child(child(set?.resource.node, 'Properties'), 'StackInstancesGroup')
  if (groups?.kind !== 'list') return undefined
  const lists = groups.items.map((group) => {
    const targets = child(group, 'DeploymentTargets')
    const isListed = targets?.kind === 'map' && [...targets.entries.keys()].every((each) => each === 'Accounts')
    if (name === 'AWS::AccountId' && !isListed) return [undefined]
    const places = name === 'AWS::Region' ? child(group, 'Regions') : child(targets, 'Accounts')
    return places?.kind === 'list' ? places.items.map(scalarText) : [undefined]
  })
  const all = lists.flat()
  return all.every((each) => each !== undefined) && all.length > 0 ? all : undefined
}

/**
 * Values that a stack set gives to a parameter of its stacks, as they are written; undefined where one is worked out, and
 * none where the stack set leaves it to its Default.
 */
export function writtenValues({ set }: Stack, name: string): readonly string[] | undefined {
  const properties = child(set?.resource.node, 'Properties')
  const groups = child(properties, 'StackInstancesGroup')
  const lists = [
    child(properties, 'Parameters'),
    ...(groups?.kind === 'list' ? groups.items.map((group) => child(group, 'ParameterOverrides')) : []),
  ]
  if (!set || (groups && groups.kind !== 'list') || openBy(set.resource.node) !== undefined) return undefined
  const found: string[] = []
  for (const list of lists)
    for (const item of list?.kind === 'list' ? list.items : list ? [list] : []) {
      const key = scalarText(child(item, 'ParameterKey'))
      const value = scalarText(child(item, 'ParameterValue'))
      if (key === undefined || (key === name && value === undefined)) return undefined
      if (key === name && value !== undefined) found.push(value)
    }
  return found
}

/** Whether two stacks are in one account, and in one Region where that matters too. */
export type Nearness = 'same' | 'other' | 'maybe'

export function nearness(
  resolver: Resolver,
  one: Stack,
  another: Stack,
  names: readonly PlaceName[] = placeNames,
): Nearness {
  const [a, b] = [rootOf(one), rootOf(another)]
  // Templates that are given together are deployed together.
  if (a === b || (!a.set && !b.set)) return 'same'
  const answers = names.map((name) => isOnePlace(whereIs(resolver, a, name), whereIs(resolver, b, name)))
  return answers.find((each) => each === 'other') ?? answers.find((each) => each === 'maybe') ?? 'same'
}

const referenceTo = (name: string): Mapping => ({
  kind: 'map',
  entries: new Map([['Ref', { node: string(name, 0), at: 0 }]]),
  at: 0,
})
const references: Readonly<Record<PlaceName, Mapping>> = {
  'AWS::AccountId': referenceTo('AWS::AccountId'),
  'AWS::Region': referenceTo('AWS::Region'),
}

/** Values that it may have; undefined for any. */
const whereIs = (resolver: Resolver, root: Stack, name: PlaceName): readonly Value[] | undefined =>
  root.set ? placesOf(resolver, root, name) : [resolver.evaluate(references[name], root)]

function isOnePlace(some: readonly Value[] | undefined, others: readonly Value[] | undefined): Nearness {
  if (!some || !others) return 'maybe'
  const answers = some.flatMap((one) =>
    others.map((other): Nearness => {
      if (keyOf(one) === keyOf(other)) return 'same'
      return textOf(one) !== undefined && textOf(other) !== undefined ? 'other' : 'maybe'
    }),
  )
  return answers.every((each) => each === 'same')
    ? 'same'
    : answers.every((each) => each === 'other')
      ? 'other'
      : 'maybe'
}
