/** AWS::Serverless::StateMachine, https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-statemachine.html */
import { type Node, string } from '../read/node.ts'
import {
  conditionOf,
  type Draft,
  keySet,
  make,
  openAllApis,
  passedOn,
  refer,
  replace,
  type Sam,
  unknownIn,
} from './draft.ts'
import { apiIdOf, type Event } from './events.ts'
import { addUnknown } from './function-events.ts'
import { s3Location } from './http-api.ts'
import { get, getAtt, isTrue, map, opened, picked, plainMap, ref, truth, withEntries, word } from './nodes.ts'
import { addRestEvent } from './rest-document.ts'
import { addPolicies, awsPolicy, makeRole, newRole } from './role.ts'
import { addRule, addSchedule, startRole, type Target } from './rules.ts'

const keys = keySet(
  'Definition DefinitionUri Logging Role RolePath DefinitionSubstitutions Events Name Type Tags PropagateTags Policies ' +
    'Tracing PermissionsBoundary AutoPublishAlias DeploymentPreference UseAliasAsEventTarget',
)
const apiKeys = keySet('Path Method RestApiId Stage Auth UnescapeMappingTemplate')

export function translateStateMachine(draft: Draft, sam: Sam, events: readonly Event[]): void {
  const { id, properties, at } = sam
  const attributes = passedOn(sam.resource)
  const given = get(properties, 'Role')
  const boundary = get(properties, 'PermissionsBoundary')
  if (!given || truth(given) === false) {
    const role = newRole(`${id}Role`, at, 'states.amazonaws.com')
    addPolicies(role, get(properties, 'Policies'))
    if (isTrue(get(get(properties, 'Tracing'), 'Enabled'))) role.managed.push(awsPolicy('AWSXrayWriteOnlyAccess', at))
    makeRole(draft, role, attributes, { Path: get(properties, 'RolePath'), PermissionsBoundary: boundary })
  }
  const alias = addAlias(draft, sam)
  const isAliased = alias !== undefined && truth(get(properties, 'UseAliasAsEventTarget')) !== false
  const target: Target = {
    arn: ref(isAliased ? alias : id, at),
    service: 'events.amazonaws.com',
    action: 'states:StartExecution',
    hasRole: true,
    boundary,
  }
  const definition = get(properties, 'Definition')
  const uri = get(properties, 'DefinitionUri')
  const made = map(at, {
    // The definition stays a map: what the translator writes as a text means the same.
    Definition: definition,
    DefinitionS3Location: s3Location(uri),
    ...picked(properties, ['DefinitionSubstitutions']),
    LoggingConfiguration: get(properties, 'Logging'),
    RoleArn: given ?? getAtt(`${id}Role`, 'Arn', at),
    StateMachineName: get(properties, 'Name'),
    StateMachineType: get(properties, 'Type'),
    TracingConfiguration: get(properties, 'Tracing'),
  })
  const open = unknownIn(properties, keys, `${id} (AWS::Serverless::StateMachine)`)
  const whole = definition && uri ? `${id} has two definitions` : undefined
  replace(draft, sam, 'AWS::StepFunctions::StateMachine', opened(opened(made, open), whole))
  for (const event of events) addEvent(draft, sam, event, target)
}

function addEvent(draft: Draft, sam: Sam, event: Event, target: Target): void {
  if (event.type === 'Api') addApiEvent(draft, sam, event, target)
  else if (!addRule(draft, sam, event, target) && !addSchedule(draft, sam, event, target)) addUnknown(draft, sam, event)
}

function addApiEvent(draft: Draft, sam: Sam, event: Event, target: Target): void {
  const role = `${sam.id}${event.name}Role`
  startRole(draft, sam, role, 'apigateway.amazonaws.com', target, event.at)
  const id = apiIdOf(event)
  const label = `${sam.id}.${event.name}`
  if (id === undefined) {
    openAllApis(draft, `the API of event ${label} is not an id of the template`)
    return
  }
  const api = draft.apis.get(id)
  if (!api) return
  const unknown = unknownIn(event.properties, apiKeys, `event ${label}`)
  if (unknown !== undefined) api.reasons.add(unknown)
  if (api.kind === 'http') api.reasons.add(`event ${label} is of a different kind from ${id}`)
  else if (api.isManaged) addRestEvent(api, label, event.properties, { role }, conditionOf(sam.resource))
}

function addAlias(draft: Draft, sam: Sam): string | undefined {
  const { id, properties } = sam
  const written = get(properties, 'AutoPublishAlias')
  if (!written || truth(written) === false) return undefined
  const at = written.at
  const alias = `${id}Alias${word(written) ?? ''}`
  const attributes = passedOn(sam.resource)
  const preference = plainMap(get(properties, 'DeploymentPreference'))
  const version: Node = ref(`${id}Version`, at)
  make(draft, `${id}Version`, {
    type: 'AWS::StepFunctions::StateMachineVersion',
    at,
    attributes,
    properties: {
      StateMachineArn: ref(id, at),
      StateMachineRevisionId: getAtt(id, 'StateMachineRevisionId', at),
    },
  })
  make(draft, alias, {
    type: 'AWS::StepFunctions::StateMachineAlias',
    at,
    attributes,
    properties: {
      Name: written,
      DeploymentPreference: preference
        ? withEntries(preference, { StateMachineVersionArn: version })
        : map(at, { Type: string('ALL_AT_ONCE', at), StateMachineVersionArn: version }),
    },
  })
  refer(draft, id, 'Alias', alias)
  return alias
}
