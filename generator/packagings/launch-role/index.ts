/**
 * The role with which Service Catalog launches the product: deployed on its own, in each account to which the portfolio
 * is shared, because the constraint knows it by name only.
 */
import { allowed, ZONE_ID } from '../../aws/patterns.ts'
import { getAtt, ref } from '../../cfn/handle.ts'
import { pseudo } from '../../cfn/intrinsics.ts'
import { type Entry, resource } from '../../cfn/resource.ts'
import type { ParameterDefinition } from '../../cfn/template.ts'
import type { Layer } from '../../layers/layer.ts'
import type { Model } from '../../model/model.ts'
import type { OutputFile } from '../assets.ts'
import { LaunchRole, launchPolicy } from '../handles.ts'
import { interfaceMetadata } from '../parameters.ts'
import { type Format, printed } from '../printed.ts'
import { launchRoleName } from './name.ts'
import { allTypes, permissions } from './permissions.ts'

export function launchRole(model: Model, layers: readonly Layer[], format: Format): OutputFile | undefined {
  if (!model.delivery.serviceCatalog) return undefined
  const policies = Object.entries(permissionsOf(model, layers)).map(
    ([id, document]): Entry =>
      resource(launchPolicy(id), {
        Description: `What a launch of ${model.name} needs`,
        PolicyDocument: document,
      }),
  )
  const writesZone = JSON.stringify(policies).includes('${HostedZoneId}')
  return printed(
    'launch-role',
    {
      description: `${model.name}: the role with which Service Catalog launches it. Deploy it once in every account in which the product is launched, by Portcullis.`,
      metadata: interfaceMetadata(writesZone ? [['HostedZoneId', { group: 'Zone', label: 'Hosted zone' }]] : []),
      parameters: writesZone ? { HostedZoneId: hostedZoneId(model) } : {},
      rules: {},
      mappings: {},
      conditions: {},
      entries: [role(model, policies), ...policies],
      outputs: {
        LaunchRoleArn: { Description: 'ARN of the launch role', Value: getAtt(LaunchRole, 'Arn') },
      },
    },
    format,
  )
}

/** A zone in another account is written through its own role, so nothing of this account's zones is at stake. */
const hostedZoneId = ({ domain }: Model): ParameterDefinition => ({
  Type: 'String',
  Default: domain.usesZoneRole ? '*' : (domain.zone?.id ?? '*'),
  Description: 'Hosted zone whose A, AAAA and CNAME records a launch may change; * for every zone of the account',
  AllowedPattern: allowed(`(\\*|${ZONE_ID})`),
  ConstraintDescription: 'must be a hosted zone id such as Z0123456789ABCDEFGHIJ, or *',
})

/** Versions that are published already came from other configs, and what they launched must remain changeable too. */
const permissionsOf = (model: Model, layers: readonly Layer[]): Readonly<Record<string, object>> => {
  if (model.delivery.serviceCatalog?.versions.some(({ source }) => source !== 'current')) return permissions(allTypes)
  const resources = layers.flatMap(({ fragment }) => fragment.entries.map(({ resource }) => resource))
  return permissions(
    resources.map(({ Type }) => Type),
    (type, property) => resources.some((each) => each.Type === type && Object.hasOwn(each.Properties ?? {}, property)),
    model.cluster.kind === 'existing',
  )
}

const role = (model: Model, policies: readonly Entry[]): Entry =>
  resource(
    LaunchRole,
    {
      RoleName: launchRoleName(model),
      Description: `Service Catalog launches ${model.name} with this role`,
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: 'servicecatalog.amazonaws.com' },
            Action: 'sts:AssumeRole',
            Condition: { StringEqualsIfExists: { 'aws:SourceAccount': pseudo('AccountId') } },
          },
        ],
      },
      ManagedPolicyArns: policies.map(({ id }) => ref(launchPolicy(id))),
    },
    {
      why: 'On behalf of this account only. IfExists, because no AWS page says that Service Catalog sends the account: without it, a plain condition would stop every launch.',
    },
  )
