/**
 * The role with which Service Catalog launches the product: deployed on its own, in each account to which the portfolio
 * is shared, because the constraint knows it by name only.
 */
import { allowed, ROLE_ARN, ZONE_ID } from '../../aws/patterns.ts'
import { fragment } from '../../cfn/fragment.ts'
import { getAtt, ref } from '../../cfn/handle.ts'
import { arn } from '../../cfn/intrinsics.ts'
import { references } from '../../cfn/references.ts'
import { type Entry, resource } from '../../cfn/resource.ts'
import type { ParameterDefinition } from '../../cfn/template.ts'
import type { Layer } from '../../layers/layer.ts'
import { filled, paramOf } from '../../layers/parameters.ts'
import { trustIn } from '../../layers/role.ts'
import { launchBoundaryName, launchRoleName } from '../../model/delivery/launch.ts'
import type { Model } from '../../model/model.ts'
import { unique } from '../../model/names.ts'
import type { Placeholders } from '../../model/placeholders.ts'
import { tasks } from '../../model/tasks.ts'
import type { OutputFile } from '../assets.ts'
import { LaunchBoundary, LaunchRole, launchPolicy } from '../handles.ts'
import { definition, interfaceMetadata } from '../parameters.ts'
import { type Format, printed } from '../printed.ts'
import { boundary } from './boundary.ts'
import { allTypes, permissions } from './permissions.ts'
import type { Product, ProductRole } from './scopes.ts'

export function launchRole(model: Model, layers: readonly Layer[], format: Format): OutputFile | undefined {
  if (!model.delivery.serviceCatalog) return undefined
  const policies = Object.entries(permissionsOf(model, layers)).map(
    ([id, document]): Entry =>
      resource(launchPolicy(id), {
        Description: `What a launch of ${model.name} needs`,
        PolicyDocument: document,
      }),
  )
  const { entries, conditions } = fragment(role(model, policies), ...policies, ...boundaryOf(model, layers))
  const parameters = parametersOf(model).filter(([name]) => mentions(entries, name))
  return printed(
    'launch-role',
    {
      description: `${model.name}: the role with which Service Catalog launches it. Deploy it once in every account in which the product is launched, by Portcullis.`,
      metadata: interfaceMetadata(parameters.map(([name, { shown }]) => [name, shown])),
      parameters: Object.fromEntries(parameters.map(([name, { definition }]) => [name, definition])),
      rules: {},
      mappings: {},
      conditions,
      entries,
      outputs: {
        LaunchRoleArn: { Description: 'ARN of the launch role', Value: getAtt(LaunchRole, 'Arn') },
      },
    },
    format,
  )
}

const mentions = (entries: readonly Entry[], name: string): boolean =>
  new RegExp(`"Ref":"${name}"|\\$\\{${name}\\}`).test(JSON.stringify(entries))

type LaunchParameter = {
  readonly definition: ParameterDefinition
  readonly shown: { readonly group: string; readonly label: string }
}

const parametersOf = ({ domain, permissionsBoundary }: Model): [string, LaunchParameter][] => [
  [
    'HostedZoneId',
    {
      shown: { group: 'Zone', label: 'Hosted zone' },
      definition: {
        Type: 'String',
        Default: domain.zone?.id ?? '*',
        Description: 'Hosted zone whose A, AAAA and CNAME records a launch may change; * for every zone of the account',
        AllowedPattern: allowed(`(\\*|${ZONE_ID})`),
        ConstraintDescription: 'must be a hosted zone id such as Z0123456789ABCDEFGHIJ, or *',
      },
    },
  ],
  [
    'HostedZoneRoleArn',
    {
      shown: { group: 'Zone', label: 'Role in the account of the hosted zone' },
      definition: {
        Type: 'String',
        ...(domain.zone?.role ? { Default: domain.zone.role.arn } : {}),
        Description: 'The only role that the functions of what is launched may assume',
        AllowedPattern: allowed(ROLE_ARN),
        ConstraintDescription: 'must be the ARN of an IAM role',
      },
    },
  ],
  ...(permissionsBoundary
    ? [
        [permissionsBoundary.name, { shown: permissionsBoundary, definition: definition(permissionsBoundary) }] as [
          string,
          LaunchParameter,
        ],
      ]
    : []),
]

/** Where the config names no boundary, the launch role brings one along. */
const makesBoundary = ({ permissionsBoundary }: Model): boolean => permissionsBoundary?.none !== undefined

const boundaryOf = (model: Model, layers: readonly Layer[]): Entry[] =>
  makesBoundary(model)
    ? [
        resource(
          LaunchBoundary,
          {
            ManagedPolicyName: launchBoundaryName(model.name),
            Description: `Beyond this, no role of a launched ${model.name} has rights`,
            PolicyDocument: boundary(layers, model.domain.usesZoneRole),
          },
          { why: 'Whatever a template grants to a role, this is the most that it gets.' },
        ),
      ]
    : []

/** Versions that are published already came from other configs, and what they launched must remain changeable too. */
const permissionsOf = (model: Model, layers: readonly Layer[]): Readonly<Record<string, object>> => {
  const fragments = layers.map(({ fragment }) => fragment)
  const product: Product = {
    boundary:
      model.permissionsBoundary === undefined || makesBoundary(model)
        ? arn('iam', '', '${AWS::AccountId}', `policy/${launchBoundaryName(model.name)}`)
        : paramOf(model.permissionsBoundary),
    policies: unique(tasks(model).flatMap(({ policies }) => policies)).map(policyArn),
    changesOthers: changesOthers(fragments.flatMap(({ entries }) => entries)),
    anyCluster: true,
    anyLoadBalancer: true,
  }
  if (model.delivery.serviceCatalog?.versions.some(({ source }) => source !== 'current'))
    return permissions(allTypes, product)
  const resources = fragments.flatMap(({ entries }) => entries.map(({ resource }) => resource))
  return permissions(
    resources.map(({ Type }) => Type),
    {
      ...product,
      roles: fragments.flatMap(({ entries }) => entries.flatMap(roleOf)),
      anyCluster: model.cluster.kind === 'existing',
      anyLoadBalancer: model.loadBalancer.kind === 'existing',
    },
    (type, property) =>
      resources.some((each) => each.Type === type && JSON.stringify(each.Properties ?? {}).includes(`"${property}":`)),
  )
}

/** Whether it writes rules into groups that it does not make. */
const changesOthers = (entries: readonly Entry[]): boolean => {
  const made = new Set(entries.map(({ id }) => id))
  return entries.some(
    ({ resource: { Type, Properties = {} } }) =>
      /^AWS::EC2::SecurityGroup(?:In|E)gress$/.test(Type) &&
      !references(Properties['GroupId']).some(({ target }) => made.has(target)),
  )
}

/** In an account, the role launches every environment. */
const policyArn = (policy: Placeholders) => filled(policy.replaceAll('{environment}', '*'))

type RoleProperties = {
  readonly Path?: string
  readonly AssumeRolePolicyDocument: {
    readonly Statement: readonly { readonly Principal: { readonly Service: string } }[]
  }
}

const roleOf = ({ id, resource: { Type, Properties } }: Entry): ProductRole[] => {
  if (Type !== 'AWS::IAM::Role') return []
  const { Path: path = '/', AssumeRolePolicyDocument } = Properties as RoleProperties
  return AssumeRolePolicyDocument.Statement.map(({ Principal }) => ({ id, path, service: Principal.Service }))
}

const role = (model: Model, policies: readonly Entry[]): Entry =>
  resource(
    LaunchRole,
    {
      RoleName: launchRoleName(model.name),
      Description: `Service Catalog launches ${model.name} with this role`,
      AssumeRolePolicyDocument: trustIn('servicecatalog.amazonaws.com'),
      ManagedPolicyArns: policies.map(({ id }) => ref(launchPolicy(id))),
    },
    {
      why: 'On behalf of this account only. IfExists, because no AWS page says that Service Catalog sends the account: without it, a plain condition would stop every launch.',
    },
  )
