/**
 * Takes out what this version does not take, by the answers of its own schema and rules, and lists it. So the import writes
 * the whole config that Portcullis will have, and uses each key as soon as there is one.
 */
import { diagnosticsOf } from '../config/issues.ts'
import { configSchema } from '../config/schema/index.ts'
import type { Diagnostic } from '../errors/diagnostic.ts'
import { resolve } from '../model/resolve.ts'
import { rules } from '../rules/index.ts'
import { findings } from '../rules/rule.ts'
import { assemble, type Tree, valueAt } from './assemble.ts'
import { type Alternative, type Carried, carried, type Item, type Lost } from './item.ts'
import { isIn, same } from './places.ts'
import type { At, Path } from './value.ts'
import { placeholderImage } from './workload/image.ts'

/** What only the user can answer: it stays, and `generate` asks. */
const QUESTIONS: ReadonlySet<string> = new Set(['PC120', 'PC121'])

/** How it is watched, scaled and deployed, not what runs. */
const HARMLESS =
  /^(?:environments\.[^.]+\.(?:parameters\.(?:LogRetentionDays|VpcCidr)$|(?=services|jobs)))?(?:observability|cluster|loadBalancer|tags|network\.flowLogs|network\.cidr|(?:services|jobs)\.[^.]+\.(?:deployment|spot|exec|scale\.(?!min$|max$)|health\.(?!path$)))(?:\.|$)?/

const problemsOf = (tree: Tree): readonly Diagnostic[] => {
  const parsed = configSchema.safeParse(tree, { reportInput: true, jitless: true })
  if (!parsed.success) return diagnosticsOf(parsed.error.issues)
  return findings(rules, resolve(parsed.data), parsed.data)
    .filter(({ code }) => !QUESTIONS.has(code))
    .slice(0, 1)
}

export const settle = (items: readonly Item[], root: At, application: string): readonly Item[] => {
  let current = withoutRefused(items)
  // Each round takes something out, so this ends; a bound keeps a mistake from hanging.
  for (let round = 0; round < items.length + 10; round++) {
    const tree = assemble(current)
    const next = problemsOf(tree).reduce((each, problem) => without(each, problem, tree, root, application), current)
    if (next === current) break
    current = next
  }
  return current
}

/** What cannot be run at all takes its place in the config with it. */
const withoutRefused = (items: readonly Item[]): readonly Item[] =>
  items.reduce<readonly Item[]>(
    (each, item) =>
      item.kind === 'lost' && item.removes !== undefined ? takenOut(each, isBelow(item.removes), item) : each,
    items,
  )

/** Without the VPC, the parameters that name it in an environment mean nothing. */
const OF_VPC = /^environments,[^,]+,parameters,(?:VpcId|PrivateSubnet[0-9]Id)$/

/** At a path, also in the values of an environment. */
const isBelow =
  (path: Path) =>
  ({ to }: Carried): boolean =>
    to !== undefined &&
    (isIn(to, path) ||
      (to[0] === 'environments' && isIn(to.slice(2), path)) ||
      (String(path) === 'network,existing' && OF_VPC.test(String(to))))

const takenOut = (
  items: readonly Item[],
  affected: (item: Carried) => boolean,
  { why, remedy }: Pick<Lost, 'why' | 'remedy'>,
): readonly Item[] => {
  const held = items.flatMap((item) =>
    item.kind === 'carried' && item.holds !== undefined && affected(item) ? [item.holds] : [],
  )
  const goes = (item: Carried): boolean => affected(item) || held.some((path) => isBelow(path)(item))
  if (!items.some((item) => item.kind === 'carried' && goes(item))) return items
  return items.map((item): Item => {
    if (item.kind !== 'carried' || !goes(item)) return item
    if (item.alternative !== undefined && held.length === 0) return withAlternative(item, item.alternative)
    const isHarmless = held.length === 0 && HARMLESS.test(item.to?.join('.') ?? '')
    return { kind: 'lost', from: item.from, why, remedy, changes: !isHarmless }
  })
}

const withAlternative = ({ alternative: _, ...item }: Carried, { value, why, remedy, changes }: Alternative): Item => ({
  ...item,
  value,
  note: `${why}; ${remedy}`,
  ...(changes ? { degraded: true as const } : {}),
})

const reasonOf = ({ code, path, message, why, remedy }: Diagnostic): Pick<Lost, 'why' | 'remedy'> => {
  if (code === 'PC101')
    return {
      why: `this version of Portcullis has no ${generic(path)}`,
      remedy: 'a later version may take it; until then it is up to you',
    }
  return { why: why === undefined || code === 'PC106' ? message : `${message}: ${why}`, remedy }
}

/** The key, whatever the names of users in it are. */
const generic = (path: Path): string =>
  path
    .map(String)
    .map((part, index) => (index === 1 && /^(?:services|jobs|environments)$/.test(String(path[0])) ? '*' : part))
    .join('.')

const without = (
  items: readonly Item[],
  problem: Diagnostic,
  tree: Tree,
  root: At,
  application: string,
): readonly Item[] => {
  const { code, path } = problem
  const last = path.at(-1)
  if (
    path.length === 1 &&
    last === 'services' &&
    valueAt(tree, ['services', 'app']) === undefined &&
    !hasServices(tree)
  )
    return [...items, ...placeholderService(root, application)]
  if (code === 'PC102' && last === 'image')
    return [
      ...items,
      carried(root, path, placeholderImage(application, String(path.at(-2))), { ask: 'the image of the container' }),
    ]
  const place = code === 'PC102' ? path.slice(0, -1) : path
  if (place.length === 0) return items
  return takenOut(items, (item) => isBelow(place)(item) || covers(item, place, tree), reasonOf(problem))
}

const hasServices = (tree: Tree): boolean => Object.keys((tree['services'] as object | undefined) ?? {}).length > 0

const placeholderService = (root: At, application: string): readonly Item[] => [
  carried(root, ['services', 'app', 'image'], placeholderImage(application, 'app'), {
    ask: 'no service was carried over: the image of one',
  }),
  carried(root, ['services', 'app', 'port'], 8080, { ask: 'the port that it listens on' }),
]

/** The place is inside of the item's value: of a list, in the entry that the item added. */
const covers = ({ to, append, value }: Carried, place: Path, tree: Tree): boolean => {
  if (to === undefined || place.length <= to.length || !isIn(place, to)) return false
  if (append !== true)
    return (
      typeof value === 'object' &&
      value !== null &&
      valueAt({ value } as Tree, ['value', ...place.slice(to.length)]) !== undefined
    )
  return same(valueAt(tree, place.slice(0, to.length + 1)), value)
}
