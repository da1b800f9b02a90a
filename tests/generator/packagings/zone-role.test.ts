import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { isAllowed } from '../../stories/iam.ts'
import { type Delivered, delivered, type Settings, zoneElsewhere } from '../../support/delivered.ts'
import { deployed, type Place } from '../../support/deployed.ts'
import { byEffort } from '../../support/effort.ts'
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

const place: Place = { account: '222222222222', region: 'us-east-1' }
const asDeployed = (from: Delivered, parameters: Record<string, string> = {}): Json =>
  deployed(from.template('zone-role'), { ...place, parameters: { HostedZoneId: zoneElsewhere.id, ...parameters } })
    .ZoneRole?.properties
const rights = new WeakMap<Delivered, Json>()
const rightsOf = (from: Delivered): Json => {
  if (!rights.has(from)) rights.set(from, asDeployed(from).Policies[0].PolicyDocument.Statement)
  return rights.get(from)
}

/** Whether a session may make the change; `account` is what it says of itself, if it says anything. */
const mayChange = (
  from: Delivered,
  account: string | undefined,
  name: string,
  type = 'A',
  action = 'UPSERT',
): boolean =>
  isAllowed(rightsOf(from), {
    action: 'route53:ChangeResourceRecordSets',
    resource: `arn:aws:route53:::hostedzone/${zoneElsewhere.id}`,
    context: {
      ...(account === undefined ? {} : { 'aws:PrincipalTag/portcullis:account': account }),
      'route53:ChangeResourceRecordSetsNormalizedRecordNames': [name],
      'route53:ChangeResourceRecordSetsRecordTypes': [type],
      'route53:ChangeResourceRecordSetsActions': [action],
    },
  })

type Session = {
  readonly of: string
  readonly says?: string
  readonly untagged?: string
  readonly paths?: readonly string[]
}

/** Whether a function of an account gets a session; which accounts the principal names is looked at elsewhere. */
const maySession = (from: Delivered, { of, says, untagged, paths = [] }: Session): boolean => {
  const { AssumeRolePolicyDocument } = asDeployed(from, untagged === undefined ? {} : { UntaggedAccounts: untagged })
  const context = {
    'sts:ExternalId': 'portcullis-shop',
    'aws:PrincipalOrgID': 'o-abcd123456',
    'aws:PrincipalOrgPaths': paths,
    'aws:PrincipalArn': `arn:aws:iam::${of}:role/portcullis/shop-writer`,
    'aws:PrincipalAccount': of,
    ...(says === undefined ? {} : { 'aws:RequestTag/portcullis:account': says }),
  }
  return ['sts:AssumeRole', ...(says === undefined ? [] : ['sts:TagSession'])].every((action) =>
    isAllowed(AssumeRolePolicyDocument.Statement, { action, resource: '*', context }),
  )
}

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
      Action: ['sts:AssumeRole', 'sts:TagSession'],
      Condition: {
        StringEquals: { 'sts:ExternalId': 'portcullis-shop', 'aws:PrincipalOrgID': 'o-abcd123456' },
        ArnLike: { 'aws:PrincipalArn': 'arn:*:iam::*:role/portcullis/*' },
      },
    })
  })

  test('or of the accounts that the config names, each once, and of no others', () => {
    const from = delivered({ ...targets, domain: { name, zone: accountsOnly } })
    expect(trust(from).Principal).toEqual({ AWS: { Ref: 'TrustedAccounts' } })
    expect(trust(from).Condition.StringEquals).toEqual({
      'sts:ExternalId': 'portcullis-shop',
      'aws:RequestTag/portcullis:account': '${aws:PrincipalAccount}',
    })
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
    expect(Statement).toHaveLength(2)
    expect(Statement[0].Condition.StringEquals).not.toHaveProperty('aws:PrincipalAccount')
  })

  test('a session that says its own account, and no other one', () => {
    for (const settings of [{}, { ...targets, domain: { name, zone: accountsOnly } }, targets]) {
      const from = delivered(settings)
      expect(maySession(from, { of: '111111111111', says: '111111111111' })).toBe(true)
      for (const says of ['333333333333', '', '${aws:PrincipalAccount}'])
        expect(maySession(from, { of: '111111111111', says })).toBe(false)
    }
  })

  test('one that says nothing, only of accounts that are listed until their functions say it', () => {
    const from = delivered({ ...targets, domain: { name, zone: accountsOnly } })
    const listed = (of: string, untagged?: string) =>
      maySession(from, { of, ...(untagged === undefined ? {} : { untagged }) })
    expect(listed('111111111111')).toBe(false)
    expect(listed('111111111111', '111111111111')).toBe(true)
    expect(listed('333333333333', '111111111111')).toBe(false)
    const { UntaggedAccounts } = from.template('zone-role').Parameters
    for (const each of ['none', '111111111111']) expect(each).toMatch(new RegExp(UntaggedAccounts.AllowedPattern))
    for (const each of ['*', '', 'none,*']) expect(each).not.toMatch(new RegExp(UntaggedAccounts.AllowedPattern))
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
  const accounts = ['111111111111', '333333333333', '444444444444', '555555555555']
  const regions = ['eu-west-1', 'us-east-1', 'eu-central-1']
  const allNames = accounts.flatMap((account) => regions.map((region) => `${account}.${region}.example.com`))
  /** Which of the names each account may write, and may prove to ACM. */
  const written = (from: Delivered, account: string | undefined, among: readonly string[] = allNames): string[] => {
    const aliases = among.filter((each) => mayChange(from, account, each))
    const proofs = among.filter((each) => mayChange(from, account, `_${'0a'.repeat(16)}.${each}`, 'CNAME'))
    expect(proofs).toEqual(aliases)
    for (const each of aliases) {
      expect(mayChange(from, account, each, 'CNAME')).toBe(false)
      expect(mayChange(from, account, each, 'AAAA', 'DELETE')).toBe(true)
    }
    return aliases
  }

  test('the names of its own account in the regions of targets, and none of another account', () => {
    const from = delivered(targets)
    for (const account of accounts)
      expect(written(from, account)).toEqual([`${account}.eu-west-1.example.com`, `${account}.us-east-1.example.com`])
  })

  test('the name that an override gives, its account only, not the one it replaces', () => {
    const stackSet = {
      accounts: ['333333333333', '444444444444'],
      regions: ['eu-west-1'],
      overrides: {
        '333333333333/eu-west-1': { DomainName: 'orders.example.com' },
        '444444444444/eu-west-1': { DomainName: 'bills.example.com' },
      },
    }
    const from = delivered({ delivery: { stackSet } })
    const among = ['orders.example.com', 'bills.example.com', ...allNames]
    expect(accounts.map((account) => written(from, account, among))).toEqual([
      [],
      ['orders.example.com'],
      ['bills.example.com'],
      [],
    ])
  })

  test('a name of an account that the config does not know, whoever is trusted', () => {
    const environments = { dev: { region: 'eu-west-1', parameters: { DomainName: 'dev.example.com' } } }
    const from = delivered({ environments })
    for (const account of accounts) expect(written(from, account, ['dev.example.com'])).toEqual(['dev.example.com'])
  })

  test('validation records of alternative names too, of a wildcard at the name below it', () => {
    const domain = { name: 'api.example.com', alternativeNames: ['*.example.com'], zone: zoneElsewhere }
    const from = delivered({ domain, environments: { dev: { region: 'eu-west-1', account: '111111111111' } } })
    const proof = `_${'0a'.repeat(16)}`
    for (const each of ['api.example.com', 'example.com']) {
      expect(mayChange(from, '111111111111', `${proof}.${each}`, 'CNAME')).toBe(true)
      expect(mayChange(from, '333333333333', `${proof}.${each}`, 'CNAME')).toBe(false)
      expect(mayChange(from, '111111111111', `_acme-challenge.${each}`, 'CNAME')).toBe(false)
    }
  })

  test('in organizational units, the names of its own account', () => {
    const stackSet = { organizationalUnits: ['ou-ab12-cdef3456'], regions: ['us-east-1'] }
    const from = delivered({ environments: targets.environments, delivery: { stackSet } })
    for (const account of accounts)
      expect(written(from, account)).toEqual([`${account}.eu-west-1.example.com`, `${account}.us-east-1.example.com`])
  })

  test('every name, in a session that does not say whose it is: the trust lets it in where that is wanted only', () => {
    const from = delivered(targets)
    expect(written(from, undefined)).toEqual(allNames.filter((each) => !each.includes('eu-central-1')))
    expect(mayChange(from, undefined, 'other.example.com')).toBe(false)
  })

  test('for any targets: a name belongs to the accounts that are planned with it', () => {
    const target = fc.record({
      account: fc.option(fc.constantFrom(...accounts), { nil: undefined }),
      region: fc.constantFrom('eu-west-1', 'us-east-1'),
      isLiteral: fc.boolean(),
    })
    fc.assert(
      fc.property(
        fc.uniqueArray(target, {
          minLength: 1,
          maxLength: 5,
          selector: ({ account, region }) => `${account} ${region}`,
        }),
        (planned) => {
          const environments = Object.fromEntries(
            planned.map(({ account, region, isLiteral }, index) => [
              `e${index}`,
              { region, account, ...(isLiteral ? { parameters: { DomainName: `e${index}.example.com` } } : {}) },
            ]),
          )
          const from = delivered({ environments })
          for (const account of accounts) {
            expect(
              written(
                from,
                account,
                ['e0', 'e1', 'e2', 'e3', 'e4'].map((each) => `${each}.example.com`),
              ),
            ).toEqual(
              planned.flatMap((each, index) =>
                each.isLiteral && (each.account === undefined || each.account === account)
                  ? [`e${index}.example.com`]
                  : [],
              ),
            )
            const named = planned.filter(({ isLiteral }) => !isLiteral).map(({ region }) => `${region}`)
            expect(written(from, account)).toEqual(
              regions.filter((region) => named.includes(region)).map((region) => `${account}.${region}.example.com`),
            )
          }
        },
      ),
      { numRuns: byEffort({ quick: 8, full: 30 }), seed: 20261130 },
    )
  })

  test('no validation record away, unless the config says so', () => {
    const proof = `_${'0a'.repeat(16)}.111111111111.eu-west-1.example.com`
    const deletes = (from: Delivered, account: string) => mayChange(from, account, proof, 'CNAME', 'DELETE')
    expect(deletes(delivered(targets), '111111111111')).toBe(false)
    const tidy = delivered({ ...targets, domain: { name, zone: zoneElsewhere, validationRecords: 'deleteIfUnused' } })
    expect([deletes(tidy, '111111111111'), deletes(tidy, '333333333333')]).toEqual([true, false])
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
      expect(each.Condition.Null).toMatchObject(Object.fromEntries(keys.map((key) => [key, 'false'])))
      expect(JSON.stringify(each.Resource)).toContain('hostedzone/${HostedZoneId}')
    }
  })
})
