/** AWS::Serverless::Function, https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-function.html */
import { type Mapping, type Node, string } from '../read/node.ts'
import {
  conditionOf,
  type Draft,
  keySet,
  make,
  passedOn,
  refer,
  replace,
  type Sam,
  unknownIn,
  unread,
} from './draft.ts'
import type { Event } from './events.ts'
import { addFunctionEvent } from './function-events.ts'
import { s3Location } from './http-api.ts'
import {
  bool,
  choiceOf,
  conditional,
  functionOf,
  get,
  getAtt,
  isNoValue,
  list,
  map,
  opened,
  picked,
  plainMap,
  ref,
  truth,
  word,
} from './nodes.ts'
import { addPolicies, allow, awsPolicy, destinationActions, makeRole, newRole, policy, type Role } from './role.ts'

/** What the translator hands on as it is. */
const handedOn = (
  'FunctionName Handler Runtime Description MemorySize Timeout VpcConfig Environment KmsKeyArn ReservedConcurrentExecutions ' +
  'Layers FileSystemConfigs ImageConfig PackageType Architectures SnapStart EphemeralStorage CodeSigningConfigArn ' +
  'RuntimeManagementConfig LoggingConfig TenancyConfig RecursiveLoop DurableConfig FunctionScalingConfig PublishToLatestPublished'
).split(' ')
const keys = keySet(
  `${handedOn.join(' ')} Role CodeUri InlineCode ImageUri DeadLetterQueue Tracing Tags PropagateTags Policies ` +
    'PermissionsBoundary RolePath AssumeRolePolicyDocument Events EventInvokeConfig AutoPublishAlias AutoPublishCodeSha256 ' +
    'AutoPublishAliasAllProperties DeploymentPreference ProvisionedConcurrencyConfig FunctionUrlConfig CapacityProviderConfig ' +
    'VersionDescription VersionDeletionPolicy SourceKMSKeyArn',
)

export function translateFunction(draft: Draft, sam: Sam, events: readonly Event[]): void {
  const { id, properties, at } = sam
  const given = get(properties, 'Role')
  const role = roleOf(sam)
  const alias = addAlias(draft, sam)
  addUrl(draft, sam, alias)
  addInvokeConfig(draft, sam, role, alias)
  const dead = get(properties, 'DeadLetterQueue')
  const made = map(at, {
    ...picked(properties, handedOn),
    Code: codeOf(properties, at),
    Role: given ?? getAtt(role.id, 'Arn', at),
    TracingConfig: tracingOf(properties),
    DeadLetterConfig: dead && map(dead.at, { TargetArn: get(dead, 'TargetArn') }),
    CapacityProviderConfig: capacityOf(get(properties, 'CapacityProviderConfig')),
  })
  const open = unknownIn(properties, keys, `${id} (AWS::Serverless::Function)`)
  const where = {
    id: alias ?? id,
    target: alias ?? `${id}.Arn`,
    arn: alias ? ref(alias, at) : getAtt(id, 'Arn', at),
    name: ref(alias ?? id, at),
  }
  const sorted = events.map((event) => ({ event, key: word(get(event.properties, 'Path')) ?? event.name }))
  sorted.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
  for (const { event } of sorted) addFunctionEvent(draft, sam, event, role, where)
  addRole(draft, sam, role, opened(made, open))
  addDeployment(draft, sam)
}

function roleOf({ id, properties, at }: Sam): Role {
  const role = newRole(`${id}Role`, at, 'lambda.amazonaws.com')
  const trust = get(properties, 'AssumeRolePolicyDocument')
  if (trust) role.trust = trust
  const basic = get(properties, 'DurableConfig') ? 'BasicDurableExecutionRolePolicy' : 'BasicExecutionRole'
  role.managed.push(awsPolicy(`service-role/AWSLambda${basic}`, at))
  if (tracingOf(properties)) role.managed.push(awsPolicy('AWSXrayWriteOnlyAccess', at))
  if (truth(get(properties, 'VpcConfig')) !== false)
    role.managed.push(awsPolicy('service-role/AWSLambdaVPCAccessExecutionRole', at))
  const dead = get(properties, 'DeadLetterQueue')
  if (dead) {
    const action = word(get(dead, 'Type')) === 'SNS' ? 'sns:Publish' : 'sqs:SendMessage'
    role.policies.push(policy('DeadLetterQueuePolicy', [allow([action], get(dead, 'TargetArn'), dead.at)], dead.at))
  }
  addPolicies(role, get(properties, 'Policies'))
  return role
}

const tracingOf = (properties: Mapping): Mapping | undefined => {
  const tracing = get(properties, 'Tracing')
  return tracing && word(tracing) !== 'Disabled' ? map(tracing.at, { Mode: tracing }) : undefined
}

/** No role is made where one is given; `!If` with AWS::NoValue makes it under that condition. */
function addRole(draft: Draft, sam: Sam, role: Role, made: Mapping): void {
  const given = get(sam.properties, 'Role')
  const more = {
    Path: get(sam.properties, 'RolePath'),
    PermissionsBoundary: get(sam.properties, 'PermissionsBoundary'),
  }
  const attributes = passedOn(sam.resource)
  const choice = choiceOf(given)
  const missing = choice ? choice.branches.map(isNoValue) : []
  const name = choice && word(choice.condition)
  let node = made
  if (!given) makeRole(draft, role, attributes, more)
  else if (choice && missing.includes(true)) {
    const arn = getAtt(role.id, 'Arn', given.at)
    const [isFirst, isSecond] = missing
    if (isFirst && isSecond) node = withRole(made, arn)
    else if (name !== undefined) {
      const other = choice.branches[isFirst ? 1 : 0]
      node = withRole(made, conditional(name, isFirst ? arn : other, given.at, isFirst ? other : arn))
      const under = isFirst ? name : `NOT${name}`
      if (!isFirst) draft.conditions.set(under, negated(name, given.at))
      makeRole(draft, role, { ...attributes, Condition: string(under, given.at) }, more)
    } else node = opened(made, `Role of ${sam.id} is not modelled`)
    if (isFirst && isSecond) makeRole(draft, role, attributes, more)
  }
  replace(draft, sam, 'AWS::Lambda::Function', node)
}

const withRole = (made: Mapping, role: Node): Mapping => ({
  ...made,
  entries: new Map([...made.entries, ['Role', { at: role.at, node: role }]]),
})

const negated = (name: string, at: number): Mapping =>
  map(at, { 'Fn::Not': list([map(at, { Condition: string(name, at) })], at) })

/** Code at a local path stays as it is written. */
function codeOf(properties: Mapping, at: number): Node {
  const isImage = word(get(properties, 'PackageType')) === 'Image'
  const [inline, uri, image] = ['InlineCode', 'CodeUri', 'ImageUri'].map((key) => get(properties, key))
  if (isImage && image) return map(image.at, { ImageUri: image })
  if (!isImage && inline) return map(inline.at, { ZipFile: inline })
  return (!isImage && codeAt(uri)) || map(at, {}, 'the code is not modelled')
}

export function codeAt(uri: Node | undefined): Node | undefined {
  if (!uri) return undefined
  const place = s3Location(uri)
  const pointer = plainMap(place)
  if (!pointer) return word(uri) === undefined ? map(uri.at, {}, 'the place of the code is not literal') : uri
  return map(uri.at, {
    S3Bucket: get(pointer, 'Bucket'),
    S3Key: get(pointer, 'Key'),
    S3ObjectVersion: get(pointer, 'Version'),
  })
}

function capacityOf(node: Node | undefined): Mapping | undefined {
  if (!node || truth(node) === false) return undefined
  const config = plainMap(node)
  const known = keySet('Arn PerExecutionEnvironmentMaxConcurrency ExecutionEnvironmentMemoryGiBPerVCpu')
  if (!config) return map(node.at, {}, 'CapacityProviderConfig is not modelled')
  return map(node.at, {
    LambdaManagedInstancesCapacityProviderConfig: opened(
      map(node.at, {
        CapacityProviderArn: get(config, 'Arn'),
        ...picked(config, ['PerExecutionEnvironmentMaxConcurrency', 'ExecutionEnvironmentMemoryGiBPerVCpu']),
      }),
      unknownIn(config, known, 'CapacityProviderConfig'),
    ),
  })
}

/** A version and an alias for it; events then lead to the alias. */
function addAlias(draft: Draft, sam: Sam): string | undefined {
  const { id, properties } = sam
  const written = get(properties, 'AutoPublishAlias')
  if (!written || truth(written) === false) return undefined
  const at = written.at
  const name = word(written)
  const alias = `${id}Alias${(name ?? '').replaceAll('-', 'D').replaceAll('_', 'U')}`
  const attributes = passedOn(sam.resource)
  const scaling = get(properties, 'CapacityProviderConfig') && get(properties, 'FunctionScalingConfig')
  make(draft, `${id}Version`, {
    type: 'AWS::Lambda::Version',
    at,
    attributes,
    properties: {
      FunctionName: ref(id, at),
      Description: get(properties, 'VersionDescription'),
      FunctionScalingConfig: scaling,
    },
  })
  make(draft, alias, {
    type: 'AWS::Lambda::Alias',
    at,
    attributes,
    properties: {
      Name: written,
      FunctionName: ref(id, at),
      FunctionVersion: getAtt(`${id}Version`, 'Version', at),
      ProvisionedConcurrencyConfig: get(properties, 'ProvisionedConcurrencyConfig'),
    },
    open: name === undefined ? `AutoPublishAlias of ${id} is not literal` : undefined,
  })
  refer(draft, id, 'Version', `${id}Version`)
  refer(draft, id, 'Alias', alias)
  return alias
}

/** A URL on the internet; without authorization anybody may call it. */
function addUrl(draft: Draft, sam: Sam, alias: string | undefined): void {
  const node = get(sam.properties, 'FunctionUrlConfig')
  if (!node || truth(node) === false) return
  const at = node.at
  const attributes = passedOn(sam.resource)
  const target = ref(alias ?? sam.id, at)
  const type = get(node, 'AuthType')
  make(draft, `${sam.id}Url`, {
    type: 'AWS::Lambda::Url',
    at,
    attributes,
    properties: {
      TargetFunctionArn: target,
      AuthType: type,
      InvokeMode: get(node, 'InvokeMode'),
      Cors: get(node, 'Cors'),
    },
    open: plainMap(node) ? undefined : `FunctionUrlConfig of ${sam.id} is not modelled`,
  })
  if (word(type) !== 'NONE') return
  const everybody = { FunctionName: target, Principal: string('*', at) }
  make(draft, `${sam.id}UrlPublicPermissions`, {
    type: 'AWS::Lambda::Permission',
    at,
    attributes,
    properties: { Action: string('lambda:InvokeFunctionUrl', at), ...everybody, FunctionUrlAuthType: type },
  })
  make(draft, `${sam.id}URLInvokeAllowPublicAccess`, {
    type: 'AWS::Lambda::Permission',
    at,
    attributes,
    properties: { Action: string('lambda:InvokeFunction', at), ...everybody, InvokedViaFunctionUrl: bool(true, at) },
  })
}

function addInvokeConfig(draft: Draft, sam: Sam, role: Role, alias: string | undefined): void {
  const node = get(sam.properties, 'EventInvokeConfig')
  if (!node || truth(node) === false) return
  const at = node.at
  const id = `${sam.id}EventInvokeConfig`
  const destinations = get(node, 'DestinationConfig')
  const made = (['OnSuccess', 'OnFailure'] as const).map((event): [string, Node | undefined] => {
    const wanted = get(destinations, event)
    if (!wanted) return [event, undefined]
    const type = word(get(wanted, 'Type')) ?? ''
    const destination = get(wanted, 'Destination') ?? addDestination(draft, sam, `${id}${event}`, type, wanted.at)
    const actions = destinationActions[type]
    const hasNoValue = choiceOf(destination)?.branches.some(isNoValue)
    if (!destination || !actions || hasNoValue) {
      role.reasons.push(`EventInvokeConfig of ${sam.id} is not modelled`)
      unread(draft, `${id}${event}`, sam, 'EventInvokeConfig', wanted)
      return [event, map(wanted.at, {}, 'the destination is not modelled')]
    }
    if (destination && actions)
      role.policies.push(policy(`${id}${event}Policy`, [allow(actions, destination, wanted.at)], wanted.at))
    return [event, map(wanted.at, { Destination: destination })]
  })
  if (destinations && !plainMap(destinations)) role.reasons.push(`EventInvokeConfig of ${sam.id} is not modelled`)
  make(draft, id, {
    type: 'AWS::Lambda::EventInvokeConfig',
    at,
    attributes: passedOn(sam.resource),
    properties: {
      FunctionName: ref(sam.id, at),
      Qualifier: (alias && get(sam.properties, 'AutoPublishAlias')) || string('$LATEST', at),
      DestinationConfig: map(at, Object.fromEntries(made)),
      ...picked(node as Mapping, ['MaximumEventAgeInSeconds', 'MaximumRetryAttempts']),
    },
    open: plainMap(node) ? undefined : `EventInvokeConfig of ${sam.id} is not modelled`,
  })
}

/** A queue or topic that SAM makes where no destination is given. */
function addDestination(draft: Draft, sam: Sam, id: string, type: string, at: number): Node | undefined {
  const kind = type === 'SQS' ? 'Queue' : type === 'SNS' ? 'Topic' : undefined
  if (!kind) return undefined
  make(draft, `${id}${kind}`, {
    type: `AWS::${type}::${kind}`,
    at,
    attributes: passedOn(sam.resource),
    properties: {},
  })
  refer(draft, sam.id, `Destination${kind}`, `${id}${kind}`)
  return kind === 'Queue' ? getAtt(`${id}Queue`, 'Arn', at) : ref(`${id}Topic`, at)
}

/** Gradual deployments, with the role of CodeDeploy. */
function addDeployment(draft: Draft, sam: Sam): void {
  const node = get(sam.properties, 'DeploymentPreference')
  if (!node || truth(node) === false) return
  const preference = plainMap(node)
  if (!preference) {
    unread(draft, `${sam.id}DeploymentGroup`, sam, 'DeploymentPreference', node)
    return
  }
  const at = node.at
  const enabled = preference.entries.get('Enabled')?.node
  if (enabled && truth(enabled) === false) return
  // The condition of what all functions share is left away: what may exist is judged as if it did.
  const condition = conditionOf(sam.resource)
  const role = get(preference, 'Role')
  make(draft, 'ServerlessDeploymentApplication', {
    type: 'AWS::CodeDeploy::Application',
    at,
    properties: { ComputePlatform: string('Lambda', at) },
  })
  if (!role) {
    const service = newRole('CodeDeployServiceRole', at, 'codedeploy.amazonaws.com')
    service.managed.push(awsPolicy('service-role/AWSCodeDeployRoleForLambda', at))
    makeRole(draft, service, {})
  }
  make(draft, `${sam.id}DeploymentGroup`, {
    type: 'AWS::CodeDeploy::DeploymentGroup',
    at,
    attributes: condition === undefined ? {} : { Condition: string(condition, at) },
    properties: {
      ApplicationName: ref('ServerlessDeploymentApplication', at),
      DeploymentConfigName: get(preference, 'Type'),
      ServiceRoleArn: role ?? getAtt('CodeDeployServiceRole', 'Arn', at),
      TriggerConfigurations: get(preference, 'TriggerConfigurations'),
    },
    open: functionOf(enabled) ? `Enabled of the DeploymentPreference of ${sam.id} is not literal` : undefined,
  })
}
