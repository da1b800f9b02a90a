/** What is different in one environment: values below `environments`, or values of parameters. */
import { assemble, type Tree, valueAt } from './assemble.ts'
import { carried, type Item, isCarried, lost } from './item.ts'
import { isShared } from './lifted.ts'
import { isAt, isIn, same } from './places.ts'
import type { At, Path } from './value.ts'

const PARAMETERS: readonly (readonly [Path, string])[] = [
  [['domain', 'name'], 'DomainName'],
  [['domain', 'zone', 'id'], 'HostedZoneId'],
  [['domain', 'certificate'], 'CertificateArn'],
  [['network', 'cidr'], 'VpcCidr'],
  [['network', 'existing', 'vpc'], 'VpcId'],
  [['observability', 'logRetentionDays'], 'LogRetentionDays'],
]

type Leaf = { readonly path: Path; readonly value: unknown }

/** Lists are replaced as a whole, as Copilot does. */
const leaves = (value: unknown, path: Path): readonly Leaf[] =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0
    ? Object.entries(value).flatMap(([key, each]) => leaves(each, [...path, key]))
    : [{ path, value }]

/** Items of one environment that differ from what counts everywhere. */
export const differences = (
  name: string,
  base: Tree,
  own: readonly Item[],
  overrides: At | undefined,
): readonly Item[] => {
  const tree = assemble(own)
  const origin = (path: Path): (Item & { kind: 'carried' }) | undefined => {
    const found = own.filter(isCarried).filter(({ to }) => to !== undefined && (isIn(path, to) || isIn(to, path)))
    return found.find(({ from }) => from.path[0] === 'environments') ?? found.at(-1)
  }
  const changed = leaves(tree, [])
    .filter(({ path, value }) => !same(value, valueAt(base, path)) && path[0] !== 'environments')
    .filter(({ path }) => !isIdleSchedule(tree, path) && !isShared(path))
    .flatMap(({ path, value }): readonly Item[] => {
      const item = origin(path)
      if (item === undefined) return []
      const { from, ask, note, alternative, holds } = item
      const more = {
        ...(ask === undefined ? {} : { ask }),
        ...(note === undefined ? {} : { note }),
        ...(alternative === undefined ? {} : { alternative }),
        ...(holds === undefined ? {} : { holds: ['environments', name, ...holds] }),
      }
      const parameter = PARAMETERS.find(([at]) => isAt(at, path))?.[1]
      if (parameter !== undefined) return [carried(from, ['environments', name, 'parameters', parameter], value, more)]
      if (isAt(path, ['network', 'existing', 'subnets']) && Array.isArray(value))
        return value.map((id, index) =>
          carried(from, ['environments', name, 'parameters', `PrivateSubnet${index + 1}Id`], id, more),
        )
      if (path[0] === 'services' || path[0] === 'jobs')
        return [carried(from, ['environments', name, ...path], value, more)]
      if (isIn(path, ['domain', 'alternativeNames']))
        return own
          .filter(isCarried)
          .flatMap((each) => (each.to !== undefined && isAt(each.to, path) ? [furtherName(each)] : []))
      if (path[0] === 'network' || path[0] === 'cluster' || path[0] === 'loadBalancer')
        return [
          lost(
            from,
            `${path.join('.')} is the same in all environments`,
            'if it must differ, make two applications',
            false,
          ),
        ]
      return []
    })
  return [...changed, ...gone(name, base, tree, overrides)]
}

const furtherName = ({ from }: Item): Item =>
  lost(
    from,
    'with several environments, the API has one name in each',
    'give the API the name with a custom domain, a mapping and a record of your own, or make an application of its own',
  )

const EXISTING: Path = ['network', 'existing']

/** Where another environment has a VPC that existed before Copilot, this one is in the VPC that Copilot made for it. */
export const ownVpc = (
  { key, name }: { readonly key: string; readonly name: string },
  base: Tree,
  own: readonly Item[],
  from: At,
): readonly Item[] => {
  const subnets = valueAt(base, [...EXISTING, 'subnets'])
  if (valueAt(base, [...EXISTING, 'vpc']) === undefined || valueAt(assemble(own), [...EXISTING, 'vpc']) !== undefined)
    return []
  const at = (parameter: string): Path => ['environments', key, 'parameters', parameter]
  const where = `copilot env show -n ${name} --resources`
  return [
    carried(from, at('VpcId'), `vpc-${'0'.repeat(17)}`, {
      ask: `the VPC of this environment, which Copilot made: ${where}; for a new VPC, make an application of its own`,
    }),
    ...(Array.isArray(subnets) ? subnets : []).map((_, index) =>
      carried(from, at(`PrivateSubnet${index + 1}Id`), `subnet-${'0'.repeat(17)}`, {
        ask: 'a private subnet of it, in another zone than the others',
      }),
    ),
  ]
}

/** When a job would start does not matter where its schedule is off. */
const isIdleSchedule = (tree: Tree, path: Path): boolean =>
  path[0] === 'jobs' && path[2] === 'schedule' && valueAt(tree, [...path.slice(0, 2), 'enabled']) === false

/** What an environment takes away; a fixed number of tasks needs no metrics. */
const gone = (name: string, base: Tree, tree: Tree, overrides: At | undefined): readonly Item[] => {
  if (overrides === undefined) return []
  return leaves(base, [])
    .filter(({ path }) => path[0] === 'services' || path[0] === 'jobs')
    .filter(({ path }) => valueAt(tree, path.slice(0, 2)) !== undefined && valueAt(tree, path) === undefined)
    .filter(({ path }) => (path[2] !== 'scale' || !isFixed(tree, path)) && !isShared(path))
    .map(({ path }) =>
      path[2] === 'enabled'
        ? carried(overrides, ['environments', name, ...path], true)
        : lost(
            overrides,
            `it takes ${path.join('.')} away, which an environment of the config cannot`,
            'make it a value that differs',
            path[2] !== 'spot' && path[2] !== 'scale',
          ),
    )
}

const isFixed = (tree: Tree, path: Path): boolean => {
  const at = (key: string): unknown => valueAt(tree, [...path.slice(0, 3), key])
  return at('min') === at('max')
}
