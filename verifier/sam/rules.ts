/** Rules of EventBridge and schedules, for functions and state machines. */
import { type Mapping, type Node, string } from '../read/node.ts'
import { type Draft, keySet, make, passedOn, type Sam, unknownIn } from './draft.ts'
import type { Event } from './events.ts'
import { get, getAtt, isTrue, list, map, picked, plainMap, ref, truth, word } from './nodes.ts'
import { allow, document, makeRole, newRole, policy } from './role.ts'

/** What is started, and what the service that starts it must be allowed; functions have permissions instead of roles. */
export type Target = {
  readonly arn: Node
  readonly service: string
  readonly action: string
  readonly hasRole?: boolean
  readonly boundary?: Node | undefined
}

const ruleKeys = keySet(
  'Schedule RuleName Name Input InputPath InputTransformer Enabled State Description DeadLetterConfig RetryPolicy Target ' +
    'RoleArn EventBusName Pattern',
)
const scheduleKeys = keySet(
  'PermissionsBoundary ScheduleExpression FlexibleTimeWindow Name State Description StartDate EndDate ' +
    'ScheduleExpressionTimezone GroupName KmsKeyArn Input RoleArn DeadLetterConfig RetryPolicy OmitName',
)

/** Whether the event is a rule; then it is made. */
export function addRule(draft: Draft, sam: Sam, event: Event, target: Target): boolean {
  const { type, properties, at } = event
  const isSchedule = type === 'Schedule'
  if (!isSchedule && type !== 'CloudWatchEvent' && type !== 'EventBridgeRule') return false
  const id = `${sam.id}${event.name}`
  const attributes = passedOn(sam.resource)
  const given = target.hasRole ? get(properties, 'RoleArn') : undefined
  if (target.hasRole && !given) startRole(draft, sam, `${id}Role`, 'events.amazonaws.com', target, at)
  const roleArn = target.hasRole ? (given ?? getAtt(`${id}Role`, 'Arn', at)) : undefined
  const queue = deadLetterQueue(draft, sam, properties, id, true)
  const one = map(at, {
    Arn: target.arn,
    Id: get(get(properties, 'Target'), 'Id') ?? string(`${id}Target`.slice(0, 64), at),
    RoleArn: roleArn,
    ...picked(properties, ['Input', 'InputPath', 'InputTransformer', 'RetryPolicy']),
    DeadLetterConfig: queue && map(at, { Arn: queue }),
  })
  make(draft, id, {
    type: 'AWS::Events::Rule',
    at,
    attributes,
    properties: {
      ScheduleExpression: isSchedule ? get(properties, 'Schedule') : undefined,
      EventPattern: isSchedule ? undefined : get(properties, 'Pattern'),
      EventBusName: get(properties, 'EventBusName'),
      Name: get(properties, isSchedule ? 'Name' : 'RuleName'),
      Description: get(properties, 'Description'),
      State: stateOf(properties),
      Targets: list([one], at),
    },
    open: unknownIn(properties, ruleKeys, `event ${event.name}`),
  })
  return true
}

function stateOf(properties: Mapping): Node | undefined {
  const enabled = get(properties, 'Enabled')
  if (!enabled) return get(properties, 'State')
  return string(truth(enabled) === false ? 'DISABLED' : 'ENABLED', enabled.at)
}

/** Whether the event is a schedule; then it is made, with the role that it always has. */
export function addSchedule(draft: Draft, sam: Sam, event: Event, target: Target): boolean {
  const { type, properties, at } = event
  if (type !== 'ScheduleV2') return false
  const id = `${sam.id}${event.name}`
  const given = get(properties, 'RoleArn')
  const queue = deadLetterQueue(draft, sam, properties, id, false)
  const boundary = get(properties, 'PermissionsBoundary')
  if (!given) startRole(draft, sam, `${id}Role`, 'scheduler.amazonaws.com', { ...target, boundary }, at, queue)
  make(draft, id, {
    type: 'AWS::Scheduler::Schedule',
    at,
    attributes: passedOn(sam.resource),
    properties: {
      ...picked(properties, [
        'ScheduleExpression',
        'State',
        'Description',
        'StartDate',
        'EndDate',
        'ScheduleExpressionTimezone',
        'GroupName',
        'KmsKeyArn',
      ]),
      Name: isTrue(get(properties, 'OmitName')) ? undefined : (get(properties, 'Name') ?? string(id, at)),
      FlexibleTimeWindow: get(properties, 'FlexibleTimeWindow') ?? map(at, { Mode: string('OFF', at) }),
      Target: map(at, {
        Arn: target.arn,
        RoleArn: given ?? getAtt(`${id}Role`, 'Arn', at),
        ...picked(properties, ['Input', 'RetryPolicy']),
        DeadLetterConfig: queue && map(at, { Arn: queue }),
      }),
    },
    open: unknownIn(properties, scheduleKeys, `event ${event.name}`),
  })
  return true
}

/** A role by which a service may start the target, and nothing else. */
export function startRole(
  draft: Draft,
  sam: Sam,
  id: string,
  service: string,
  target: Target,
  at: number,
  queue?: Node,
): void {
  const role = newRole(id, at, service)
  role.policies.push(policy(`${id}StartExecutionPolicy`, [allow([target.action], target.arn, at)], at))
  if (queue) role.policies.push(policy(`${id}SQSPolicy`, [allow(['sqs:SendMessage'], queue, at)], at))
  makeRole(draft, role, passedOn(sam.resource), { PermissionsBoundary: target.boundary })
}

function deadLetterQueue(
  draft: Draft,
  sam: Sam,
  properties: Mapping,
  id: string,
  hasPolicy: boolean,
): Node | undefined {
  const config = get(properties, 'DeadLetterConfig')
  if (!config) return undefined
  const at = config.at
  const arn = get(config, 'Arn')
  if (arn || !plainMap(config)) return arn ?? map(at, {}, `DeadLetterConfig of ${id} is not modelled`)
  const queue = word(get(config, 'QueueLogicalId')) ?? `${id}Queue`
  const attributes = passedOn(sam.resource)
  make(draft, queue, { type: 'AWS::SQS::Queue', at, attributes, properties: {} })
  if (hasPolicy) {
    const send = map(at, {
      Action: string('sqs:SendMessage', at),
      Effect: string('Allow', at),
      Principal: map(at, { Service: string('events.amazonaws.com', at) }),
      Resource: getAtt(queue, 'Arn', at),
      Condition: map(at, { ArnEquals: map(at, { 'aws:SourceArn': getAtt(id, 'Arn', at) }) }),
    })
    make(draft, `${id}QueuePolicy`, {
      type: 'AWS::SQS::QueuePolicy',
      at,
      attributes,
      properties: { PolicyDocument: document([send], at), Queues: list([ref(queue, at)], at) },
    })
  }
  return getAtt(queue, 'Arn', at)
}
