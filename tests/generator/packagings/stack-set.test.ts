import { describe, expect, test } from '@jest/globals'
import { type Delivered, delivered, type Settings } from '../../support/delivered.ts'
import type { Json } from '../../support/read-template.ts'

const a = '333333333333'
const b = '444444444444'
const c = '555555555555'
const unit = 'ou-ab12-cdef3456'
const regions = ['us-east-1', 'eu-west-1']

const rollOut = (stackSet: object, settings: Settings = {}): Delivered =>
  delivered({ ...settings, delivery: { stackSet: { regions, ...stackSet } } })
const stackSetOf = (from: Delivered): Json => from.properties('stack-set', 'AWS::CloudFormation::StackSet')[0]

/** Which stacks the groups make: account and region -> overrides; twice in two groups is an error. */
function stacks(from: Delivered, members: readonly string[]): Record<string, Record<string, string>> {
  const made: Record<string, Record<string, string>> = {}
  for (const { DeploymentTargets, Regions, ParameterOverrides = [] } of stackSetOf(from).StackInstancesGroup) {
    const { Accounts = [], OrganizationalUnitIds, AccountFilterType = 'NONE' } = DeploymentTargets
    const accounts = !OrganizationalUnitIds
      ? Accounts
      : members.filter((member) =>
          AccountFilterType === 'INTERSECTION'
            ? Accounts.includes(member)
            : AccountFilterType === 'DIFFERENCE'
              ? !Accounts.includes(member)
              : true,
        )
    for (const account of accounts)
      for (const region of Regions) {
        expect(made).not.toHaveProperty([`${account}/${region}`])
        made[`${account}/${region}`] = Object.fromEntries(
          ParameterOverrides.map(({ ParameterKey, ParameterValue }: Record<string, string>) => [
            ParameterKey,
            ParameterValue,
          ]),
        )
      }
  }
  return made
}

test('without stackSet there is none', () => {
  expect(delivered({}).has('stack-set')).toBe(false)
})

test('rolls out the standalone template, which SAM CLI uploads', () => {
  expect(stackSetOf(rollOut({ accounts: [a] })).TemplateURL).toBe('./standalone.yaml')
  expect(stackSetOf(rollOut({ accounts: [a] }, { format: 'json' })).TemplateURL).toBe('./standalone.json')
})

describe('accounts alone', () => {
  test('are self-managed: nothing of an organization is mentioned', () => {
    const selfManaged = rollOut({ accounts: [a, b] })
    expect(stackSetOf(selfManaged).PermissionModel).toBe('SELF_MANAGED')
    for (const key of ['AutoDeployment', 'CallAs']) expect(stackSetOf(selfManaged)).not.toHaveProperty(key)
    expect(selfManaged.text('templates/stack-set.yaml')).not.toMatch(/OrganizationalUnitIds|AccountFilterType|CallAs/)
  })

  test('each gets every region', () => {
    expect(stacks(rollOut({ accounts: [a, b] }), [])).toEqual({
      [`${a}/us-east-1`]: {},
      [`${a}/eu-west-1`]: {},
      [`${b}/us-east-1`]: {},
      [`${b}/eu-west-1`]: {},
    })
  })
})

describe('organizational units', () => {
  test('are service-managed, deployed to new accounts by themselves, also by a delegated administrator', () => {
    const serviceManaged = rollOut({ organizationalUnits: [unit] })
    expect(stackSetOf(serviceManaged)).toMatchObject({
      PermissionModel: 'SERVICE_MANAGED',
      AutoDeployment: { Enabled: true, RetainStacksOnAccountRemoval: false },
      CallAs: { Ref: 'CallAs' },
    })
    expect(serviceManaged.template('stack-set').Parameters.CallAs).toMatchObject({
      Default: 'SELF',
      AllowedValues: ['SELF', 'DELEGATED_ADMIN'],
    })
  })

  test('keep the stack of an account that leaves, if the config says so', () => {
    expect(stackSetOf(rollOut({ organizationalUnits: [unit], retainOnRemoval: true })).AutoDeployment).toEqual({
      Enabled: true,
      RetainStacksOnAccountRemoval: true,
    })
  })

  test('reach all their accounts', () => {
    expect(Object.keys(stacks(rollOut({ organizationalUnits: [unit] }), [a, b]))).toHaveLength(4)
  })

  test('accounts narrow them', () => {
    expect(Object.keys(stacks(rollOut({ organizationalUnits: [unit], accounts: [a] }), [a, b, c])).sort()).toEqual([
      `${a}/eu-west-1`,
      `${a}/us-east-1`,
    ])
  })

  test('take no transform and no nested stack', () => {
    const { Transform, Resources } = rollOut({ organizationalUnits: [unit] }).template('standalone')
    expect(Transform).toBeUndefined()
    expect(Object.values<Json>(Resources).map(({ Type }) => Type)).not.toContain('AWS::CloudFormation::Stack')
    expect(Object.values<Json>(Resources).filter(({ Type }) => Type.startsWith('AWS::Serverless'))).toEqual([])
  })
})

describe('overrides', () => {
  const overrides = {
    [`${b}/eu-west-1`]: { OrdersMinTasks: 3, OrdersMaxTasks: 9 },
    [`${a}/us-east-1`]: { OrdersMinTasks: 1 },
  }
  const expected = {
    [`${a}/us-east-1`]: { OrdersMinTasks: '1' },
    [`${a}/eu-west-1`]: {},
    [`${b}/us-east-1`]: {},
    [`${b}/eu-west-1`]: { OrdersMinTasks: '3', OrdersMaxTasks: '9' },
    [`${c}/us-east-1`]: {},
    [`${c}/eu-west-1`]: {},
  }

  test('reach exactly their account and region, self-managed', () => {
    expect(stacks(rollOut({ accounts: [a, b, c], overrides }), [])).toEqual(expected)
  })

  test('reach exactly their account and region, service-managed', () => {
    const narrowed = rollOut({ organizationalUnits: [unit], accounts: [a, b, c], overrides })
    expect(stacks(narrowed, [a, b, c, '666666666666'])).toEqual(expected)
  })

  test('of every account and region leave no group without accounts or regions', () => {
    const all = Object.fromEntries(regions.map((region) => [`${a}/${region}`, { OrdersMinTasks: 1 }]))
    const from = rollOut({ accounts: [a], overrides: all })
    expect(Object.keys(stacks(from, []))).toHaveLength(2)
    for (const { DeploymentTargets, Regions } of stackSetOf(from).StackInstancesGroup) {
      expect(DeploymentTargets.Accounts).not.toEqual([])
      expect(Regions).not.toEqual([])
    }
  })

  test('name parameters that the template has', () => {
    const from = rollOut({ accounts: [a, b, c], overrides })
    const known = Object.keys(from.template('standalone').Parameters)
    expect(known).toEqual(expect.arrayContaining(Object.values(stacks(from, [])).flatMap((each) => Object.keys(each))))
  })
})

test('operations go region by region in the order written, and stop at a failure', () => {
  const { OperationPreferences, ManagedExecution } = stackSetOf(rollOut({ accounts: [a, b] }))
  expect(OperationPreferences).toMatchObject({
    RegionOrder: regions,
    RegionConcurrencyType: 'SEQUENTIAL',
    FailureToleranceCount: 0,
  })
  // With strict tolerance, only one account at a time would be worked on (tolerance plus one).
  expect(OperationPreferences.ConcurrencyMode).toBe('SOFT_FAILURE_TOLERANCE')
  expect(ManagedExecution).toEqual({ Active: true })
})

test('what has no default is asked for once, and handed on to every stack', () => {
  const from = rollOut({ accounts: [a], regions: ['eu-west-1'] }, { domain: { name: 'api.example.com' } })
  const { Parameters } = from.template('stack-set')
  expect(Object.keys(Parameters)).toEqual(['HostedZoneId'])
  // A picker of the administrator's account would offer the wrong zones.
  expect(Parameters.HostedZoneId.Type).toBe('String')
  expect(stackSetOf(from).Parameters).toEqual([
    { ParameterKey: 'HostedZoneId', ParameterValue: { Ref: 'HostedZoneId' } },
  ])
})

describe('several regions and accounts', () => {
  const from = rollOut({ organizationalUnits: [unit], accounts: [a, b] })
  const resources = Object.values<Json>(from.template('standalone').Resources)
  const globalNames = {
    'AWS::IAM::Role': 'RoleName',
    'AWS::IAM::ManagedPolicy': 'ManagedPolicyName',
    'AWS::IAM::InstanceProfile': 'InstanceProfileName',
    'AWS::S3::Bucket': 'BucketName',
  } as const

  test('IAM and bucket names, which regions share, are left to CloudFormation', () => {
    expect(resources.filter(({ Type }) => Type === 'AWS::IAM::Role').length).toBeGreaterThan(1)
    for (const { Type, Properties } of resources)
      for (const [type, name] of Object.entries(globalNames))
        if (Type === type) expect(Object.keys(Properties ?? {})).not.toContain(name)
  })

  test('needs no named capability', () => {
    expect(stackSetOf(from).Capabilities).toEqual(['CAPABILITY_IAM'])
  })

  test('no account and no region of theirs is written into the template', () => {
    const text = from.text('templates/standalone.yaml')
    for (const account of [a, b]) expect(text).not.toContain(account)
    const wiring = resources.filter(({ Type }) => Type !== 'AWS::Lambda::Function')
    expect(JSON.stringify(wiring)).not.toMatch(/us-east-1|eu-west-1/)
  })
})
