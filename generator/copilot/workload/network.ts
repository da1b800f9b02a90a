import { groupOf } from '../groups.ts'
import { interpolate } from '../interpolate.ts'
import { carried, type Item, type Items, implied, lost, malformed } from '../item.ts'
import { flag, isMap, look, textOf, type Value } from '../value.ts'
import { type Section, walked } from '../walk.ts'
import type { Context } from './context.ts'

type Ports = readonly (readonly [RegExp, number])[]

const DATABASES: Ports = [
  [/postgres|pg_?host|pghost/i, 5432],
  [/mysql|mariadb/i, 3306],
]

const PORTS: Ports = [...DATABASES, [/redis|valkey/i, 6379], [/mongo|documentdb/i, 27017]]

/** What the names and values of variables and secrets say about the port of a database, if its group does not. */
export const likelyPort = (group: string, { manifest }: Context): number => {
  const written = ['variables', 'secrets'].flatMap((section) => {
    const map = look(manifest, section)
    return isMap(map) ? map.entries.map(({ key, value }) => `${key} ${textOf(value) ?? ''}`) : []
  })
  const portIn = (texts: readonly string[], ports: Ports = PORTS): number | undefined =>
    ports.find(([pattern]) => texts.some((each) => pattern.test(each)))?.[1]
  const ofGroup = portIn([group])
  if (ofGroup !== undefined) return ofGroup
  const isDatabase = /(?:^|-)(?:db|rds)|aurora/i.test(group)
  return portIn(written, isDatabase ? DATABASES : PORTS) ?? 5432
}

const group = (each: Value, context: Context): Item => {
  const id = textOf(each) ?? textOf(look(each, 'from_cfn'))
  if (id === undefined) return malformed(each, 'the id of a security group')
  const port = likelyPort(id, context)
  return carried(each, [...context.path, 'reaches'], groupOf(id, port), {
    append: true,
    ask: `the tasks were in ${interpolate(id, context.names).text}, which lets them reach something: write the group of that, and its port; it must be in the VPC of the application (aws ec2 describe-security-groups --filters Name=ip-permission.group-id,Values=${interpolate(id, context.names).text})`,
  })
}

const groups = (value: Value, context: Context): Items => {
  const items = value.kind === 'list' ? value.items : [value]
  const [first, ...rest] = items.map((each) => group(each, context))
  return first === undefined ? [implied(value, 'no further groups')] : [first, ...rest]
}

const vpc: Section<Context> = {
  placement: (value) => {
    const text = textOf(value)
    if (text === 'private') return [implied(value, 'tasks run in private subnets')]
    if (text === 'public')
      return [
        lost(
          value,
          'tasks run in private subnets and have no public address',
          'with network.egress: nat they reach the internet; nothing on the internet reaches them',
          false,
        ),
      ]
    return isMap(value)
      ? [
          lost(
            value,
            'load balancer, link and tasks share the subnets of the application',
            'name them in network.existing.subnets, if the VPC is an existing one',
            false,
          ),
        ]
      : [malformed(value, 'public or private')]
  },
  security_groups: (value, context) =>
    isMap(value) && look(value, 'from_cfn') === undefined
      ? walked<Context>(
          value,
          { deny_default: (each) => [implied(each, 'only declared connections are possible anyway')], groups },
          context,
        )
      : groups(value, context),
}

const connect = (value: Value, context: Context): Items => {
  const { path, kind } = context
  if (isMap(value))
    return walked<Context>(
      value,
      {
        alias: (each) => {
          const alias = textOf(each)
          if (alias === path.at(-1)) return [implied(each, 'the name under which others call it')]
          return [
            lost(
              each,
              `others reach it under the name of the service, not as ${alias ?? ''}`,
              `rename the service to ${alias ?? ''}, or change the address in those that call it`,
            ),
          ]
        },
      },
      context,
    )
  if (flag(value) === false) return [implied(value, 'only services that list it in reaches call it')]
  return [
    implied(
      value,
      kind === 'Scheduled Job'
        ? 'a job reaches what its reaches names'
        : `others call it when they list it: reaches: [{ service: ${path.at(-1)} }]`,
    ),
  ]
}

export const network = (value: Value, context: Context): Items =>
  walked<Context>(value, { connect, vpc: (each, inner) => walked(each, vpc, inner) }, context)
