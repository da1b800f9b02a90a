/** Roles from outside with which something in the templates acts. */
import type { Facts, Surroundings } from '../facts/facts.ts'
import { isOwnFunction } from '../facts/own-functions.ts'
import type { Node } from '../read/node.ts'
import type { Resource } from '../resolve/program.ts'
import { entry, isAbsent, piecesOf, type Value } from '../resolve/value.ts'
import { isOwnName } from './own-names.ts'
import { valuesAt } from './values-at.ts'

/** How properties are called that take a role or an instance profile. */
const takesRole =
  /^(?:[A-Za-z]*Role(?:s|Arn|ARN|Arns|Name)?|assumeRole|IamInstanceProfile|InstanceProfile(?:Name|Arn|Identifier)?|Credentials(?:Arn)?)$/

/** Services whose own program does one thing with a role: it writes logs, copies data or keeps a number of tasks. */
const ofFixedUse = new RegExp(
  `^AWS::(?:${[
    'ApiGateway::Account',
    'AppConfig',
    'ApplicationAutoScaling',
    'AutoScaling::(?:AutoScalingGroup|LifecycleHook|ScalingPolicy)',
    'Backup',
    'CloudFront',
    'CloudTrail',
    'Cognito::UserPool$',
    'Config::Configuration',
    'DAX',
    'DLM',
    'DocDB',
    'DynamoDB',
    'EC2::FlowLog',
    'ECR',
    'EFS',
    'ElastiCache',
    'Elasticsearch',
    'FSx',
    'Kinesis::',
    'KinesisFirehose',
    'Logs',
    'MSK',
    'Neptune',
    'OpenSearchService',
    'RDS',
    'Redshift::',
    'S3::',
    'SES',
    'SNS',
    'SQS',
    'SSM::ResourceDataSync',
    'SecretsManager',
    'Transfer',
    'WAFv2',
    'XRay',
  ].join('|')})`,
)

/** Rights that the templates give are judged where they are given; bodies that cannot be read, by themselves. */
const isJudgedElsewhere = ({ type }: Resource): boolean =>
  (type.startsWith('AWS::IAM::') && type !== 'AWS::IAM::InstanceProfile') ||
  type.startsWith('AWS::CloudFormation::') ||
  type.startsWith('Custom::')

/** Services that call what they name; a task is started in the groups that the template names. */
const callers: Readonly<Record<string, (facts: Facts, resource: Resource) => readonly Call[]>> = {
  'AWS::Events::Rule': (facts, rule) =>
    piecesOf(facts.get(rule, 'Targets')).map((each) => ({
      role: entry(each, 'RoleArn'),
      target: entry(each, 'Arn'),
      task: entry(each, 'EcsParameters'),
    })),
  'AWS::Pipes::Pipe': (facts, pipe) => [
    {
      role: facts.get(pipe, 'RoleArn'),
      target: facts.get(pipe, 'Target'),
      task: facts.get(pipe, 'TargetParameters.EcsTaskParameters'),
    },
  ],
  'AWS::Scheduler::Schedule': (facts, schedule) => [
    {
      role: facts.get(schedule, 'Target.RoleArn'),
      target: facts.get(schedule, 'Target.Arn'),
      task: facts.get(schedule, 'Target.EcsParameters'),
    },
  ],
}

type Call = { readonly role: Value; readonly target: Value; readonly task: Value }

/** Resources that may act with a role from outside, in any world. */
export const borrowers = (facts: Facts): readonly Resource[] =>
  [...facts.around.program.resources.values()].filter(
    (resource) => callers[resource.type] !== undefined || pathsOf(facts.around, resource).length > 0,
  )

/** Roles of which the templates do not show what they allow. */
export function borrowedRoles(facts: Facts, resource: Resource): readonly Value[] {
  if (resource.type === 'AWS::Lambda::Function' && isOwnFunction(facts.resolver, resource, facts.around)) return []
  const call = callers[resource.type]
  const roles = call
    ? call(facts, resource)
        // What it calls of the templates does the same, no matter who calls it.
        .filter(({ target, task }) => isAbsent(task) && target.kind !== 'ref')
        .map(({ role }) => role)
    : pathsOf(facts.around, resource).flatMap((path) => valuesAt(facts, resource, path))
  return roles.flatMap(eachOf).filter((value) => isFromOutside(facts, value))
}

const eachOf = (value: Value): readonly Value[] =>
  value.kind === 'map' ? [...value.entries.values()].flatMap(eachOf) : piecesOf(value)

function isFromOutside(facts: Facts, value: Value): boolean {
  if (isAbsent(value) || value.kind === 'ref') return false
  if (value.kind !== 'text') return true
  // The caller of an automation gives its role; `{{ }}` is where it goes. A service-linked role is AWS's own.
  return (
    !/^$|^\{\{|:role\/aws-service-role\//.test(value.text) &&
    !isOwnName(facts, value.text, 'AWS::IAM::Role', 'AWS::IAM::InstanceProfile')
  )
}

const known = new WeakMap<Surroundings, Map<Resource, readonly string[]>>()

/** Where a resource takes a role, as it is written; list indices and functions left out. */
function pathsOf(around: Surroundings, resource: Resource): readonly string[] {
  const all = known.get(around) ?? new Map<Resource, readonly string[]>()
  known.set(around, all)
  const made = all.get(resource) ?? freshPaths(resource)
  all.set(resource, made)
  return made
}

function freshPaths(resource: Resource): readonly string[] {
  const { type } = resource
  if (isJudgedElsewhere(resource) || ofFixedUse.test(type)) return []
  const found = new Set<string>()
  const walk = (node: Node | undefined, path: string): void => {
    if (node?.kind === 'list') for (const item of node.items) walk(item, path)
    if (node?.kind !== 'map') return
    for (const [name, { node: inner }] of node.entries) {
      if (name.startsWith('Fn::')) {
        walk(inner, path)
        continue
      }
      const below = path === '' ? name : `${path}.${name}`
      if (takesRole.test(name) && (!type.startsWith('AWS::ECS::') || name === 'TaskRoleArn')) found.add(below)
      else walk(inner, below)
    }
  }
  walk(resource.node.entries.get('Properties')?.node, '')
  return [...found]
}
