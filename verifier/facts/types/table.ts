/** The table of types: what each type of the registry, its properties and its attributes are to the claims. */
import { type Attribute, attributesByHand } from './attributes.ts'
import { type Judgement, pathsOf, type Role, type TypeClass } from './judgement.ts'
import { judgements } from './judgements.ts'
import { isNetworkName, isOwnAttribute, isPlainAttribute, isVpcName, roleByName } from './names.ts'
import { leaves, parseTree, type Tree, treeAt } from './paths.ts'
import { attributes, properties, registered } from './registry.gen.ts'

export type { Attribute } from './attributes.ts'
export { doors } from './doors.ts'
export type { Role, TypeClass } from './judgement.ts'

const once = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

const cached = <T>(make: (key: string) => T): ((key: string) => T) => {
  const made = new Map<string, T>()
  return (key) => {
    const found = made.get(key)
    if (found !== undefined || made.has(key)) return found as T
    const value = make(key)
    made.set(key, value)
    return value
  }
}

/** What follows a type in rows of one service each, as the generated file has them: `Type=TEXT`. */
const inRows = (rows: string): ((type: string) => string | undefined) => {
  const byService = once(
    () => new Map(rows.split('\n').map((row): [string, string] => [row.slice(0, row.indexOf(' ')), row])),
  )
  // A template names few of the services.
  const typesOf = cached((service) => new Map(typesIn(byService().get(service) ?? '')))
  return (type) => {
    const end = type.lastIndexOf('::')
    return typesOf(type.slice(0, Math.max(end, 0))).get(type.slice(end + 2))
  }
}

const typesIn = (row: string): readonly [string, string][] =>
  row
    .split(' ')
    .slice(1)
    .map((each) => {
      const at = each.indexOf('=')
      return [each.slice(0, at), each.slice(at + 1)]
    })

/** A type holds no space; a path may. */
function partsOfKey(key: string): readonly [type: string, path: string] {
  const space = key.indexOf(' ')
  return [key.slice(0, space), key.slice(space + 1)]
}

const hashOf = inRows(registered)
const attributesIn = inRows(attributes)

const isKnown = cached((type) => hashOf(type) !== undefined)

export const knownTypes = (): ReadonlySet<string> =>
  new Set(
    registered
      .trim()
      .split('\n')
      .flatMap((row) => typesIn(row).map(([name]) => `${row.slice(0, row.indexOf(' '))}::${name}`)),
  )

/** The class of a type. Undefined when the table does not know it: new, third-party, custom or a module, an unread container. */
export const classOf = cached((type): TypeClass | undefined => {
  if (!isKnown(type)) return undefined
  // What the reading of SAM leaves as it is, it could not read.
  if (type.startsWith('AWS::Serverless::')) return 'container'
  return Object.hasOwn(judgements, type) ? (judgements[type] as Judgement).class : 'stranger'
})

/** Why a type was judged as it is. */
export const reasonOf = (type: string): string | undefined => judgementOf(type)?.because

const judgementOf = (type: string): Judgement | undefined =>
  isKnown(type) && Object.hasOwn(judgements, type) ? judgements[type] : undefined

const treeOf = cached((type): Tree | undefined =>
  Object.hasOwn(properties, type) ? parseTree(properties[type] as string) : undefined,
)

/** Whether the schema of a type that is modelled or judged, or holds resources, has a property path (list indices left out); all below free JSON. */
export function hasProperty(type: string, path: string): boolean {
  const tree = treeOf(type)
  return tree !== undefined && treeAt(tree, path) !== undefined
}

/** What weighs most comes first: a value that is not known at all at a path may be everything below it. */
const weight: readonly Role[] = ['carrier', 'owner', 'target', 'rights', 'code', 'passive', 'peer', 'data', 'shown']

const explicit = cached((type): ByPath<Role> => {
  const roles = new Map<string, Role>()
  for (const [role, paths] of Object.entries(judgementOf(type)?.roles ?? {}))
    for (const path of pathsOf(paths)) roles.set(path, role as Role)
  return byPath(roles)
})

/** Values by path; map keys in judgements are written `%`. */
type ByPath<T> = {
  readonly exact: ReadonlyMap<string, T>
  readonly withAnyKey: readonly (readonly [names: readonly string[], value: T])[]
}

const byPath = <T>(exact: ReadonlyMap<string, T>): ByPath<T> => ({
  exact,
  withAnyKey: [...exact].filter(([path]) => path.includes('%')).map(([path, value]) => [path.split('.'), value]),
})

/** The value at the path itself, or at the nearest path above it. */
function nearest<T>({ exact, withAnyKey }: ByPath<T>, path: string): T | undefined {
  for (let here = path; here !== ''; here = here.slice(0, Math.max(here.lastIndexOf('.'), 0))) {
    const value = exact.get(here)
    if (value !== undefined) return value
    if (withAnyKey.length === 0) continue
    const names = here.split('.')
    const found = withAnyKey.find(
      ([wanted]) => wanted.length === names.length && wanted.every((name, at) => name === '%' || name === names[at]),
    )
    if (found) return found[1]
  }
  return undefined
}

/** Role of a property path (`VpcConfig.SecurityGroupIds`) of a type; undefined when it is not judged. */
export const roleOf = (type: string, path: string): Role | undefined => roleOfKey(`${type} ${path}`)

const roleOfKey = cached((key) => freshRole(...partsOfKey(key)))

function freshRole(type: string, path: string): Role | undefined {
  const judgement = judgementOf(type)
  if (!judgement) return isKnown(type) && roleByName(path) === 'shown' ? 'shown' : undefined
  if (judgement.class === 'harmless') return roleByName(path) === 'shown' ? 'shown' : 'data'
  if (judgement.class === 'container') return undefined
  return roleAt(type, judgement, path)
}

function roleAt(type: string, judgement: Judgement, path: string): Role | undefined {
  const tree = treeOf(type)
  const here = tree && treeAt(tree, path)
  if (here === undefined) return undefined
  if (here === 'free' || here.entries.size === 0) return roleOfLeaf(type, judgement, path, here)
  const below = leaves(here, path).map((leaf) => roleAt(type, judgement, leaf))
  if (below.includes(undefined)) return undefined
  return weight.find((role) => below.includes(role))
}

function roleOfLeaf(type: string, judgement: Judgement, path: string, here: Tree | 'free'): Role | undefined {
  const said = nearest(explicit(type), path)
  if (said !== undefined) return said
  const isNetwork = (here !== 'free' && here.isNetwork) || isNetworkName(path)
  if (isNetwork && judgement.network) return isVpcName(path) ? 'data' : judgement.network
  return roleByName(path) ?? (isNetwork ? undefined : 'data')
}

const readings = cached((type): ByPath<'read' | 'harmless' | 'unread'> => {
  const found = new Map<string, 'read' | 'harmless' | 'unread'>()
  const judgement = judgementOf(type)
  if (judgement?.class !== 'modelled') return byPath(found)
  for (const paths of Object.values(judgement.harmless ?? {}))
    for (const path of pathsOf(paths)) found.set(path, 'harmless')
  for (const path of pathsOf(judgement.unread)) found.set(path, 'unread')
  for (const [role, paths] of Object.entries(judgement.roles))
    if (role !== 'shown' && role !== 'data')
      for (const path of pathsOf(paths)) if (!found.has(path)) found.set(path, 'read')
  for (const path of pathsOf(judgement.read)) found.set(path, 'read')
  return byPath(found)
})

/** Whether the verifier must look at a property of a modelled type; undefined when it is not known what it does. */
export const propertyJudgement = (type: string, path: string): 'read' | 'harmless' | undefined =>
  judgementOfKey(`${type} ${path}`)

const judgementOfKey = cached((key) => freshJudgement(...partsOfKey(key)))

function freshJudgement(type: string, path: string): 'read' | 'harmless' | undefined {
  if (!hasProperty(type, path)) return undefined
  const found = nearest(readings(type), path) ?? below(type, path)
  return found === 'unread' ? undefined : found
}

/** A path above judged ones must be looked at as soon as one of them must. */
function below(type: string, path: string): 'read' | 'harmless' | 'unread' | undefined {
  const here = [...readings(type).exact].filter(([each]) => each.startsWith(`${path}.`)).map(([, value]) => value)
  return (['unread', 'read', 'harmless'] as const).find((value) => here.includes(value))
}

const listOf = (text: string): readonly string[] => text.split(',').filter(Boolean)

const attributesOfType = cached((type) => {
  const [readOnly = '', names = ''] = (attributesIn(type) ?? '@').split('@')
  const listed = listOf(readOnly)
  return {
    all: new Set(listed.map((each) => each.replace('!', ''))),
    identifiers: new Set(listed.filter((each) => each.endsWith('!')).map((each) => each.slice(0, -1))),
    names: listOf(names),
  }
})

/** The id of a custom resource is what its function answers, and that of a body which is not read may be anything. */
const isNamedByItself = (type: string): boolean =>
  type === 'AWS::CloudFormation::CustomResource' || type.startsWith('AWS::Serverless::')

/** What `Fn::GetAtt` of an attribute gives, and `Ref` as `''`. Undefined when nobody judged it: it may be anything. */
export function attributeOf(type: string, attribute: string): Attribute | undefined {
  if (!isKnown(type)) return undefined
  const { all, identifiers, names } = attributesOfType(type)
  const identity: Attribute = { kind: 'identity', names }
  if (attribute === '') return isNamedByItself(type) ? undefined : identity
  const byHand = attributesByHand[type]
  if (byHand && Object.hasOwn(byHand, attribute)) {
    const said = byHand[attribute] as Attribute | 'identity'
    return said === 'identity' ? identity : said
  }
  if (identifiers.has(attribute) || (all.has(attribute) && isOwnAttribute(type, attribute))) return identity
  if (!all.has(attribute))
    return judgementOf(type)?.class !== 'container' && hasProperty(type, attribute)
      ? { kind: 'echo', property: attribute }
      : undefined
  return isPlainAttribute(attribute) ? { kind: 'data' } : undefined
}

/** Paths of a modelled or judged type that carry groups or stand in subnets: hosts behind them may open connections. */
export const carrierPaths = (type: string): readonly string[] => pathsWithRole(type, 'carrier')

/** Paths of a type that carry groups or stand in subnets, where nothing behind them opens a connection. */
export const passivePaths = (type: string): readonly string[] => pathsWithRole(type, 'passive')

export function pathsWithRole(type: string, role: Role): readonly string[] {
  const judgement = judgementOf(type)
  // No name of a property says these roles by itself.
  const isSaid = judgement?.roles[role] !== undefined || judgement?.network === role
  if ((role === 'carrier' || role === 'passive') && !isSaid) return []
  const tree = treeOf(type)
  return tree ? leaves(tree).filter((path) => roleOf(type, path) === role) : []
}
