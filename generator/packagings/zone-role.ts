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
import { byText, unique } from '../model/names.ts'
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
        ['UntaggedAccounts', { group: 'Trust', label: 'Accounts whose functions do not say yet whose they are' }],
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

const none = 'none'

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
    UntaggedAccounts: {
      Type: 'CommaDelimitedList',
      Default: none,
      Description:
        'Accounts in which an application still runs that was generated before sessions said whose they are. While an account is listed, it may write every name; take it out once its application is updated.',
      AllowedPattern: allowed(`(?:${none}|${ACCOUNT})`),
      ConstraintDescription: `must be ${none}, or account ids of 12 digits`,
    },
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
    {
      why: 'Only our functions, which live below /portcullis/, and only with the external id. A session carries its account as a tag, which cannot be another one, and the names follow it.',
    },
  )
}

/** The tag of a session that says from which account it is, as the functions set it. */
const TAG = 'portcullis:account'
/** In a condition, the account of the session. IAM fills it in: not a parameter of the template. */
const accountOfSession = `\${aws:PrincipalTag/${TAG}}`
const tagOfSession = `aws:PrincipalTag/${TAG}`

type Who = { readonly equals?: object; readonly more?: object }

const trust = (model: Model, { role }: RoleZone): object[] => {
  const statement = (Action: string | readonly string[], who: Who): object => ({
    Effect: 'Allow',
    Principal: { AWS: role.organization ? '*' : param('TrustedAccounts') },
    Action,
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
  const tagged = (who: Who = {}): object =>
    statement(['sts:AssumeRole', 'sts:TagSession'], {
      ...who,
      equals: { ...who.equals, [`aws:RequestTag/${TAG}`]: '${aws:PrincipalAccount}' },
    })
  const untagged = statement('sts:AssumeRole', { equals: { 'aws:PrincipalAccount': param('UntaggedAccounts') } })
  const { targets } = model
  const isPlanned =
    targets.length > 0 && targets.every(({ account, anyAccount }) => anyAccount || account !== undefined)
  if (!role.organization || !isPlanned) return [tagged(), untagged]
  const paths = targets.some(({ anyAccount }) => anyAccount) ? pathsOf(model, role.organization) : []
  const accounts = trusted(model)
  return [
    ...(paths.length > 0 ? [tagged({ more: { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': paths } } })] : []),
    ...(accounts.length > 0 ? [tagged({ equals: { 'aws:PrincipalAccount': accounts } })] : []),
    untagged,
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
  const validation = planned(model, model.domain.alternativeNames).map(({ name, owners }) => ({
    name: `${validationLabel}.${name.replace(/^\*\./, '')}`,
    owners,
  }))
  const aliases = planned(model, model.domain.published)
  return [
    ...(certificate.kind === 'zone-role'
      ? changes(
          'ValidationRecords',
          ['CNAME'],
          certificate.validationRecords === 'deleteIfUnused' ? ['UPSERT', 'DELETE'] : ['UPSERT'],
          validation,
        )
      : []),
    ...(model.domain.alias !== undefined ? changes('AliasRecords', ['A', 'AAAA'], ['UPSERT', 'DELETE'], aliases) : []),
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

/** Who may write a name: the account that it says, these accounts, or any that the role trusts. */
type Owners = 'named' | 'any' | readonly string[]
type Name = { readonly name: string; readonly owners: Owners }

/** One statement for the names of the same owners, and one for sessions that do not say whose they are. */
const changes = (
  Sid: string,
  types: readonly string[],
  actions: readonly string[],
  names: readonly Name[],
): object[] => [
  ...byOwners(names).map(([owners, written]) =>
    change(types, actions, {
      ...sidOf(Sid, owners),
      names: written.map((name) => name.replaceAll('{account}', accountOfSession)),
      isTagged: true,
      ...(typeof owners === 'object' ? { equals: { [tagOfSession]: owners } } : {}),
    }),
  ),
  change(types, actions, {
    Sid: `${Sid}OfUntaggedAccounts`,
    names: names.map(({ name }) => name.replaceAll('{account}', '?'.repeat(12))),
    isTagged: false,
  }),
]

type Right = {
  readonly Sid?: string
  readonly names: readonly string[]
  readonly isTagged: boolean
  readonly equals?: object
}

/** ForAllValues holds for a missing key too, hence the Null conditions (IAM guide: reference_policies_condition-single-vs-multi-valued). */
const change = (
  types: readonly string[],
  actions: readonly string[],
  { Sid, names, isTagged, equals }: Right,
): object => ({
  ...(Sid === undefined ? {} : { Sid }),
  Effect: 'Allow',
  Action: 'route53:ChangeResourceRecordSets',
  Resource: hostedZone,
  Condition: {
    ...(equals === undefined ? {} : { StringEquals: equals }),
    'ForAllValues:StringEquals': { [keys.types]: types, [keys.actions]: actions },
    'ForAllValues:StringLike': { [keys.names]: unique(names) },
    Null: {
      [keys.names]: 'false',
      [keys.types]: 'false',
      [keys.actions]: 'false',
      [tagOfSession]: isTagged ? 'false' : 'true',
    },
  },
})

const sidOf = (Sid: string, owners: Owners): { readonly Sid?: string } => {
  if (owners === 'named') return { Sid }
  if (owners === 'any') return { Sid: `${Sid}OfAnyAccount` }
  return owners.length === 1 ? { Sid: `${Sid}Of${owners[0]}` } : {}
}

function byOwners(names: readonly Name[]): [Owners, string[]][] {
  const groups = new Map<string, [Owners, string[]]>()
  for (const { name, owners } of names) {
    const group = groups.get(String(owners)) ?? [owners, []]
    groups.set(String(owners), [owners, [...group[1], name]])
  }
  return [...groups].sort(([a], [b]) => byText(a, b)).map(([, group]) => group)
}

/** The names at every target that the config plans, sorted; {account} stays, and an unknown region becomes a pattern. */
function planned({ targets, domain }: Model, alternativeNames: readonly string[]): Name[] {
  const anywhere: Pick<Target, 'region' | 'account' | 'parameters'> = { region: '*', parameters: {} }
  const owners = new Map<string, Owners>()
  for (const { account, region, parameters } of targets.length > 0 ? targets : [anywhere])
    for (const text of [parameters[domain.domainName.name] || domain.name, ...alternativeNames]) {
      const name = filledIn({ region }, text).toLowerCase()
      owners.set(name, name.includes('{account}') ? 'named' : together(owners.get(name), account))
    }
  return [...owners].sort(([a], [b]) => byText(a, b)).map(([name, owners]) => ({ name, owners }))
}

const together = (others: Owners = [], account: string | undefined): Owners =>
  account === undefined || typeof others === 'string' ? 'any' : unique([...others, account])
