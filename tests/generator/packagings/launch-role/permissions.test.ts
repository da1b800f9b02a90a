import { sub } from '../../../../generator/cfn/intrinsics.ts'
import { architecture } from '../../../../generator/layers/index.ts'
import { tasks } from '../../../../generator/model/tasks.ts'
import {
  actionsWithoutResources,
  handlerPermissions,
  notActions,
} from '../../../../generator/packagings/launch-role/handler-permissions.gen.ts'
import { omitted } from '../../../../generator/packagings/launch-role/omitted.ts'
import {
  allTypes,
  type Has,
  permissions as permissionsFor,
  policyCharacters,
  policyLimit,
} from '../../../../generator/packagings/launch-role/permissions.ts'
import type { Product } from '../../../../generator/packagings/launch-role/scopes.ts'
import { unused } from '../../../../generator/packagings/launch-role/unused.ts'
import { exampleFolders, exampleModel } from '../../../support/examples.ts'
import { someConfigs } from '../../../support/random-models.ts'

const product: Product = {
  boundary: sub('arn:aws:iam::${AWS::AccountId}:policy/boundary'),
  policies: [],
  changesOthers: false,
  anyCluster: true,
  anyLoadBalancer: false,
}
const permissions = (types: readonly string[], has?: Has) => permissionsFor(types, product, has)
const statements = (types: readonly string[]) => Object.values(permissions(types)).flatMap(({ Statement }) => Statement)
const granted = (types: readonly string[]) => statements(types).flatMap(({ Action }) => Action)
const text = (value: unknown) => JSON.stringify(value)
const usedTypes = [
  ...new Set(
    [...exampleFolders.map(exampleModel), ...someConfigs(80).map(({ model }) => model)].flatMap((model) =>
      architecture(model).flatMap(({ fragment }) => fragment.entries.map(({ resource }) => resource.Type)),
    ),
  ),
].sort()

describe('the launch role', () => {
  test('a type without data is an error that names it', () => {
    expect(() => permissions(['AWS::EC2::VPC', 'AWS::SNS::Topic'])).toThrow('AWS::SNS::Topic')
  })

  test.each(usedTypes)('has data for %s, which a config can emit', (type) => {
    expect(granted([type]).length).toBeGreaterThan(0)
  })

  test('may do what the handlers of every type call, except what is left out with a reason', () => {
    const all = new Set(granted(allTypes).map((action) => action.toLowerCase()))
    for (const [type, handlers] of Object.entries(handlerPermissions)) {
      const left = unused.filter((each) => each.type === type).flatMap(({ actions }) => actions)
      const missing = Object.values(handlers)
        .flat()
        .filter((action) => !all.has(action.toLowerCase()) && !notActions.has(action) && !left.includes(action))
      expect([type, missing]).toEqual([type, []])
    }
  })

  test('each policy fits into what IAM allows, whatever the product holds', () => {
    for (const [name, document] of Object.entries(permissions(allTypes))) {
      expect([name, policyCharacters(document) <= policyLimit]).toEqual([name, true])
    }
    expect(Object.keys(permissions(allTypes)).length).toBeLessThanOrEqual(10)
  })

  test.each([1, 11, 12, 40])('the names of the roles of %i services fit too', (count) => {
    const services = Array.from({ length: count }, (_, index) => `Service${index}OfTheShop`)
    const role = (id: string, service: string, path = '/') => ({ id, service, path })
    const roles = [
      ...services.flatMap((id) =>
        ['ExecutionRole', 'TaskRole'].map((end) => role(id + end, 'ecs-tasks.amazonaws.com')),
      ),
      role(`${services[0]}InfrastructureRole`, 'ecs.amazonaws.com'),
      role('FlowLogRole', 'vpc-flow-logs.amazonaws.com'),
      role('WaiterRole', 'lambda.amazonaws.com', '/portcullis/'),
    ]
    const withoutJobs = allTypes.filter((type) => !/Scheduler|StepFunctions/.test(type))
    const { RolePermissions } = permissionsFor(withoutJobs, { ...product, roles })
    if (!RolePermissions) throw new Error('no rights for roles')
    expect(policyCharacters(RolePermissions)).toBeLessThanOrEqual(policyLimit)
    expect(text(RolePermissions).includes('role/SC-*"')).toBe(count > 11)
  })

  test.each([1, 6, 7, 40])('the names of the roles of %i jobs fit too', (count) => {
    const role = (id: string, service: string, path = '/') => ({ id, service, path })
    const roles = [
      ...Array.from({ length: count }, (_, index) => `Job${index}OfTheShop`).flatMap((id) => [
        role(`${id}ExecutionRole`, 'ecs-tasks.amazonaws.com'),
        role(`${id}TaskRole`, 'ecs-tasks.amazonaws.com'),
        role(`${id}StateMachineRole`, 'states.amazonaws.com'),
        role(`${id}ScheduleRole`, 'scheduler.amazonaws.com'),
      ]),
      role('FlowLogRole', 'vpc-flow-logs.amazonaws.com'),
      role('WaiterRole', 'lambda.amazonaws.com', '/portcullis/'),
    ]
    const { RolePermissions } = permissionsFor(allTypes, { ...product, roles })
    if (!RolePermissions) throw new Error('no rights for roles')
    expect(policyCharacters(RolePermissions)).toBeLessThanOrEqual(policyLimit)
    expect(text(RolePermissions).includes('role/SC-*"')).toBe(count > 6)
  })

  test('names exact actions, and statements that are told apart', () => {
    expect(granted(allTypes).filter((action) => /[*?]/.test(action))).toEqual([])
    for (const { Statement } of Object.values(permissions(allTypes))) {
      const sids = Statement.map(({ Sid }) => Sid)
      expect(new Set(sids).size).toBe(sids.length)
      expect(sids.join('')).toMatch(/^[A-Za-z0-9]+$/)
    }
  })

  test('does the same for every order of the types', () => {
    expect(text(permissions([...allTypes].reverse()))).toBe(text(permissions(allTypes)))
  })

  test('grants for all resources only what knows none, what only reads, or what a tag limits', () => {
    for (const { Action, Resource, Condition } of statements(allTypes)) {
      if (Resource !== '*' || Condition) continue
      expect(
        Action.filter(
          (action) => !actionsWithoutResources.has(action.toLowerCase()) && !/:(?:Describe|Get|List)[A-Z]/.test(action),
        ),
      ).toEqual([])
    }
  })

  test('can make no administrator: roles of products only, no policies attached but those that are named, no users or groups, and no boundary taken away', () => {
    const iam = statements(allTypes).filter(({ Action }) => Action.some((action) => action.startsWith('iam:')))
    for (const { Resource } of iam) {
      for (const { 'Fn::Sub': arn } of [Resource].flat() as { 'Fn::Sub': string }[])
        expect(arn).toMatch(/:role\/(?:SC-\*|portcullis\/SC-\*|aws-service-role\/[a-z.-]+\.amazonaws\.com\/\*)$/)
    }
    const actions = iam.flatMap(({ Action }) => Action)
    expect(
      actions.filter((action) => /User|Group|Attach|Detach|DeleteRolePermissionsBoundary|CreatePolicy/.test(action)),
      // What is taken off gives nobody more, within the boundary.
    ).toEqual(['iam:DetachRolePolicy', 'iam:ListAttachedRolePolicies'])
  })

  test('attaches the policies that the config names, to roles of products within the boundary', () => {
    const policies = ['arn:aws:iam::aws:policy/AmazonDynamoDBReadOnlyAccess']
    const attaching = (named: readonly string[], has: boolean) =>
      Object.values(permissionsFor(['AWS::IAM::Role'], { ...product, policies: named }, () => has))
        .flatMap(({ Statement }) => Statement)
        .filter(({ Action }) => Action.includes('iam:AttachRolePolicy'))
    expect(attaching([], true)).toEqual([])
    expect(attaching(policies, false)).toEqual([])
    expect(attaching(policies, true).map(({ Action, Condition }) => [Action, Condition])).toEqual([
      [
        ['iam:AttachRolePolicy'],
        {
          ArnLike: { 'iam:PolicyARN': policies },
          StringEquals: { 'iam:PermissionsBoundary': product.boundary },
        },
      ],
    ])
  })

  test('the list of policies gives way where it would be too long', () => {
    const policies = Array.from({ length: 40 }, (_, index) => `arn:aws:iam::aws:policy/${'p'.repeat(100)}${index}`)
    const { RolePermissions } = permissionsFor(allTypes, { ...product, policies })
    if (!RolePermissions) throw new Error('no rights for roles')
    expect(policyCharacters(RolePermissions)).toBeLessThanOrEqual(policyLimit)
    const [attaching] = RolePermissions.Statement.filter(({ Action }) => Action.includes('iam:AttachRolePolicy'))
    expect(attaching?.Condition).toEqual({ StringEquals: { 'iam:PermissionsBoundary': product.boundary } })
  })

  test('passes a role only to the service that the type hands it to', () => {
    const passes = (types: readonly string[]) =>
      statements(types).filter(({ Action }) => Action.includes('iam:PassRole'))
    expect(passes(['AWS::EC2::VPC'])).toEqual([])
    expect(passes(['AWS::Lambda::Function']).map(({ Condition }) => Condition)).toEqual([
      { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } },
    ])
    expect(passes(allTypes).every(({ Condition }) => Condition !== undefined)).toBe(true)
  })

  test('reads only objects that Service Catalog marked', () => {
    const reads = statements(['AWS::EC2::VPC']).filter(({ Action }) => Action.includes('s3:GetObject'))
    expect(reads.map(({ Condition }) => Condition)).toEqual([
      { StringEquals: { 's3:ExistingObjectTag/servicecatalog:provisioning': 'true' } },
    ])
  })

  test('invokes functions only for custom resources', () => {
    expect(granted(['AWS::Lambda::Function'])).not.toContain('lambda:InvokeFunction')
    expect(granted(['Custom::PortcullisVpcLinkReady'])).toContain('lambda:InvokeFunction')
  })

  test('changes schedules only for templates that have some', () => {
    const target = 'AWS::ApplicationAutoScaling::ScalableTarget'
    const schedules = (has: boolean) => {
      const documents = Object.values(permissions([target], () => has))
      return documents
        .flatMap(({ Statement }) => Statement.flatMap(({ Action }) => Action))
        .filter((action) => /ScheduledAction$/.test(action))
    }
    expect(schedules(false)).toEqual([])
    expect(schedules(true)).toEqual([
      'application-autoscaling:DeleteScheduledAction',
      'application-autoscaling:PutScheduledAction',
    ])
  })

  test('changes address and validation records, and no others', () => {
    const changes = statements(allTypes).filter(({ Action }) => Action.includes('route53:ChangeResourceRecordSets'))
    expect(changes).toHaveLength(1)
    expect(text(changes[0]?.Condition)).toContain('["A","AAAA","CNAME"]')
  })

  test('every reason is for something: the actions it takes away or adds are in the data', () => {
    for (const { type, actions } of unused) {
      const listed = Object.values(handlerPermissions[type] ?? {}).flat()
      expect([type, actions.filter((action) => !listed.includes(action))]).toEqual([type, []])
    }
    for (const { types } of omitted)
      for (const type of types ?? []) expect(allTypes.some((each) => each.startsWith(type.replace('*', '')))).toBe(true)
  })

  test('no emitted role has what the launch role may not give it', () => {
    for (const folder of exampleFolders) {
      const roles = architecture(exampleModel(folder)).flatMap(({ fragment }) =>
        fragment.entries.filter(({ resource }) => resource.Type === 'AWS::IAM::Role'),
      )
      expect(text(roles)).not.toMatch(/RoleName/)
      const named = tasks(exampleModel(folder)).flatMap(({ policies }) => policies)
      expect(text(roles).match(/:policy\/[^"']+/g) ?? []).toEqual(
        named.map((arn) => arn.replace(/^.*(?=:policy)/, '').replace('{environment}', '${EnvironmentName}')),
      )
    }
  })
})
