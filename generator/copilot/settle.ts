/**
 * Takes out what this version does not take, by the answers of its own schema and rules, and lists it. So the import writes
 * the whole config that Portcullis will have, and uses each key as soon as there is one.
 */
import { diagnosticsOf } from '../config/issues.ts'
import { configSchema } from '../config/schema/index.ts'
import { schemaAt } from '../config/schema/lookup.ts'
import type { Diagnostic } from '../errors/diagnostic.ts'
import { resolve } from '../model/resolve.ts'
import { stages } from '../rules/index.ts'
import { findings } from '../rules/rule.ts'
import { assemble, type Tree, valueAt } from './assemble.ts'
import { type Alternative, type Carried, carried, type Item, type Lost } from './item.ts'
import { keyOf } from './names.ts'
import { isAt, isIn, same } from './places.ts'
import type { At, Path } from './value.ts'
import { placeholderImage } from './workload/image.ts'

/** What only the user can answer: it stays, and `generate` asks. */
const QUESTIONS: ReadonlySet<string> = new Set(['PC120', 'PC121'])

/** How it is watched, scaled and deployed, not what runs. */
const HARMLESS =
  /^(?:environments\.[^.]+\.(?:parameters\.(?:LogRetentionDays|VpcCidr)$|(?=services|jobs)))?(?:observability|cluster|loadBalancer|tags|network\.flowLogs|network\.cidr|(?:services|jobs)\.[^.]+\.(?:deployment|spot|exec|scale\.(?!min$|max$)|health\.(?!path$)))(?:\.|$)?/

type Problems = { readonly kind: 'schema' | 'rules'; readonly found: readonly Diagnostic[] }

const problemsOf = (tree: Tree): Problems => {
  const parsed = configSchema.safeParse(tree, { reportInput: true, jitless: true })
  if (!parsed.success) return { kind: 'schema', found: diagnosticsOf(parsed.error.issues) }
  const model = resolve(parsed.data)
  for (const stage of stages) {
    const found = findings(stage, model, parsed.data).filter(({ code }) => !QUESTIONS.has(code))
    if (found.length > 0) return { kind: 'rules', found }
  }
  return { kind: 'rules', found: [] }
}

export const settle = (items: readonly Item[], root: At, application: string): readonly Item[] => {
  let current = withoutRefused(items)
  // Each round takes something out, so this ends; a bound keeps a mistake from hanging.
  for (let round = 0; round < 2 * items.length + 10; round++) {
    const next = oneRound(current, root, application)
    if (next === current) break
    current = next
  }
  return current
}

/** What one rule finds may be gone with what another one found, so they are heard one at a time. */
const oneRound = (items: readonly Item[], root: At, application: string): readonly Item[] => {
  const tree = assemble(items)
  const { kind, found } = problemsOf(tree)
  const answer = (each: readonly Item[], problem: Diagnostic): readonly Item[] =>
    without(each, problem, tree, root, application)
  if (kind === 'schema') return found.reduce(answer, items)
  for (const problem of found) {
    const next = answer(items, problem)
    if (next !== items) return next
  }
  return items
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

/** At a path; where a key or a service goes, also in the values of an environment. */
const isBelow =
  (path: Path, everywhere = true) =>
  ({ to }: Carried): boolean =>
    to !== undefined &&
    (isIn(to, path) ||
      (everywhere && to[0] === 'environments' && isIn(to.slice(2), path)) ||
      (String(path) === 'network,existing' && OF_VPC.test(String(to))))

const takenOut = (
  items: readonly Item[],
  affected: (item: Carried) => boolean,
  { why, remedy }: Pick<Lost, 'why' | 'remedy'>,
  isIdle = false,
): readonly Item[] => {
  const held = items.flatMap((item) =>
    item.kind === 'carried' && item.holds !== undefined && affected(item) ? [item.holds] : [],
  )
  const goes = (item: Carried): boolean => affected(item) || held.some((path) => isBelow(path)(item))
  if (!items.some((item) => item.kind === 'carried' && goes(item))) return items
  return items.map((item): Item => {
    if (item.kind !== 'carried' || !goes(item)) return item
    if (item.alternative !== undefined && held.length === 0)
      return withAlternative(item, item.alternative, isOverridden(items, item))
    const isHarmless = isIdle || (held.length === 0 && HARMLESS.test(item.to?.join('.') ?? ''))
    return { kind: 'lost', from: item.from, why, remedy, changes: !isHarmless }
  })
}

/** Where every environment has a value of its own, this one never counts. */
const isOverridden = (items: readonly Item[], { to = [] }: Carried): boolean => {
  const places = items.flatMap((item) => (item.kind === 'carried' && item.to?.[0] === 'environments' ? [item.to] : []))
  const names = new Set(places.map(([, name]) => name))
  return (
    names.size > 0 &&
    [...names].every((name) => places.some((place) => isAt(place, ['environments', name ?? '', ...to])))
  )
}

const withAlternative = (
  { alternative: _, ...item }: Carried,
  { value, why, remedy, changes }: Alternative,
  overridden: boolean,
): Item => ({
  ...item,
  value,
  note: overridden ? `${why}; every environment has a value of its own` : `${why}; ${remedy}`,
  ...(changes && !overridden ? { degraded: true as const } : {}),
})

const reasonOf = ({ code, path, message, why, remedy }: Diagnostic): Pick<Lost, 'why' | 'remedy'> => {
  if (code === 'PC101' && path[0] === 'environments' && schemaAt(path.slice(2)) !== undefined)
    return {
      why: `${generic(path.slice(2))} is the same in all environments`,
      remedy: `write ${path.slice(2).join('.')}, if it may count everywhere; if it must differ, make two applications`,
    }
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
    .map((part, index) => (/^(?:services|jobs|environments)$/.test(String(path[index - 1] ?? '')) ? '*' : part))
    .join('.')

const ZONE: Path = ['domain', 'zone', 'id']

/** The name of a published API is unique in a region. */
const withOwnHost = (items: readonly Item[], environment: Path, root: At, problem: Diagnostic): readonly Item[] => {
  const at = [...environment, 'parameters', 'DomainName']
  const host = `own-${keyOf(String(environment[1]), 40)}.replace-me.example`
  if (items.some((item) => item.kind === 'carried' && item.value === host)) return items
  return [
    ...takenOut(items, isBelow(at, false), reasonOf(problem)),
    carried(root, at, host, { ask: 'a host name of its own' }),
  ]
}

/** What is reached by its security group. */
const isGroup = ({ to, value }: Carried): boolean =>
  to?.[2] === 'reaches' && typeof value === 'object' && value !== null && 'securityGroup' in value

/** Of a pair that does not fit, the one that was written may be the other one. */
const PARTNERS: Readonly<Record<string, string>> = { PC401: 'cpu', PC402: 'max', PC421: 'intervalSeconds' }

/** A key that would change nothing, and the port of a private service that nobody in the config could call. */
const IDLE: ReadonlySet<string> = new Set(['PC439', 'PC440', 'PC442'])

const without = (
  items: readonly Item[],
  problem: Diagnostic,
  tree: Tree,
  root: At,
  application: string,
): readonly Item[] => {
  const { code, path } = problem
  const name = path.join('.')
  const onlyAsked = path.length === 1 && name === 'services' && valueAt(tree, ['services', 'app']) === undefined
  if (onlyAsked) return [...items, ...placeholderService(root, application, tree.services === undefined)]
  if (code === 'PC102' && path.at(-1) === 'image')
    return [
      ...items,
      carried(root, path, placeholderImage(application, String(path.at(-2))), { ask: 'the image of the container' }),
    ]
  if (code === 'PC102' && (name === 'domain' || name === 'domain.name'))
    return [...items, carried(root, ['domain', 'name'], 'api.replace-me.example', { ask: 'the host name of the API' })]
  const place = code === 'PC102' ? path.slice(0, -1) : path
  if (code === 'PC510' && valueAt(tree, ZONE) === undefined)
    return [...items, carried(root, ZONE, 'ZREPLACEME', { ask: 'the Route 53 hosted zone of the names' })]
  if (code === 'PC505' && place[0] === 'environments') return withOwnHost(items, place, root, problem)
  if (code === 'PC437') return takenOut(items, isGroup, reasonOf(problem))
  // An environment is not given up for one of its values.
  if (place.length === 0 || (place[0] === 'environments' && place.length === 2)) return items
  const reason = reasonOf(problem)
  const everywhere = /^PC10[126]$/.test(code) || place.length <= 2
  const next = takenOut(
    items,
    (item) => isBelow(place, everywhere)(item) || covers(item, place, tree),
    reason,
    IDLE.has(code),
  )
  const partner = Object.hasOwn(PARTNERS, code) ? PARTNERS[code] : undefined
  return next === items && partner !== undefined
    ? takenOut(items, isBelow([...place.slice(0, -1), partner]), reason)
    : next
}

const placeholderService = (root: At, application: string, isAlone: boolean): readonly Item[] => [
  carried(root, ['services', 'app', 'image'], placeholderImage(application, 'app'), {
    ask: `${isAlone ? 'no service was carried over' : 'no other service answers requests, and an API needs one that does'}: the image of one`,
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
