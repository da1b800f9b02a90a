/** What a change of a property does to a resource: CloudFormation's own update behaviour, by type. */
import { behaviour } from './behaviour.gen.ts'

export type Replacement = 'yes' | 'maybe' | 'no'

type Behaviour = {
  readonly isDeletedFirst: boolean
  /** Property paths, list indices left out. */
  readonly certain: readonly string[]
  readonly possible: readonly string[]
}

const nothing: Behaviour = { isDeletedFirst: false, certain: [], possible: [] }
const read = new Map<string, Behaviour>()
let rows: ReadonlyMap<string, string> | undefined

function behaviourOf(type: string): Behaviour {
  const known = read.get(type)
  if (known) return known
  rows ??= new Map(behaviour.split('\n').map((row): [string, string] => [row.slice(0, row.indexOf(' ')), row]))
  const end = type.lastIndexOf('::')
  const start = `${type.slice(end + 2)}=`
  const row = rows.get(type.slice(0, Math.max(end, 0))) ?? ''
  const said = row
    .split(' ')
    .find((each) => each.startsWith(start))
    ?.slice(start.length)
  const found = said === undefined ? nothing : parsed(said)
  read.set(type, found)
  return found
}

function parsed(said: string): Behaviour {
  const isDeletedFirst = said.startsWith('-')
  const paths = said.slice(isDeletedFirst ? 1 : 0).split(',')
  return {
    isDeletedFirst,
    certain: paths.filter((path) => path !== '' && !path.startsWith('?')),
    possible: paths.filter((path) => path.startsWith('?')).map((path) => path.slice(1)),
  }
}

/** What CloudFormation runs by a program of somebody's, which alone decides. */
export const isCustom = (type: string): boolean =>
  type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource'

/** Whether the resource is replaced when what stands at the path changes; `path` may hold indices of lists. */
export function replacementBy(type: string, path: string): Replacement {
  if (isCustom(type)) return 'maybe'
  const { certain, possible } = behaviourOf(type)
  const names = path
    .split('.')
    .filter((name) => !/^\d+$/.test(name))
    .join('.')
  if (certain.some((each) => isWithin(names, each))) return 'yes'
  // Something below the path may be what has changed.
  return [...possible, ...certain].some((each) => isWithin(names, each) || isWithin(each, names)) ? 'maybe' : 'no'
}

const isWithin = (path: string, outer: string): boolean => path === outer || path.startsWith(`${outer}.`)

/** Whether the old resource is gone before the new one is made; else both are there for a while. */
export const isDeletedFirst = (type: string): boolean => behaviourOf(type).isDeletedFirst

/** Types whose every change of substance is a new version by design, next to which the old one stays usable. */
const versions: ReadonlySet<string> = new Set([
  'AWS::ApiGateway::Deployment',
  'AWS::ApiGatewayV2::Deployment',
  'AWS::ECS::TaskDefinition',
  'AWS::Lambda::LayerVersion',
  'AWS::Lambda::Version',
])
export const isVersion = (type: string): boolean => versions.has(type)
