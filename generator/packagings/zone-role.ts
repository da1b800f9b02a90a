/**
 * The role in the zone's account through which the application writes its DNS records: deployed there first, on its own.
 * It may touch exactly the records of the names that the config plans.
 */
import { ACCOUNT, allowed, ZONE_ID } from '../aws/patterns.ts'
import { getAtt } from '../cfn/handle.ts'
import { arn, param } from '../cfn/intrinsics.ts'
import { type Entry, resource } from '../cfn/resource.ts'
import type { Target } from '../model/delivery/targets.ts'
import type { Zone } from '../model/domain/zone.ts'
import type { Model } from '../model/model.ts'
import { unique } from '../model/names.ts'
import { filledIn } from '../model/placeholders.ts'
import type { OutputFile } from './assets.ts'
import { ZoneRole } from './handles.ts'
import { interfaceMetadata } from './parameters.ts'
import { type Format, printed } from './printed.ts'

type RoleZone = Zone & { readonly role: NonNullable<Zone['role']> }

export function zoneRole(model: Model, format: Format): OutputFile | undefined {
  const { zone } = model.domain
  if (!zone?.role || !model.domain.usesZoneRole) return undefined
  return printed(
    'zone-role',
    {
      description: `${model.name}: the role that writes its DNS records. Deploy it in the zone's account before the application, by Portcullis.`,
      metadata: interfaceMetadata([
        ['HostedZoneId', { group: 'Zone', label: 'Hosted zone' }],
        ...(zone.role.organization
          ? []
          : [['TrustedAccounts', { group: 'Trust', label: 'Accounts of the application' }] as const]),
      ]),
      parameters: parameters(model, zone as RoleZone),
      rules: {},
      mappings: {},
      conditions: {},
      entries: [role(model, zone as RoleZone)],
      outputs: {
        HostedZoneRoleArn: {
          Description: 'Parameter HostedZoneRoleArn of the application',
          Value: getAtt(ZoneRole, 'Arn'),
        },
      },
    },
    format,
  )
}

/** What the config decides of its parameters. */
export function zoneRoleValues(model: Model): Record<string, string> {
  const { zone } = model.domain
  const accounts = trusted(model)
  return {
    ...(zone?.id ? { HostedZoneId: zone.id } : {}),
    ...(zone?.role?.organization || accounts.length === 0 ? {} : { TrustedAccounts: accounts.join(',') }),
  }
}

const trusted = (model: Model): string[] => unique(model.targets.flatMap(({ account }) => account ?? []))

function parameters(model: Model, zone: RoleZone) {
  const accounts = trusted(model)
  return {
    HostedZoneId: {
      Type: 'String',
      ...(zone.id ? { Default: zone.id } : {}),
      Description: 'Zone in which the records are written',
      AllowedPattern: allowed(ZONE_ID),
      ConstraintDescription: 'must be a hosted zone id such as Z0123456789ABCDEFGHIJ',
    },
    ...(zone.role.organization
      ? {}
      : {
          TrustedAccounts: {
            Type: 'CommaDelimitedList',
            ...(accounts.length > 0 ? { Default: accounts.join(',') } : {}),
            Description: 'Accounts whose functions below the path /portcullis/ may assume the role',
            AllowedPattern: allowed(ACCOUNT),
            ConstraintDescription: 'must be account ids of 12 digits',
          },
        }),
  }
}

function role(model: Model, zone: RoleZone): Entry {
  const [, path = '/', name = ''] = /:role(\/(?:.*\/)?)([^/]+)$/.exec(zone.role.arn) ?? []
  return resource(
    ZoneRole,
    {
      RoleName: name,
      Path: path,
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: trust(model, zone) },
      Policies: [
        { PolicyName: 'write-records', PolicyDocument: { Version: '2012-10-17', Statement: statements(model) } },
      ],
    },
    { why: 'Only our functions, which live below /portcullis/, and only with the external id.' },
  )
}

const trust = (model: Model, { role }: RoleZone): object[] => {
  const statement = (who: { readonly equals?: object; readonly more?: object } = {}): object => ({
    Effect: 'Allow',
    Principal: { AWS: role.organization ? '*' : param('TrustedAccounts') },
    Action: 'sts:AssumeRole',
    Condition: {
      StringEquals: {
        ...(role.externalId ? { 'sts:ExternalId': role.externalId } : {}),
        ...(role.organization ? { 'aws:PrincipalOrgID': role.organization } : {}),
        ...who.equals,
      },
      ArnLike: { 'aws:PrincipalArn': 'arn:*:iam::*:role/portcullis/*' },
      ...who.more,
    },
  })
  const { targets } = model
  const isPlanned =
    targets.length > 0 && targets.every(({ account, anyAccount }) => anyAccount || account !== undefined)
  if (!role.organization || !isPlanned) return [statement()]
  const paths = targets.some(({ anyAccount }) => anyAccount) ? pathsOf(model, role.organization) : []
  const accounts = trusted(model)
  return [
    ...(paths.length > 0
      ? [statement({ more: { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': paths } } })]
      : []),
    ...(accounts.length > 0 ? [statement({ equals: { 'aws:PrincipalAccount': accounts } })] : []),
  ]
}

/**
 * Where accounts of the units stand in the organization, at any depth; `r-...` is its root. With several values, hence
 * ForAnyValue: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalorgpaths
 */
const pathsOf = ({ delivery }: Model, organization: string): string[] =>
  (delivery.stackSet?.organizationalUnits ?? []).map((unit) =>
    unit.startsWith('r-') ? `${organization}/${unit}/*` : `${organization}/*/${unit}/*`,
  )

function statements(model: Model): object[] {
  const { certificate } = model.domain
  const validation = [
    ...new Set(certificateNames(model).map((name) => `${validationLabel}.${name.replace(/^\*\./, '')}`)),
  ].sort()
  const aliases = [...new Set(planned(model, []))].sort()
  return [
    ...(certificate.kind === 'zone-role' ? [change('ValidationRecords', ['CNAME'], ['UPSERT'], validation)] : []),
    ...(certificate.kind === 'zone-role' && certificate.validationRecords === 'deleteIfUnused'
      ? [change('DeleteUnusedValidationRecords', ['CNAME'], ['DELETE'], validation)]
      : []),
    ...(model.domain.publish ? [change('AliasRecords', ['A', 'AAAA'], ['UPSERT', 'DELETE'], aliases)] : []),
    {
      Sid: 'ReadZone',
      Effect: 'Allow',
      Action: ['route53:GetHostedZone', 'route53:ListResourceRecordSets'],
      Resource: hostedZone,
    },
  ]
}

const hostedZone = arn('route53', '', '', 'hostedzone/${HostedZoneId}')
/** ACM's validation names: an underscore and 32 hexadecimal digits. `_*` would also match names such as _acme-challenge. */
const validationLabel = `_${'?'.repeat(32)}`
const keys = {
  names: 'route53:ChangeResourceRecordSetsNormalizedRecordNames',
  types: 'route53:ChangeResourceRecordSetsRecordTypes',
  actions: 'route53:ChangeResourceRecordSetsActions',
}

/** ForAllValues holds for a missing key too, hence the Null conditions (IAM guide: reference_policies_condition-single-vs-multi-valued). */
const change = (
  Sid: string,
  types: readonly string[],
  actions: readonly string[],
  names: readonly string[],
): object => ({
  Sid,
  Effect: 'Allow',
  Action: 'route53:ChangeResourceRecordSets',
  Resource: hostedZone,
  Condition: {
    'ForAllValues:StringEquals': { [keys.types]: types, [keys.actions]: actions },
    'ForAllValues:StringLike': { [keys.names]: names },
    Null: { [keys.names]: 'false', [keys.types]: 'false', [keys.actions]: 'false' },
  },
})

const certificateNames = (model: Model): string[] => planned(model, model.domain.alternativeNames)

/** The names at every target that the config plans; what is not known yet becomes a pattern. */
function planned({ targets, domain }: Model, alternativeNames: readonly string[]): string[] {
  const anywhere: Pick<Target, 'region' | 'account' | 'parameters'> = { region: '*', parameters: {} }
  return (targets.length > 0 ? targets : [anywhere]).flatMap((each) =>
    [each.parameters[domain.domainName.name] || domain.name, ...alternativeNames].map((name) =>
      filledIn(each, name).replaceAll('{account}', '?'.repeat(12)).toLowerCase(),
    ),
  )
}
