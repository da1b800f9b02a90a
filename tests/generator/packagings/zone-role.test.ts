import { describe, expect, test } from '@jest/globals'
import { type Delivered, delivered, type Settings, zoneElsewhere } from '../../support/delivered.ts'
import type { Json } from '../../support/read-template.ts'

const { organization: _, ...accountsOnly } = zoneElsewhere
const name = '{account}.{region}.example.com'
const targets: Settings = {
  environments: { dev: { region: 'eu-west-1', account: '111111111111' } },
  delivery: { stackSet: { accounts: ['333333333333', '444444444444'], regions: ['eu-west-1', 'us-east-1'] } },
}
const role = (from: Delivered): Json => from.properties('zone-role', 'AWS::IAM::Role')[0]
const trust = (from: Delivered): Json => role(from).AssumeRolePolicyDocument.Statement[0]
const statement = (from: Delivered, sid: string): Json =>
  role(from).Policies[0].PolicyDocument.Statement.find(({ Sid }: Json) => Sid === sid)
const names = (from: Delivered, sid: string): string[] =>
  statement(from, sid).Condition['ForAllValues:StringLike']['route53:ChangeResourceRecordSetsNormalizedRecordNames']
const hidden = `_${'?'.repeat(32)}`

test('is emitted for a zone in another account only', () => {
  expect(delivered({}).has('zone-role')).toBe(true)
  expect(delivered({ domain: { name: 'api.example.com', zone: { id: zoneElsewhere.id } } }).has('zone-role')).toBe(
    false,
  )
  expect(delivered({ domain: { name: 'api.example.com', zone: 'manual' } }).has('zone-role')).toBe(false)
})

test('has the path and name of the ARN that the application assumes', () => {
  const from = delivered({})
  const { Path, RoleName } = role(from)
  expect(`arn:aws:iam::222222222222:role${Path}${RoleName}`).toBe(zoneElsewhere.role)
  expect(from.template('standalone').Parameters.HostedZoneRoleArn.Default).toBe(zoneElsewhere.role)
})

describe('trusts', () => {
  test('the functions below /portcullis/ with the external id, of the organization', () => {
    expect(trust(delivered({}))).toMatchObject({
      Principal: { AWS: '*' },
      Action: 'sts:AssumeRole',
      Condition: {
        StringEquals: { 'sts:ExternalId': 'portcullis-shop', 'aws:PrincipalOrgID': 'o-abcd123456' },
        ArnLike: { 'aws:PrincipalArn': 'arn:*:iam::*:role/portcullis/*' },
      },
    })
  })

  test('or of the accounts that the config names, each once, and of no others', () => {
    const from = delivered({ ...targets, domain: { name, zone: accountsOnly } })
    expect(trust(from).Principal).toEqual({ AWS: { Ref: 'TrustedAccounts' } })
    expect(trust(from).Condition.StringEquals).toEqual({ 'sts:ExternalId': 'portcullis-shop' })
    expect(trust(from).Condition.ArnLike).toEqual({ 'aws:PrincipalArn': 'arn:*:iam::*:role/portcullis/*' })
    const { TrustedAccounts } = from.template('zone-role').Parameters
    expect(TrustedAccounts.Default).toBe('111111111111,333333333333,444444444444')
    // Otherwise * would be a value.
    expect('*').not.toMatch(new RegExp(TrustedAccounts.AllowedPattern))
  })

  test('the accounts of the organizational units that are targets, and those that environments name', () => {
    const stackSet = { organizationalUnits: ['ou-ab12-cdef3456', 'r-ab12'], regions: ['us-east-1'] }
    const [units, named] = role(delivered({ environments: targets.environments, delivery: { stackSet } }))
      .AssumeRolePolicyDocument.Statement
    expect(units.Condition['ForAnyValue:StringLike']).toEqual({
      'aws:PrincipalOrgPaths': ['o-abcd123456/*/ou-ab12-cdef3456/*', 'o-abcd123456/r-ab12/*'],
    })
    expect(units.Condition.StringEquals['aws:PrincipalOrgID']).toBe('o-abcd123456')
    expect(named.Condition.StringEquals).toMatchObject({
      'sts:ExternalId': 'portcullis-shop',
      'aws:PrincipalOrgID': 'o-abcd123456',
      'aws:PrincipalAccount': ['111111111111'],
    })
  })

  test('the whole organization only where the account of a target is not known', () => {
    const { Statement } = role(delivered({ environments: { dev: { region: 'eu-west-1' } } })).AssumeRolePolicyDocument
    expect(Statement).toHaveLength(1)
    expect(Statement[0].Condition.StringEquals).not.toHaveProperty('aws:PrincipalAccount')
  })

  test('the paths of the functions that assume it', () => {
    const roles = delivered({}).properties('standalone', 'AWS::IAM::Role')
    const writers = roles.filter(({ AssumeRolePolicyDocument }) =>
      JSON.stringify(AssumeRolePolicyDocument).includes('lambda.amazonaws.com'),
    )
    expect(writers.length).toBeGreaterThan(0)
    for (const { Path } of writers) expect(Path).toBe('/portcullis/')
  })
})

describe('may write', () => {
  test('exactly the names of every environment and target', () => {
    const expected = [
      '111111111111.eu-west-1.example.com',
      '333333333333.eu-west-1.example.com',
      '333333333333.us-east-1.example.com',
      '444444444444.eu-west-1.example.com',
      '444444444444.us-east-1.example.com',
    ]
    const from = delivered(targets)
    expect([...names(from, 'AliasRecords')].sort()).toEqual(expected)
    expect([...names(from, 'ValidationRecords')].sort()).toEqual(expected.map((each) => `${hidden}.${each}`))
  })

  test('the name that an override gives, not the one it replaces', () => {
    const stackSet = {
      accounts: ['333333333333'],
      regions: ['eu-west-1'],
      overrides: { '333333333333/eu-west-1': { DomainName: 'orders.example.com' } },
    }
    const from = delivered({ delivery: { stackSet } })
    expect(names(from, 'AliasRecords')).toEqual(['orders.example.com'])
    expect(names(from, 'ValidationRecords')).toEqual([`${hidden}.orders.example.com`])
  })

  test('validation records of alternative names too, of a wildcard at the name below it', () => {
    const domain = { name: 'api.example.com', alternativeNames: ['*.example.com'], zone: zoneElsewhere }
    expect(names(delivered({ domain }), 'ValidationRecords')).toEqual([
      `${hidden}.api.example.com`,
      `${hidden}.example.com`,
    ])
  })

  test('accounts that nobody knows are twelve unknown digits, never a star', () => {
    const from = delivered({
      delivery: { stackSet: { organizationalUnits: ['ou-ab12-cdef3456'], regions: ['eu-west-1'] } },
    })
    for (const each of names(from, 'AliasRecords')) expect(each).toMatch(/^\?{12}\./)
  })

  test('the names in organizational units in addition to those of environments', () => {
    const stackSet = { organizationalUnits: ['ou-ab12-cdef3456'], regions: ['us-east-1'] }
    const from = delivered({ environments: targets.environments, delivery: { stackSet } })
    expect(names(from, 'AliasRecords')).toEqual([
      '111111111111.eu-west-1.example.com',
      `${'?'.repeat(12)}.us-east-1.example.com`,
    ])
  })

  test('no validation record away, unless the config says so', () => {
    const kept = delivered({})
    expect(statement(kept, 'DeleteUnusedValidationRecords')).toBeUndefined()
    const domain = { name, zone: zoneElsewhere, validationRecords: 'deleteIfUnused' }
    expect(names(delivered({ domain }), 'DeleteUnusedValidationRecords')).toEqual(names(kept, 'ValidationRecords'))
  })

  test('no alias when nothing is published', () => {
    expect(
      statement(delivered({ domain: { name, zone: zoneElsewhere, publish: false } }), 'AliasRecords'),
    ).toBeUndefined()
  })

  test('only if the request says what it changes: a missing key would satisfy ForAllValues', () => {
    for (const each of role(delivered(targets)).Policies[0].PolicyDocument.Statement) {
      if (each.Action !== 'route53:ChangeResourceRecordSets') continue
      const limited = [each.Condition['ForAllValues:StringEquals'], each.Condition['ForAllValues:StringLike']]
      const keys = limited.flatMap((condition) => Object.keys(condition))
      expect(keys).toHaveLength(3)
      expect(each.Condition.Null).toEqual(Object.fromEntries(keys.map((key) => [key, 'false'])))
      expect(JSON.stringify(each.Resource)).toContain('hostedzone/${HostedZoneId}')
    }
  })
})
