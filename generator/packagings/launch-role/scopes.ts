/**
 * For which resources an action is granted. CloudFormation starts the names it gives with the stack's name, and
 * Service Catalog's stacks are called `SC-...`; ids such as those of EC2 and API Gateway say nothing about their stack.
 */
import { arn, sub } from '../../cfn/intrinsics.ts'
import type { Intrinsic } from '../../cfn/value.ts'
import { actionsWithoutResources } from './handler-permissions.gen.ts'

export type Scope = {
  /** Start of the statement's Sid. */
  readonly name: string
  /** None: the product has nothing that the action would be granted for. */
  readonly resources: readonly (Intrinsic | '*')[]
  readonly condition?: object
}

/** In every region: the role is one for the account, and a product may be launched in several regions. */
const own = (service: string, ...resources: string[]): Intrinsic[] =>
  resources.map((resource) => arn(service, '*', '${AWS::AccountId}', resource))

/** What is known of a product beyond the types that it holds. */
export type Product = {
  /** The managed policy beyond which its roles have no rights. */
  readonly boundary: Intrinsic
  /** Left out where versions of other configs are offered too, whose roles nobody knows. */
  readonly roles?: readonly ProductRole[]
  /** Their names are too long together for one policy, so the beginning that all have in common stands for them. */
  readonly unnamed?: boolean
  /** Managed policies that its roles may have, by ARN. */
  readonly policies: readonly (Intrinsic | string)[]
  /** It changes groups, routes or subnets that other stacks made. */
  readonly changesOthers: boolean
  /** Its services may run in a cluster that it does not make. */
  readonly anyCluster: boolean
  /** Its listener rules may be on a load balancer that it does not make. */
  readonly anyLoadBalancer: boolean
}

export type ProductRole = { readonly id: string; readonly path: string; readonly service: string }

/** More would not fit into one policy, in which the roles of jobs are handed to two more services. */
const mostNames = (roles: readonly ProductRole[]): number =>
  roles.some(({ service }) => service === passedTo['AWS::StepFunctions::StateMachine']) ? 8 : 13

/**
 * `OrdersExecutionRole` -> `Orders`. CloudFormation names a role after stack and logical ID, and cuts both when that is
 * longer than 64 characters; so no more than the beginning of an ID can be relied on.
 */
const beginning = (id: string): string =>
  id.replace(/(?:Execution|Infrastructure|Task|StateMachine|Schedule)?Role$/, '').slice(0, 12)

/** The roles of the product, or those that it hands to one service. */
function rolesOf({ roles, unnamed = false }: Product, service?: string): Intrinsic[] {
  const own = (roles ?? []).filter((each) => service === undefined || each.service === service)
  if (roles !== undefined && own.length === 0) return []
  const names = [...new Set(own.map(({ id, path }) => `role${path}SC-*-${beginning(id)}*`))].sort()
  const known =
    !unnamed && names.length > 0 && names.length <= mostNames(roles ?? [])
      ? names
      : ['role/SC-*', 'role/portcullis/SC-*']
  return known.map((name) => arn('iam', '', '${AWS::AccountId}', name))
}

/** EC2 knows no names, but the kinds of what a product is made of. */
const network = own(
  'ec2',
  ...[
    'elastic-ip',
    'internet-gateway',
    'natgateway',
    'network-interface',
    'route-table',
    'security-group',
    'security-group-rule',
    'subnet',
    'vpc',
    'vpc-encryption-control',
    'vpc-endpoint',
    'vpc-flow-log',
  ].map((kind) => `${kind}/*`),
)

const changesNetwork = /^ec2:(?:authorize|delete|detach|disassociate|modify|release|replace|revoke|unassign|update)/

/**
 * What another stack made says so in a tag, and is left alone. IfExists, because some kinds carry no tags of their
 * stack: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-resource-tags.html
 */
const ownNetwork: Scope = {
  name: 'OwnNetwork',
  resources: network,
  condition: { StringLikeIfExists: { 'aws:ResourceTag/aws:cloudformation:stack-name': 'SC-*' } },
}

/** These can be held to a boundary; to change who assumes a role cannot (service authorization reference of IAM). */
const boundable = new Set(['iam:createrole', 'iam:putrolepermissionsboundary', 'iam:putrolepolicy'])

const everything: Scope = { name: 'Account', resources: ['*'] }

/** Below a cluster that exists already, services and what watches them are named after that one first. */
const inAnyCluster: Readonly<Record<string, Scope>> = {
  cloudwatch: {
    name: 'ScalingAlarms',
    resources: own('cloudwatch', 'alarm:TargetTracking-service/*/SC-*', 'alarm:TargetTracking-service/SC-*'),
  },
  ecs: {
    name: 'Containers',
    resources: own(
      'ecs',
      'cluster/SC-*',
      'service/*/SC-*',
      'service/SC-*',
      'service-deployment/*/SC-*',
      'service-deployment/SC-*',
      'task-definition/SC-*',
    ),
  },
}

/** Listeners and rules are named after their load balancer. */
const onAnyLoadBalancer: Readonly<Record<string, Scope>> = {
  elasticloadbalancing: {
    name: 'LoadBalancing',
    resources: own(
      'elasticloadbalancing',
      'listener-rule/app/*',
      'listener/app/*',
      'loadbalancer/app/SC-*',
      'targetgroup/SC-*',
    ),
  },
}

const byService: Readonly<Record<string, Scope>> = {
  acm: { name: 'Certificates', resources: own('acm', 'certificate/*') },
  apigateway: {
    name: 'Apis',
    // The ARN of an API is a path, and one without account: AWS: apigateway-iam-policy-resources.
    resources: ['apis', 'domainnames', 'tags', 'vpclinks'].flatMap((each) => [
      arn('apigateway', '*', '', `/${each}`),
      arn('apigateway', '*', '', `/${each}/*`),
    ]),
  },
  'application-autoscaling': {
    name: 'ScalableTargets',
    resources: own('application-autoscaling', 'scalable-target/*'),
  },
  cloudformation: { name: 'Stack', resources: own('cloudformation', 'stack/SC-*') },
  cloudwatch: { name: 'ScalingAlarms', resources: own('cloudwatch', 'alarm:TargetTracking-service/SC-*') },
  ec2: { name: 'Network', resources: network },
  ecs: {
    name: 'Containers',
    resources: own('ecs', 'cluster/SC-*', 'service/SC-*', 'service-deployment/SC-*', 'task-definition/SC-*'),
  },
  elasticfilesystem: {
    name: 'FileSystems',
    resources: own('elasticfilesystem', 'access-point/*', 'file-system/*'),
  },
  elasticloadbalancing: {
    name: 'LoadBalancing',
    resources: own(
      'elasticloadbalancing',
      'listener-rule/app/SC-*',
      'listener/app/SC-*',
      'loadbalancer/app/SC-*',
      'targetgroup/SC-*',
    ),
  },
  lambda: { name: 'Functions', resources: own('lambda', 'function:SC-*') },
  logs: { name: 'LogGroups', resources: own('logs', 'log-group:SC-*', 'log-group:/aws/vendedlogs/apis/SC-*') },
  route53: { name: 'Zone', resources: [sub('arn:${AWS::Partition}:route53:::hostedzone/${HostedZoneId}')] },
  servicediscovery: { name: 'ServiceNames', resources: own('servicediscovery', 'namespace/*') },
  scheduler: { name: 'Schedules', resources: own('scheduler', 'schedule/default/SC-*') },
  sqs: { name: 'Queues', resources: own('sqs', 'SC-*') },
  // Their names begin with the logical ID.
  states: { name: 'StateMachines', resources: own('states', 'stateMachine:*') },
  s3: { name: 'LogBucket', resources: [arn('s3', '', '', 'sc-*')] },
}

/** Where a type's actions are for other resources than those of its service in general. */
const byType: Readonly<Record<string, Scope>> = {
  'AWS::CloudWatch::Alarm cloudwatch': { name: 'Alarms', resources: own('cloudwatch', 'alarm:SC-*') },
  'AWS::StepFunctions::StateMachine logs': {
    name: 'ExecutionLogs',
    resources: own('logs', 'log-group:/aws/vendedlogs/states/SC-*'),
  },
}

const byAction: Readonly<Record<string, Scope>> = {
  // Asked of a template that has no stack yet.
  'cloudformation:gettemplatesummary': everything,
  'cloudwatch:describealarms': everything,
  'cloudwatch:getmetricdata': everything,
  'route53:associatevpcwithhostedzone': {
    name: 'EndpointZone',
    resources: [sub('arn:${AWS::Partition}:route53:::hostedzone/*')],
  },
  'route53:changeresourcerecordsets': {
    name: 'ChangeRecords',
    resources: [sub('arn:${AWS::Partition}:route53:::hostedzone/${HostedZoneId}')],
    condition: {
      'ForAllValues:StringEquals': { 'route53:ChangeResourceRecordSetsRecordTypes': ['A', 'AAAA', 'CNAME'] },
      Null: { 'route53:ChangeResourceRecordSetsRecordTypes': 'false' },
    },
  },
  'route53:getchange': { name: 'Change', resources: [sub('arn:${AWS::Partition}:route53:::change/*')] },
  's3:getobject': {
    name: 'Template',
    resources: ['*'],
    condition: { StringEquals: { 's3:ExistingObjectTag/servicecatalog:provisioning': 'true' } },
  },
}

/** Services that roles of the product are handed to, by the type that hands them over. */
const passedTo: Readonly<Record<string, string>> = {
  'AWS::EC2::FlowLog': 'vpc-flow-logs.amazonaws.com',
  'AWS::ECS::Service': 'ecs.amazonaws.com',
  'AWS::ECS::TaskDefinition': 'ecs-tasks.amazonaws.com',
  'AWS::Lambda::Function': 'lambda.amazonaws.com',
  'AWS::Scheduler::Schedule': 'scheduler.amazonaws.com',
  'AWS::StepFunctions::StateMachine': 'states.amazonaws.com',
}

/** Services that make a role of their own in an account where they are used for the first time. */
const serviceLinked: Readonly<Record<string, string>> = {
  'AWS::ApiGatewayV2::DomainName': 'ops.apigateway.amazonaws.com',
  'AWS::ApiGatewayV2::VpcLink': 'ops.apigateway.amazonaws.com',
  'AWS::ApplicationAutoScaling::ScalableTarget': 'ecs.application-autoscaling.amazonaws.com',
  'AWS::ECS::Cluster': 'ecs.amazonaws.com',
  'AWS::ECS::Service': 'ecs.amazonaws.com',
  'AWS::EFS::FileSystem': 'backup.amazonaws.com',
  'AWS::EFS::MountTarget': 'elasticfilesystem.amazonaws.com',
  'AWS::ElasticLoadBalancingV2::LoadBalancer': 'elasticloadbalancing.amazonaws.com',
}

/** Throws when an action's service has no scope: a new type must not be granted everything by oversight. */
export function scopeOf(action: string, type: string, product: Product): Scope {
  const name = action.toLowerCase()
  if (name === 'iam:passrole') return passRole(type, product)
  if (/^iam:.*servicelinkedrole/.test(name)) return serviceLinkedRole(name, type)
  const special = byAction[name]
  if (special) return special
  if (actionsWithoutResources.has(name)) return everything
  if (changesNetwork.test(name) && !product.changesOthers) return ownNetwork
  if (name === 'iam:attachrolepolicy') return attachedPolicies(product)
  if (name.startsWith('iam:'))
    return boundable.has(name) ? boundedRoles(product) : { name: 'Roles', resources: rolesOf(product) }
  const service = name.split(':')[0] ?? ''
  const scope =
    byType[`${type} ${service}`] ??
    (product.anyCluster ? inAnyCluster[service] : undefined) ??
    (product.anyLoadBalancer ? onAnyLoadBalancer[service] : undefined) ??
    byService[service]
  if (scope) return scope
  throw new Error(`${type}: no resources are known for ${action}`)
}

const boundedRoles = (product: Product): Scope => ({
  name: 'BoundedRoles',
  resources: rolesOf(product),
  condition: { StringEquals: { 'iam:PermissionsBoundary': product.boundary } },
})

/** More characters of ARNs would not fit into one policy. */
const longestList = 1500

/** Those that the config names, to roles within the boundary, beyond which no policy gives a right. */
const attachedPolicies = (product: Product): Scope => ({
  name: 'AttachedPolicies',
  resources: product.policies.length === 0 ? [] : rolesOf(product),
  condition: {
    ...(JSON.stringify(product.policies).length > longestList
      ? {}
      : { ArnLike: { 'iam:PolicyARN': product.policies } }),
    StringEquals: { 'iam:PermissionsBoundary': product.boundary },
  },
})

function passRole(type: string, product: Product): Scope {
  const service = passedTo[type]
  if (!service) throw new Error(`${type}: it is not known to which service its role is passed`)
  return {
    name: `PassRoleTo${pascal(service)}`,
    resources: rolesOf(product, service),
    condition: { StringEquals: { 'iam:PassedToService': service } },
  }
}

function serviceLinkedRole(action: string, type: string): Scope {
  const service = serviceLinked[type]
  if (!service) throw new Error(`${type}: its service-linked role is not known`)
  const resources = [arn('iam', '', '${AWS::AccountId}', `role/aws-service-role/${service}/*`)]
  return action === 'iam:createservicelinkedrole'
    ? {
        name: `MakeServiceRoleOf${pascal(service)}`,
        resources,
        condition: { StringEquals: { 'iam:AWSServiceName': service } },
      }
    : { name: `ServiceRoleOf${pascal(service)}`, resources }
}

/** `ops.apigateway.amazonaws.com` -> `OpsApigateway` */
const pascal = (service: string): string =>
  service
    .replace('.amazonaws.com', '')
    .split(/[.-]/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')
