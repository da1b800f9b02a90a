/** Roles from outside with which something in the templates acts, and launch templates that may hold one. */
import type { Facts, Surroundings } from '../facts/facts.ts'
import { isOwnFunction } from '../facts/own-functions.ts'
import { givesItsRights } from '../facts/types/memberships.ts'
import { actsWithRole, isRoleName } from '../facts/types/role-paths.ts'
import { classOf, roleOf } from '../facts/types/table.ts'
import type { Node } from '../read/node.ts'
import type { Resource } from '../resolve/program.ts'
import { kindOfAttribute } from '../resolve/taint.ts'
import { at, entry, isAbsent, none, piecesOf, textOf, type Value } from '../resolve/value.ts'
import { isOwnName } from './own-names.ts'
import { startedBy } from './state-machines.ts'
import { overridingRoles } from './task-overrides.ts'
import { valuesAt } from './values-at.ts'

/** Rights that the templates give are judged where they are given; bodies that cannot be read, by themselves. */
const isJudgedElsewhere = ({ type }: Resource): boolean =>
  (type.startsWith('AWS::IAM::') && type !== 'AWS::IAM::InstanceProfile') ||
  type === 'AWS::CloudFormation::Stack' ||
  type === 'AWS::CloudFormation::StackSet' ||
  type === 'AWS::CloudFormation::CustomResource' ||
  type.startsWith('Custom::')

const callsNothing = { target: none, task: none, overriding: [], job: none } as const

/** Services that call what they name; a task is started in the groups that the template names. */
const callers: Readonly<Record<string, (facts: Facts, resource: Resource) => readonly Call[]>> = {
  'AWS::Events::Rule': (facts, rule) =>
    piecesOf(facts.get(rule, 'Targets')).map((each) => ({
      // The rule has one for targets without their own.
      role: isAbsent(entry(each, 'RoleArn')) ? facts.get(rule, 'RoleArn') : entry(each, 'RoleArn'),
      target: entry(each, 'Arn'),
      task: entry(each, 'EcsParameters'),
      overriding: overridingRoles(facts, rule, each),
      job: at(each, 'BatchParameters.JobDefinition'),
    })),
  'AWS::Pipes::Pipe': (facts, pipe) => [
    {
      role: facts.get(pipe, 'RoleArn'),
      target: facts.get(pipe, 'Target'),
      task: facts.get(pipe, 'TargetParameters.EcsTaskParameters'),
      overriding: [facts.get(pipe, 'TargetParameters.EcsTaskParameters.Overrides.TaskRoleArn')],
      job: facts.get(pipe, 'TargetParameters.BatchJobParameters.JobDefinition'),
    },
  ],
  'AWS::Scheduler::Schedule': (facts, schedule) => [
    {
      role: facts.get(schedule, 'Target.RoleArn'),
      target: facts.get(schedule, 'Target.Arn'),
      task: facts.get(schedule, 'Target.EcsParameters'),
      overriding: overridingRoles(facts, schedule, facts.get(schedule, 'Target')),
      job: none,
    },
  ],
  // Every instance of the account without a role gets this one:
  // https://docs.aws.amazon.com/systems-manager/latest/userguide/fleet-manager-default-host-management-configuration.html
  'AWS::SSM::ServiceSetting': (facts, setting) => {
    const isOther = textOf(facts.get(setting, 'SettingId'))?.endsWith('role') === false
    return [{ role: isOther ? none : facts.get(setting, 'SettingValue'), ...callsNothing }]
  },
}

type Call = {
  readonly role: Value
  readonly target: Value
  readonly task: Value
  /** Roles for its tasks in place of that of their definition. */
  readonly overriding: readonly Value[]
  readonly job: Value
}

/** A definition brings along the role with which its tasks act, unless another one is given. */
const definedIn = ({ task, overriding, job }: Call): readonly Borrowed[] => [
  ...[entry(task, 'TaskDefinitionArn'), job].map((value) => ({ value, what: whatOf.definition })),
  ...(isAbsent(task) ? [] : overriding).map((value) => ({ value, what: whatOf.role })),
]

/** Resources that may act with a role from outside, in any world. */
export const borrowers = (facts: Facts): readonly Resource[] =>
  [...facts.around.program.resources.values()].filter(
    (resource) => callers[resource.type] !== undefined || placesOf(facts.around, resource).length > 0,
  )

export type Borrowed = { readonly value: Value; readonly what: string }

const whatOf: Readonly<Record<Place['kind'], string>> = {
  role: 'an AWS::IAM::Role that is not in the templates',
  pair: 'an AWS::IAM::Role that is not in the templates',
  plan: 'a launch template, configuration or instance that is not in the templates',
  definition: 'a task or job definition that is not in the templates',
  membership: 'a group, policy or portfolio that is not in the templates',
}

/** Roles of which the templates do not show what they allow. */
export function borrowedRoles(facts: Facts, resource: Resource): readonly Borrowed[] {
  if (resource.type === 'AWS::Lambda::Function' && isOwnFunction(facts.resolver, resource, facts.around)) return []
  const call = callers[resource.type]
  const started = startedBy(facts, resource) ?? []
  const calls = call?.(facts, resource) ?? []
  const found = call
    ? [
        ...calls
          // What it calls of the templates does the same, no matter who calls it.
          .filter(({ target, task }) => isAbsent(task) && !isOfTemplates(facts, target))
          .map(({ role }): Borrowed => ({ value: role, what: whatOf.role })),
        ...calls.flatMap(definedIn),
      ]
    : placesOf(facts.around, resource).flatMap((place) =>
        valuesAt(facts, resource, place.path)
          .flatMap((value) => (place.kind === 'pair' ? rolesInPair(value) : [value]))
          .map((value) => ({ value, what: whatOf[place.kind] })),
      )
  return [...found, ...started.map(({ definition }) => ({ value: definition, what: whatOf.definition }))]
    .flatMap(({ value, what }) => eachOf(value).map((each) => ({ value: each, what })))
    .filter(({ value }) => isFromOutside(facts, value))
}

const eachOf = (value: Value): readonly Value[] =>
  value.kind === 'map' ? [...value.entries.values()].flatMap(eachOf) : piecesOf(value)

/** What a custom resource, or anything else that is not read, gives back is not one of the templates for certain. */
const isOfTemplates = (facts: Facts, value: Value): boolean => {
  const resource = value.kind === 'ref' ? facts.around.program.resources.get(value.resource) : undefined
  return (
    value.kind === 'ref' &&
    resource !== undefined &&
    (kindOfAttribute(facts.resolver, resource, value.attribute) !== undefined || facts.taint(value) !== 'all')
  )
}

function isFromOutside(facts: Facts, value: Value): boolean {
  if (isAbsent(value) || isOfTemplates(facts, value)) return false
  if (value.kind !== 'text') return true
  // The caller of an automation gives its role; `{{ }}` is where it goes. A service-linked role is AWS's own.
  return (
    !/^$|^\{\{|:role\/aws-service-role\//.test(value.text) &&
    !isOwnName(
      facts,
      value.text,
      'AWS::IAM::Role',
      'AWS::IAM::InstanceProfile',
      'AWS::EC2::LaunchTemplate',
      'AWS::AutoScaling::LaunchConfiguration',
      'AWS::ECS::TaskDefinition',
      'AWS::Batch::JobDefinition',
      'AWS::Cognito::UserPoolGroup',
    )
  )
}

/** Where a resource takes a role, as it is written; list indices and functions left out. */
type Place = {
  readonly path: string
  /**
   * `pair`: entries of which one says what the other is; `plan` and `definition`: what says elsewhere how hosts and
   * tasks are started; `membership`: what gives its rights to somebody else.
   */
  readonly kind: 'role' | 'pair' | 'plan' | 'definition' | 'membership'
}

const known = new WeakMap<Surroundings, Map<Resource, readonly Place[]>>()

function placesOf(around: Surroundings, resource: Resource): readonly Place[] {
  const all = known.get(around) ?? new Map<Resource, readonly Place[]>()
  known.set(around, all)
  const made = all.get(resource) ?? freshPlaces(resource)
  all.set(resource, made)
  return made
}

function freshPlaces(resource: Resource): readonly Place[] {
  const { type } = resource
  if (isJudgedElsewhere(resource)) return []
  const found = new Map<string, Place>()
  const add = (path: string, kind: Place['kind']): void => {
    found.set(`${kind} ${path}`, { path, kind })
  }
  const walk = (node: Node | undefined, path: string): void => {
    if (node?.kind === 'list') for (const item of node.items) walk(item, path)
    if (node?.kind !== 'map') return
    if (path !== '' && mayBePair(type, path, node)) add(path, 'pair')
    for (const [name, { node: inner }] of node.entries) {
      if (name.startsWith('Fn::')) {
        walk(inner, path)
        continue
      }
      const below = path === '' ? name : `${path}.${name}`
      if (isPlan(type, path, name)) add(below, 'plan')
      else if (/^(?:Daemon)?TaskDefinition(?:Arn)?$/.test(name)) add(below, 'definition')
      else if (givesItsRights(type, below)) add(below, 'membership')
      else if (actsWithRole(type, below) && !holdsMore(inner)) add(below, 'role')
      else walk(inner, below)
    }
  }
  walk(resource.node.entries.get('Properties')?.node, '')
  return [...found.values()]
}

/** A map of things that have roles of their own; any other one is the role, in however many parts. */
function holdsMore(node: Node): boolean {
  if (node.kind === 'list') return node.items.some(holdsMore)
  if (node.kind !== 'map') return false
  const entries = [...node.entries]
  if (entries.some(([name]) => name === 'Ref' || name.startsWith('Fn::'))) return false
  return entries.some(([name, { node: inner }]) => isRoleName(name) || holdsMore(inner))
}

/**
 * What says how instances are started, with which profile and which first commands:
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-launch-templates.html. An instance gives its own as well:
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/create-asg-from-instance.html
 */
function isPlan(type: string, path: string, name: string): boolean {
  if (type.startsWith('AWS::AutoScaling::') && path === '' && name === 'InstanceId') return true
  // What a launch template calls itself.
  if (path === '' && name === `${type.slice(type.lastIndexOf(':') + 1)}Name`) return false
  if (/LaunchTemplate(?:Id|ID|Name|Arn)$|^LaunchConfigurationName$/.test(name)) return true
  return /LaunchTemplate(?:Specification)?$/.test(path) && /^(?:Template)?(?:Id|Name|Arn)$/.test(name)
}

const keyNames = ['Key', 'OptionName', 'ParameterKey', 'ParameterName', 'Name']
const valueNames = ['Value', 'StringValue', 'ParameterValue', 'Values']

/** A property in two: `{Key: resourceRole, StringValue: Admin}`, as AWS::DataPipeline::Pipeline has them. */
function mayBePair(type: string, path: string, { entries }: Node & { kind: 'map' }): boolean {
  const kind = classOf(type)
  if (kind === 'harmless' || kind === 'modelled' || roleOf(type, path) === 'shown') return false
  const key = keyNames.map((name) => entries.get(name)?.node).find((node) => node !== undefined)
  if (!key || valueNames.every((name) => !entries.has(name))) return false
  return !/Tags?$/.test(path) && (key.kind !== 'scalar' || isKeyOfRole(key.text))
}

const isKeyOfRole = (key: string): boolean => isRoleName(key) || /(?:^|[^a-z])role$/i.test(key)

function rolesInPair(value: Value): readonly Value[] {
  if (value.kind !== 'map') return [value]
  const key = keyNames.map((name) => entry(value, name)).find((each) => !isAbsent(each))
  if (key === undefined) return []
  const word = textOf(key)
  if (word !== undefined && !isKeyOfRole(word)) return []
  return valueNames.map((name) => entry(value, name)).filter((each) => !isAbsent(each))
}
