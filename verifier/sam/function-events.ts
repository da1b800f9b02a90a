/** Events of functions, https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-eventsource.html */
import { type Mapping, type Node, string } from '../read/node.ts'
import { anyMethod } from './document.ts'
import { hashOf } from './domains.ts'
import { conditionOf, type Draft, keySet, make, openAllApis, passedOn, type Sam, unknownIn, unread } from './draft.ts'
import { apiIdOf, apiTypes, type Event } from './events.ts'
import { addHttpEvent, routeOf } from './http-document.ts'
import {
  bool,
  conditional,
  functionOf,
  get,
  getAtt,
  list,
  map,
  number,
  opened,
  picked,
  plainMap,
  ref,
  sub,
  truth,
  withEntries,
  word,
} from './nodes.ts'
import { addMapping, pullTypes } from './pull-events.ts'
import { addRestEvent } from './rest-document.ts'
import type { Role } from './role.ts'
import { addRule, addSchedule, type Target } from './rules.ts'

/** What an event leads to: the function or its alias, in the forms that the resources need. */
export type Where = { readonly id: string; readonly target: string; readonly arn: Node; readonly name: Node }

const keysOf: Readonly<Record<string, ReadonlySet<string>>> = {
  Api: keySet('Path Method RestApiId Stage Auth RequestModel RequestParameters TimeoutInMillis ResponseTransferMode'),
  S3: keySet('Bucket Events Filter'),
  SNS: keySet('Topic Region FilterPolicy FilterPolicyScope SqsSubscription RedrivePolicy'),
  CloudWatchLogs: keySet('LogGroupName FilterPattern'),
  AlexaSkill: keySet('SkillId'),
  IoTRule: keySet('Sql AwsIotSqlVersion'),
  Cognito: keySet('UserPool Trigger'),
}

export function addFunctionEvent(draft: Draft, sam: Sam, event: Event, role: Role, where: Where): void {
  const { type, at } = event
  const id = `${sam.id}${event.name}`
  if (Object.hasOwn(apiTypes, type)) {
    addApiEvent(draft, sam, event, where)
    return
  }
  if (Object.hasOwn(pullTypes, type)) {
    addMapping(draft, sam, event, role, where.name)
    return
  }
  const target: Target = { arn: where.arn, service: 'events.amazonaws.com', action: 'lambda:InvokeFunction' }
  if (addRule(draft, sam, event, target)) {
    permit(draft, sam, id, where, 'events', getAtt(id, 'Arn', at))
    return
  }
  if (addSchedule(draft, sam, event, target)) return
  const known = keysOf[type]
  if (!known) {
    addUnknown(draft, sam, event)
    return
  }
  addOther(draft, sam, event, role, where, unknownIn(event.properties, known, `event ${event.name}`))
}

/** An event of a kind that the model does not know may make anything. */
export function addUnknown(draft: Draft, sam: Sam, event: Event): void {
  unread(draft, `${sam.id}${event.name}`, sam, 'Event', event.properties)
  openAllApis(draft, `event ${event.name} of ${sam.id} (${event.type}) is not modelled`)
}

function addApiEvent(draft: Draft, sam: Sam, event: Event, where: Where): void {
  const { name, type, properties, at } = event
  const id = apiIdOf(event)
  const label = `${sam.id}.${name}`
  if (id === undefined) {
    openAllApis(draft, `the API of event ${label} is not an id of the template`)
    return
  }
  const api = draft.apis.get(id)
  const condition = conditionOf(sam.resource)
  const route = type === 'HttpApi' ? routeOf(properties) : restRoute(properties)
  const stage = api && type === 'Api' ? (word(get(api.properties, 'StageName')) ?? 'Stage') : ''
  if (api) {
    if ((api.kind === 'http') !== (type === 'HttpApi'))
      api.reasons.add(`event ${label} is of a different kind from ${id}`)
    else if (type === 'HttpApi') addHttpEvent(api, label, properties, where.target, condition)
    else {
      const unknown = unknownIn(properties, keysOf.Api ?? new Set(), `event ${label}`)
      if (unknown !== undefined) api.reasons.add(unknown)
      addRestEvent(api, label, properties, { arn: where.target }, condition)
    }
  }
  const method = route && (route.method === 'any' || route.method === anyMethod ? '*' : route.method.toUpperCase())
  const path =
    route && (route.path === '$default' ? '' : route.path.replace(/(.)\/$/, '$1').replace(/\{[^{}]+\}/g, '*'))
  const open = `arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${__ApiId__}/*/${method ?? '*'}${path ?? '*'}`
  const source = sub(open, at, {
    __ApiId__: draft.apis.has(id) || draft.resources.has(id) ? ref(id, at) : string(id, at),
  })
  const suffix = /^[0-9A-Za-z]*$/.test(stage) ? stage : hashOf(string(stage, at))
  permit(draft, sam, `${sam.id}${name}`, where, 'apigateway', source, suffix)
}

const restRoute = (properties: Mapping): { readonly path: string; readonly method: string } | undefined => {
  const [path, method] = [word(get(properties, 'Path')), word(get(properties, 'Method'))]
  return path && method ? { path, method: method.toLowerCase() } : undefined
}

/** Lets a service of AWS invoke the function. */
function permit(
  draft: Draft,
  sam: Sam,
  id: string,
  where: Where,
  service: string,
  source: Node | undefined,
  suffix = '',
  more: Readonly<Record<string, Node | undefined>> = {},
): void {
  const at = where.arn.at
  make(draft, `${id}Permission${suffix}`, {
    type: 'AWS::Lambda::Permission',
    at,
    attributes: passedOn(sam.resource),
    properties: {
      Action: string('lambda:InvokeFunction', at),
      FunctionName: where.name,
      Principal: string(service.includes('.') ? service : `${service}.amazonaws.com`, at),
      SourceArn: source,
      ...more,
    },
  })
}

function addOther(draft: Draft, sam: Sam, event: Event, role: Role, where: Where, open: string | undefined): void {
  const { properties, at } = event
  const id = `${sam.id}${event.name}`
  const attributes = passedOn(sam.resource)
  switch (event.type) {
    case 'S3':
      permit(draft, sam, id, where, 's3', undefined, '', { SourceAccount: ref('AWS::AccountId', at) })
      notify(draft, sam, event, where, open)
      break
    case 'Cognito':
      permit(draft, sam, `${where.id}Cognito`, where, 'cognito-idp', poolArn(properties, at))
      trigger(draft, event, where, open)
      break
    case 'AlexaSkill':
      permit(draft, sam, id, where, 'alexa-appkit.amazon.com', undefined, '', {
        EventSourceToken: get(properties, 'SkillId'),
      })
      break
    case 'CloudWatchLogs':
      permit(draft, sam, id, where, 'logs', sub('arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:*', at))
      make(draft, id, {
        type: 'AWS::Logs::SubscriptionFilter',
        at,
        attributes,
        properties: { ...picked(properties, ['LogGroupName', 'FilterPattern']), DestinationArn: where.arn },
        open,
      })
      break
    case 'IoTRule': {
      permit(draft, sam, id, where, 'iot', undefined)
      const actions = list([map(at, { Lambda: map(at, { FunctionArn: where.arn }) })], at)
      const payload = map(at, { ...picked(properties, ['Sql', 'AwsIotSqlVersion']), Actions: actions })
      make(draft, id, {
        type: 'AWS::IoT::TopicRule',
        at,
        attributes,
        properties: { TopicRulePayload: payload },
        open,
      })
      break
    }
    default:
      subscribe(draft, sam, event, role, where, open)
  }
}

const poolArn = (properties: Mapping, at: number): Node | undefined => {
  const id = word(get(get(properties, 'UserPool'), 'Ref'))
  return id === undefined ? undefined : getAtt(id, 'Arn', at)
}

/** A topic invokes the function, or a queue between them. */
function subscribe(draft: Draft, sam: Sam, event: Event, role: Role, where: Where, open: string | undefined): void {
  const { properties, at } = event
  const id = `${sam.id}${event.name}`
  const attributes = passedOn(sam.resource)
  const topic = get(properties, 'Topic')
  const queue = get(properties, 'SqsSubscription')
  const settings = picked(properties, ['Region', 'FilterPolicy', 'FilterPolicyScope', 'RedrivePolicy'])
  const subscription = (protocol: string, endpoint: Node | undefined): void =>
    make(draft, id, {
      type: 'AWS::SNS::Subscription',
      at,
      attributes,
      properties: { Protocol: string(protocol, at), Endpoint: endpoint, TopicArn: topic, ...settings },
      open,
    })
  if (truth(queue) === false) {
    permit(draft, sam, id, where, 'sns', topic)
    subscription('lambda', where.arn)
    return
  }
  const given = plainMap(queue)
  if (!given && word(queue) === undefined) {
    addUnknown(draft, sam, event)
    return
  }
  const own = `${id}Queue`
  const arn = given ? get(given, 'QueueArn') : getAtt(own, 'Arn', at)
  if (!given) make(draft, own, { type: 'AWS::SQS::Queue', at, attributes, properties: {} })
  const send = map(at, {
    Action: string('sqs:SendMessage', at),
    Effect: string('Allow', at),
    Principal: string('*', at),
    Resource: arn,
    Condition: map(at, { ArnEquals: map(at, { 'aws:SourceArn': topic }) }),
  })
  make(draft, word(get(given, 'QueuePolicyLogicalId')) ?? `${id}QueuePolicy`, {
    type: 'AWS::SQS::QueuePolicy',
    at,
    attributes,
    properties: {
      PolicyDocument: map(at, { Version: string('2012-10-17', at), Statement: list([send], at) }),
      Queues: list([(given && get(given, 'QueueUrl')) ?? ref(own, at)], at),
    },
    open,
  })
  subscription('sqs', arn)
  const mapping = {
    ...event,
    name: `${event.name}EventSourceMapping`,
    type: 'SQS',
    properties: map(at, { Queue: arn, BatchSize: get(given, 'BatchSize') ?? number(10, at), Enabled: bool(true, at) }),
  }
  addMapping(draft, sam, mapping, role, where.name)
}

/** The bucket tells the function; SAM writes that into the bucket. */
function notify(draft: Draft, sam: Sam, event: Event, where: Where, open: string | undefined): void {
  const { properties, at } = event
  const names = get(properties, 'Events')
  const each = names?.kind === 'list' ? names.items : names ? [names] : []
  const condition = conditionOf(sam.resource)
  const added = each.map((name) => {
    const one = map(at, { Function: where.arn, Event: name, Filter: get(properties, 'Filter') })
    return condition === undefined ? one : conditional(condition, one, at)
  })
  change(draft, event, get(properties, 'Bucket'), open, (bucket) => {
    const configuration = get(bucket, 'NotificationConfiguration') ?? map(at, {})
    const before = get(configuration, 'LambdaConfigurations') ?? list([], at)
    if (!plainMap(configuration) || before.kind !== 'list') return undefined
    const more = { LambdaConfigurations: list([...before.items, ...added], at) }
    return withEntries(bucket, { NotificationConfiguration: withEntries(configuration as Mapping, more) })
  })
}

/** The user pool calls the function; SAM writes that into the pool. */
function trigger(draft: Draft, event: Event, where: Where, open: string | undefined): void {
  const { properties, at } = event
  const names = get(properties, 'Trigger')
  const each = (names?.kind === 'list' ? names.items : names ? [names] : []).map((name) => word(name) ?? '')
  change(draft, event, get(properties, 'UserPool'), open, (pool) => {
    const config = get(pool, 'LambdaConfig') ?? map(at, {})
    if (!plainMap(config)) return undefined
    const added = Object.fromEntries(each.map((name) => [name, where.arn]))
    return withEntries(pool, { LambdaConfig: withEntries(config as Mapping, added) })
  })
}

/** A resource of the template that an event writes into; if its form is unusual, it is left open. */
function change(
  draft: Draft,
  event: Event,
  reference: Node | undefined,
  open: string | undefined,
  edit: (properties: Mapping) => Mapping | undefined,
): void {
  const id = functionOf(reference) === 'Ref' ? word(get(reference, 'Ref')) : undefined
  const found = id === undefined ? undefined : draft.resources.get(id)
  if (id === undefined || found?.node.kind !== 'map') return
  const written = get(found.node, 'Properties') ?? map(event.at, {})
  const properties = plainMap(written)
  const edited = properties && edit(properties)
  const unclear = edited ? open : `what event ${event.name} writes into ${id} is not modelled`
  const next = opened(edited ?? (written.kind === 'map' ? written : map(written.at, {})), unclear)
  draft.resources.set(id, { at: found.at, node: withEntries(found.node, { Properties: next }) })
}
