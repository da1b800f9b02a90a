// What a launch may do with roles, asked of the emitted launch-role.yaml with an evaluator of its own.
import { describe, expect, test } from '@jest/globals'
import { layers } from '../../../../generator/layers/index.ts'
import type { Model } from '../../../../generator/model/model.ts'
import { tasks } from '../../../../generator/model/tasks.ts'
import { everyProduct, rightsIn } from '../../../../generator/packagings/launch-role/boundary.ts'
import { judgeAction } from '../../../../verifier/facts/rights/judge.ts'
import { isAllowed, type Statement } from '../../../stories/iam.ts'
import { type Delivered, delivered, type Settings } from '../../../support/delivered.ts'
import { exampleFolders, exampleModel } from '../../../support/examples.ts'
import { someConfigs } from '../../../support/random-models.ts'
import type { Json } from '../../../support/read-template.ts'

const account = '111111111111'
const own = `arn:aws:iam::${account}:policy/portcullis-boundary-shop`
const catalog = (versions: Json = { '1.0.0': 'current' }, settings: Settings = {}): Delivered =>
  delivered({ ...settings, delivery: { serviceCatalog: { portfolio: 'Platform', owner: 'me', versions } } })

/** The value in one account, with the defaults of the parameters. */
const settled = (value: Json, template: Json): Json => {
  if (Array.isArray(value)) return value.map((each) => settled(each, template))
  if (typeof value !== 'object' || value === null) return value
  if (value.Ref) return template.Parameters?.[value.Ref]?.Default ?? account
  if (value['Fn::If']) return settled(value['Fn::If'][2], template)
  if (value['Fn::Sub'])
    return value['Fn::Sub'].replace(/\$\{([^}]+)\}/g, (_: string, name: string) =>
      name === 'AWS::Partition' ? 'aws' : (template.Parameters?.[name]?.Default ?? account),
    )
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, settled(each, template)]))
}
const policies = (from: Delivered): Record<string, Statement[]> => {
  const template = from.template('launch-role')
  return Object.fromEntries(
    Object.entries<Json>(template.Resources)
      .filter(([, { Type }]) => Type === 'AWS::IAM::ManagedPolicy')
      .map(([id, { Properties }]) => [id, settled(Properties.PolicyDocument.Statement, template)]),
  )
}
const rights = (from: Delivered): Statement[] =>
  Object.entries(policies(from)).flatMap(([id, statements]) => (id === 'LaunchBoundary' ? [] : statements))

const role = (name: string) => `arn:aws:iam::${account}:role/${name}`
const execution = role('SC-111111111111-pp-abcdefghijklm-OrdersExecutionRole-1A2B3C4D5E6F')
const waiter = role('portcullis/SC-111111111111-pp-abcdefghijklm-WaiterRole-1A2B3C4D5E6F')
const may =
  (from: Delivered) =>
  (action: string, resource: string, boundary?: string, more: Json = {}): boolean =>
    isAllowed(rights(from), { action, resource, context: { 'iam:PermissionsBoundary': boundary, ...more } })

describe('a launch', () => {
  const asks = may(catalog())

  test.each(['iam:CreateRole', 'iam:PutRolePolicy'])('may %s within the boundary only', (action) => {
    for (const resource of [execution, waiter]) {
      expect(asks(action, resource, own)).toBe(true)
      expect(asks(action, resource)).toBe(false)
      expect(asks(action, resource, `arn:aws:iam::${account}:policy/portcullis-boundary-other`)).toBe(false)
      expect(asks(action, resource, 'arn:aws:iam::aws:policy/AdministratorAccess')).toBe(false)
    }
  })

  test('can never take a boundary away, attach a policy, or change a policy that others keep', () => {
    for (const action of [
      'iam:DeleteRolePermissionsBoundary',
      'iam:AttachRolePolicy',
      'iam:CreatePolicyVersion',
      'iam:SetDefaultPolicyVersion',
      'iam:DeletePolicy',
    ])
      for (const resource of [execution, own]) expect([action, asks(action, resource, own)]).toEqual([action, false])
  })

  test('knows the roles of its product by name', () => {
    for (const name of ['SC-111111111111-pp-abcdefghijklm-AdminRole-1A2B', 'Administrator', 'other-OrdersTaskRole-1'])
      for (const action of ['iam:CreateRole', 'iam:UpdateAssumeRolePolicy', 'iam:DeleteRole', 'iam:PutRolePolicy'])
        expect([name, action, asks(action, role(name), own)]).toEqual([name, action, false])
  })

  test('hands each role only to the service that the role trusts', () => {
    const pass = (resource: string, service: string) =>
      asks('iam:PassRole', resource, own, { 'iam:PassedToService': service })
    expect(pass(execution, 'ecs-tasks.amazonaws.com')).toBe(true)
    expect(pass(waiter, 'lambda.amazonaws.com')).toBe(true)
    expect(pass(execution, 'lambda.amazonaws.com')).toBe(false)
    expect(pass(waiter, 'ec2.amazonaws.com')).toBe(false)
  })

  test('removes what it made, bounded or not', () => {
    for (const action of ['iam:DeleteRolePolicy', 'iam:DeleteRole', 'iam:GetRole'])
      expect([action, asks(action, execution)]).toEqual([action, true])
  })
})

describe('a product that was launched without a boundary', () => {
  const asks = may(catalog({ '1.0.0': 'https://bucket.s3.eu-west-1.amazonaws.com/p/standalone-1.yaml', v2: 'current' }))
  const old = role('SC-111111111111-pp-abcdefghijklm-BillingTaskRole-1A2B3C4D5E6F')

  test('is updated: the launch role first puts the boundary on its roles, then changes them', () => {
    // The key holds the boundary that is asked for.
    expect(asks('iam:PutRolePermissionsBoundary', old, own)).toBe(true)
    expect(asks('iam:PutRolePermissionsBoundary', old, 'arn:aws:iam::aws:policy/AdministratorAccess')).toBe(false)
    expect(asks('iam:PutRolePolicy', old)).toBe(false)
    expect(asks('iam:PutRolePolicy', old, own)).toBe(true)
    expect(asks('iam:UpdateAssumeRolePolicy', old)).toBe(true)
  })

  test('can be terminated', () => {
    for (const action of ['iam:DeleteRolePolicy', 'iam:DeleteRole']) expect(asks(action, old)).toBe(true)
  })
})

describe('the boundary', () => {
  const within = (settings: Settings = {}): Statement[] =>
    policies(catalog(undefined, settings))['LaunchBoundary'] ?? []

  test('has the name that the product refers to, in every account', () => {
    const from = catalog()
    const [{ ManagedPolicyName }] = from
      .properties('launch-role', 'AWS::IAM::ManagedPolicy')
      .filter((each: Json) => each.ManagedPolicyName !== undefined) as [Json]
    expect(own.endsWith(`policy/${ManagedPolicyName}`)).toBe(true)
    for (const { PermissionsBoundary } of from.properties('standalone', 'AWS::IAM::Role'))
      expect(PermissionsBoundary).toEqual({
        'Fn::If': [
          'NoPermissionsBoundaryArn',
          { Ref: 'AWS::NoValue' },
          {
            'Fn::If': [
              'HasPermissionsBoundaryArn',
              { Ref: 'PermissionsBoundaryArn' },
              { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:policy/portcullis-boundary-shop' },
            ],
          },
        ],
      })
  })

  test('allows what roles of any config may do', () => {
    const models = [...exampleFolders.map(exampleModel), ...someConfigs(80).map(({ model }) => model)]
    // What a config grants by name comes from the config: a version that granted more has no more than this one.
    const granted = (model: Model) =>
      tasks(model).flatMap(({ permissions }) => permissions.flatMap((each) => each.actions))
    const missing = models.flatMap((model) =>
      rightsIn(layers(model)).filter((each) => !everyProduct.includes(each) && !granted(model).includes(each)),
    )
    // Allowed for some roles, or for the listener rules of products, only.
    const narrow = ['sts:AssumeRole', 'sts:TagSession', 'iam:PassRole', 'elasticloadbalancing:ModifyRule']
    expect([...new Set(missing)].filter((each) => !narrow.includes(each))).toEqual([])
    const allowed = within().flatMap(({ Action }) => Action)
    expect(everyProduct.filter((each) => !allowed.includes(each))).toEqual([])
  })

  test('allows what the config grants to its applications', () => {
    const service = { permissions: [{ actions: ['sqs:SendMessage', 'dynamodb:Get*'], resources: ['*'] }] }
    const allowed = within({ service }).flatMap(({ Action }) => Action)
    expect(allowed).toEqual(expect.arrayContaining(['sqs:SendMessage', 'dynamodb:Get*']))
    expect(within().flatMap(({ Action }) => Action)).not.toContain('dynamodb:Get*')
  })

  test('allows nothing that opens a way, and no role but that of the zone', () => {
    const actions = within().flatMap(({ Action }) => Action)
    // The shell of ECS Exec opens only where a service has it on, which the verdict names.
    const opens = actions.filter((action) => judgeAction(action).kind === 'opens')
    // ECS moves the weights of rules of a product, where a service names its rule and the role.
    expect(opens.filter((action) => !/^ssmmessages:|:ModifyRule$/.test(action))).toEqual([])
    const rule = (loadBalancer: string): string =>
      `arn:aws:elasticloadbalancing:eu-west-1:${account}:listener-rule/app/${loadBalancer}/1/2/3`
    const shifts = (loadBalancer: string): boolean =>
      isAllowed(within(), { action: 'elasticloadbalancing:ModifyRule', resource: rule(loadBalancer), context: {} })
    expect([shifts('SC-11-LoadBalancer-x'), shifts('another')]).toEqual([true, false])
    const zone = 'arn:aws:iam::222222222222:role/portcullis/dns-writer'
    for (const action of ['sts:AssumeRole', 'sts:TagSession']) {
      expect(isAllowed(within(), { action, resource: zone, context: {} })).toBe(true)
      expect(isAllowed(within(), { action, resource: role('Administrator'), context: {} })).toBe(false)
    }
    const passes = (resource: string, service: string) =>
      isAllowed(within(), { action: 'iam:PassRole', resource, context: { 'iam:PassedToService': service } })
    expect(passes(execution, 'ecs-tasks.amazonaws.com')).toBe(true)
    expect(passes(execution, 'lambda.amazonaws.com')).toBe(false)
    expect(passes(role('Administrator'), 'ecs-tasks.amazonaws.com')).toBe(false)
  })

  test('of the config takes the place of this one', () => {
    const permissionsBoundary = 'arn:aws:iam::{account}:policy/teams/boundary'
    const from = catalog(undefined, { permissionsBoundary })
    expect(policies(from)['LaunchBoundary']).toBeUndefined()
    expect(may(from)('iam:CreateRole', execution, `arn:aws:iam::${account}:policy/teams/boundary`)).toBe(true)
    expect(may(from)('iam:CreateRole', execution, own)).toBe(false)
  })

  test('is none where we deploy ourselves, as without a catalog', () => {
    const from = delivered({
      delivery: {
        serviceCatalog: { portfolio: 'Platform', owner: 'me', versions: { '1.0.0': 'current' } },
        stackSet: { accounts: [account], regions: ['eu-west-1'] },
      },
    })
    expect(from.text('samconfig.toml')).toContain('PermissionsBoundaryArn=\\"none\\"')
    const [{ Parameters }] = from.properties('stack-set', 'AWS::CloudFormation::StackSet') as [Json]
    expect(Parameters).toContainEqual({ ParameterKey: 'PermissionsBoundaryArn', ParameterValue: 'none' })
  })
})

describe('networks', () => {
  const asks = may(catalog())
  const group = `arn:aws:ec2:eu-west-1:${account}:security-group/sg-1`
  const of = (stack: string) => ({ 'aws:ResourceTag/aws:cloudformation:stack-name': stack })

  test('of other stacks are left alone', () => {
    for (const action of ['ec2:AuthorizeSecurityGroupIngress', 'ec2:DeleteSecurityGroup']) {
      expect(asks(action, group, undefined, of('SC-111111111111-pp-abc'))).toBe(true)
      expect(asks(action, group)).toBe(true)
      expect(asks(action, group, undefined, of('network'))).toBe(false)
    }
  })

  test('instances, images and other kinds that no product holds cannot be tagged or changed', () => {
    for (const kind of ['instance', 'vpc-peering-connection', 'vpn-gateway', 'transit-gateway-attachment'])
      expect(asks('ec2:CreateTags', `arn:aws:ec2:eu-west-1:${account}:${kind}/x`)).toBe(false)
  })
})

test('the zone of the config is the one whose records a launch may change, also behind a role', () => {
  const { HostedZoneId } = catalog({
    '1.0.0': 'https://bucket.s3.eu-west-1.amazonaws.com/p/s.yaml',
    v2: 'current',
  }).template('launch-role').Parameters
  expect(HostedZoneId.Default).toBe('Z0123456789ABCDEFGHIJ')
})
