import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { codeOf } from '../../generator/commands/assets.ts'
import { type Act, actingTypes, actsOf, innocent } from '../../verifier/facts/types/acts.ts'
import { classOf, hasProperty, knownTypes, pathsWithRole } from '../../verifier/facts/types/table.ts'
import { exitCodeOf, report, verify } from '../../verifier/index.ts'
import { sarif } from '../../verifier/report/sarif.ts'
import type { VerifyInput } from '../../verifier/verify.ts'
import { seed } from '../support/effort.ts'
import { assets } from '../support/examples.ts'

type Resources = Readonly<Record<string, object>>
type Row = { readonly type: string; readonly path: string; readonly act: Act }

const outside = 'sg-0123456789abcdef0'

function noteOf(templates: readonly object[], declarations: VerifyInput['declarations'] = {}) {
  const [note] = verify({
    templates: templates.map((template, at) => ({ path: `${at}.json`, text: JSON.stringify(template) })),
    readFile: () => undefined,
    declarations,
  }).notes
  if (!note) throw new Error('no note')
  return note
}

const judged = (Resources: Resources, rest: object = {}) => noteOf([{ ...rest, Resources }])

const owns: Resources = {
  Own: { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'x' } },
  OwnRole: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'own-role' } },
  OwnUser: { Type: 'AWS::IAM::User' },
  OwnGroup: { Type: 'AWS::IAM::Group' },
}

const ownFor = ({ type, path }: Row): object => {
  const [, name] = type.startsWith('AWS::IAM::') ? (/^(Role|User|Group)/.exec(path) ?? []) : []
  return { Ref: `Own${name ?? ''}` }
}

/** What the type needs so that nothing else is left open. */
const beside = ({ type, path }: Row): object => {
  if (path === 'IntegrationUri') return { ConnectionId: { Ref: 'Own' } }
  if (type === 'AWS::IAM::UserToGroupAddition' && path === 'Users') return { GroupName: { Ref: 'OwnGroup' } }
  if (/^AWS::IAM::.*Policy$/.test(type))
    return { PolicyDocument: { Statement: { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' } } }
  return {}
}

const actor = (row: Row, value: unknown): object => ({
  Type: row.type,
  Properties: {
    ...beside(row),
    ...(row.path.split('.').reduceRight((below: unknown, name) => ({ [name]: below }), value) as object),
  },
})

/** What is left of a SAM type could not be read. */
const rows: readonly Row[] = [...knownTypes()]
  .filter((type) => classOf(type) !== 'container')
  .flatMap((type) => actsOf(type).map((each) => ({ type, ...each })))
const named = rows.map((row): [string, Row] => [`${row.type} ${row.path}: ${row.act}`, row])

describe('each row of the table', () => {
  test.each(named)('%s', (_name, row) => {
    const of = (value: unknown) =>
      judged({
        ...owns,
        Opaque: { Type: 'Custom::Thing', Properties: { ServiceToken: 'x' } },
        Actor: actor(row, value),
      })
    expect(judged({ ...owns, Actor: actor(row, ownFor(row)) })).toMatchObject({ verdict: 'proved' })
    expect(judged({ ...owns, Actor: actor(row, outside) })).toMatchObject({
      // Which groups it gives to hosts is not known.
      verdict: row.act === 'plan' ? 'undecided' : 'refuted',
      because: expect.stringContaining(outside),
      path: [{ node: 'Actor', via: row.path }, { node: outside }],
    })
    const unknown = of({ 'Fn::GetAtt': ['Opaque', 'Id'] })
    expect(unknown.verdict).toBe('undecided')
    expect(unknown.unknowns).toContainEqual({
      name: 'Opaque.Id',
      settle: expect.stringMatching(/^--assume Opaque\.Id\.(?:opens|rights)=none$/),
    })
  })
})

describe('the table', () => {
  test('speaks of everything that joins something or leads to it', () => {
    const innocentOf = (type: string): readonly string[] =>
      Object.values(innocent).flatMap((types) => types[type.slice(5)]?.split(' ') ?? [])
    const missing = [...knownTypes()]
      .filter((type) => !type.startsWith('AWS::Serverless::'))
      .flatMap((type) =>
        (['owner', 'target'] as const).flatMap((role) =>
          pathsWithRole(type, role)
            .filter((path) => !actsOf(type).some((each) => each.path === path))
            .filter((path) => !innocentOf(type).some((each) => path === each || path.startsWith(`${each}.`)))
            .map((path) => `${type} ${path}`),
        ),
      )
    expect(missing).toEqual([])
  })

  test('names only what the registry has', () => {
    const written = [
      ...[...actingTypes].flatMap(([type, all]) => all.map(({ path }) => [type, path] as const)),
      ...Object.values(innocent).flatMap((types) =>
        Object.entries(types).flatMap(([type, paths]) =>
          paths.split(' ').map((path) => [`AWS::${type}`, path] as const),
        ),
      ),
    ]
    for (const [type, path] of written) {
      expect([type, knownTypes().has(type)]).toEqual([type, true])
      // The registry's properties are kept for the types that are judged by property.
      if (classOf(type) !== 'harmless' && classOf(type) !== 'stranger')
        expect([type, path, hasProperty(type, path)]).toEqual([type, path, true])
    }
  })
})

const ingress = (GroupId: unknown): object => ({
  Type: 'AWS::EC2::SecurityGroupIngress',
  Properties: { GroupId, IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '10.0.0.0/16' },
})
const rule = (GroupId: unknown, rest: object = {}) => judged({ ...owns, Rule: ingress(GroupId) }, rest)
const Parameters = { Given: { Type: 'String' } }

describe('what comes from outside', () => {
  test.each([
    ['a parameter', { Ref: 'Given' }],
    ['an import', { 'Fn::ImportValue': 'other-group' }],
    ['a dynamic reference', '{{resolve:ssm:/group}}'],
    ['a piece of a list', { 'Fn::Select': [0, { Ref: 'Many' }] }],
    ['a text with a parameter', { 'Fn::Sub': 'sg-${Given}' }],
  ])('%s', (_name, value) => {
    expect(
      rule(value, { Parameters: { ...Parameters, Many: { Type: 'List<AWS::EC2::SecurityGroup::Id>' } } }).verdict,
    ).toBe('refuted')
  })

  test('a parameter that only one condition uses', () => {
    const conditional = {
      Parameters: { ...Parameters, Mode: { Type: 'String', AllowedValues: ['own', 'given'] } },
      Conditions: { IsGiven: { 'Fn::Equals': [{ Ref: 'Mode' }, 'given'] } },
    }
    expect(rule({ 'Fn::If': ['IsGiven', { Ref: 'Given' }, { Ref: 'Own' }] }, conditional)).toMatchObject({
      verdict: 'refuted',
      when: { Mode: 'given' },
    })
  })

  test('may be of another template that is given too', () => {
    expect(noteOf([{ Parameters, Resources: { Rule: ingress({ Ref: 'Given' }) } }, { Resources: owns }])).toMatchObject(
      {
        verdict: 'undecided',
      },
    )
  })

  test('is of the template that exports it', () => {
    const Outputs = { Group: { Value: { Ref: 'Own' }, Export: { Name: 'own-group' } } }
    expect(
      noteOf([{ Resources: { Rule: ingress({ 'Fn::ImportValue': 'own-group' }) } }, { Resources: owns, Outputs }]),
    ).toMatchObject({ verdict: 'proved' })
  })

  test('is declared', () => {
    const Opaque = { Type: 'Custom::Thing', Properties: { ServiceToken: 'x' } }
    const Resources = { Opaque, Rule: ingress({ 'Fn::GetAtt': ['Opaque', 'Id'] }) }
    const assume = ['Opaque', 'Opaque.Id'].map((name) => ({ name, facet: 'opens' as const, value: 'none' }))
    expect(noteOf([{ Resources }], { assume })).toMatchObject({ verdict: 'proved' })
  })
})

describe('what the document of an API names', () => {
  const api = (integration: object) =>
    judged({
      ...owns,
      Api: {
        Type: 'AWS::ApiGatewayV2::Api',
        Properties: { Body: { paths: { '/': { get: { 'x-amazon-apigateway-integration': integration } } } } },
      },
    })
  const own = { connectionType: 'VPC_LINK', connectionId: { Ref: 'Own' }, uri: { Ref: 'Own' } }

  test.each([
    ['its own', own, 'proved'],
    ['a link', { ...own, connectionId: 'abc123' }, 'refuted'],
    [
      'a listener',
      { ...own, uri: 'arn:aws:elasticloadbalancing:eu-west-1:111111111111:listener/app/a/b/c' },
      'refuted',
    ],
    ['a public address', { uri: 'https://example.com' }, 'proved'],
  ])('%s', (_name, integration, verdict) => {
    expect(api(integration)).toMatchObject({ verdict })
  })
})

describe('what is its own', () => {
  test('a role by its name', () => {
    const policy = (RoleName: string) =>
      judged({
        ...owns,
        Policy: {
          Type: 'AWS::IAM::RolePolicy',
          Properties: {
            RoleName,
            PolicyName: 'x',
            PolicyDocument: { Statement: { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' } },
          },
        },
      }).verdict
    expect(policy('own-role')).toBe('proved')
    expect(policy('other-role')).toBe('refuted')
  })

  test('in whatever words', () => {
    const forms: readonly ((value: unknown) => unknown)[] = [
      (value) => ({ 'Fn::If': ['C', value, value] }),
      (value) => ({ 'Fn::Select': [1, ['x', value]] }),
      (value) => ({ 'Fn::Sub': ['${V}', { V: value }] }),
      (value) => ({ 'Fn::Join': ['', [value]] }),
    ]
    const rest = {
      Parameters: { ...Parameters },
      Conditions: { C: { 'Fn::Equals': [{ Ref: 'Given' }, 'x'] } },
    }
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...forms), { maxLength: 4 }), (chosen) => {
        const said = (value: unknown): unknown => chosen.reduce((before, form) => form(before), value)
        expect(rule(said({ 'Fn::GetAtt': ['Own', 'GroupId'] }), rest).verdict).toBe('proved')
        expect(rule(said(outside), rest).verdict).toBe('refuted')
      }),
      { numRuns: 50, seed },
    )
  })

  test.each([
    [
      'an interface in an existing subnet',
      {
        Type: 'AWS::EC2::NetworkInterface',
        Properties: { SubnetId: 'subnet-0123456789abcdef0', GroupSet: [{ Ref: 'Own' }] },
      },
    ],
    [
      'a record in an existing zone',
      {
        Type: 'AWS::Route53::RecordSet',
        Properties: { HostedZoneId: 'Z0123456789', Name: 'a.example.com', Type: 'A', ResourceRecords: ['10.0.0.1'] },
      },
    ],
    [
      'an integration with a public address',
      {
        Type: 'AWS::ApiGatewayV2::Integration',
        Properties: { ApiId: { Ref: 'Own' }, IntegrationUri: 'https://example.com' },
      },
    ],
    [
      'a group whose rule names an existing one as its source',
      {
        Type: 'AWS::EC2::SecurityGroup',
        Properties: {
          GroupDescription: 'x',
          SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, SourceSecurityGroupId: outside }],
        },
      },
    ],
  ])('%s', (_name, resource) => {
    expect(judged({ ...owns, Thing: resource })).toMatchObject({ verdict: 'proved' })
  })
})

describe('what may act without being read', () => {
  const service = {
    Statement: { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
  }
  const role = (Action: string): object => ({
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: service,
      Policies: [{ PolicyName: 'x', PolicyDocument: { Statement: { Effect: 'Allow', Action, Resource: '*' } } }],
    },
  })

  test.each([
    ['a role that may edit groups', role('ec2:AuthorizeSecurityGroupIngress')],
    ['a role that may do everything', role('*')],
    ['a custom resource', { Type: 'Custom::Thing', Properties: { ServiceToken: 'x' } }],
    [
      'a nested stack that cannot be read',
      { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'https://example.com/t' } },
    ],
    ['a module', { Type: 'Some::Own::Type::MODULE' }],
    [
      'a function with a role from outside',
      {
        Type: 'AWS::Lambda::Function',
        Properties: { Role: 'arn:aws:iam::111111111111:role/admin', Code: { ZipFile: 'x' } },
      },
    ],
    [
      'a target by its address',
      { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: { Targets: [{ Id: '10.0.0.5' }] } },
    ],
    [
      'properties from an include',
      {
        Type: 'AWS::EC2::SecurityGroupIngress',
        Properties: { 'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: 's3://b/k' } } },
      },
    ],
  ])('%s', (_name, resource) => {
    expect(judged({ ...owns, Thing: resource }).verdict).toBe('undecided')
  })

  test.each([
    ['a role that may read objects', role('s3:GetObject')],
    [
      'a function with a role of its own',
      {
        Type: 'AWS::Lambda::Function',
        Properties: { Role: { 'Fn::GetAtt': ['OwnRole', 'Arn'] }, Code: { ZipFile: 'x' } },
      },
    ],
  ])('but not %s', (_name, resource) => {
    expect(judged({ ...owns, Thing: resource })).toMatchObject({ verdict: 'proved' })
  })

  test.each([
    [
      'an interface without a group',
      { Type: 'AWS::EC2::NetworkInterface', Properties: { SubnetId: 'subnet-0123456789abcdef0' } },
    ],
    [
      'a document in a bucket',
      { Type: 'AWS::ApiGatewayV2::Api', Properties: { BodyS3Location: { Bucket: 'b', Key: 'k' } } },
    ],
    [
      'a link that a stage names',
      {
        Type: 'AWS::ApiGateway::Method',
        Properties: { RestApiId: { Ref: 'Own' }, Integration: { ConnectionId: '${stageVariables.link}' } },
      },
    ],
  ])('%s', (_name, resource) => {
    expect(judged({ ...owns, Thing: resource }).verdict).toBe('undecided')
  })

  test('but not a network load balancer without a group, which then has none', () => {
    const balancer = (Type: string) =>
      judged({
        Thing: {
          Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
          Properties: { Type, Subnets: ['subnet-0123456789abcdef0'] },
        },
      }).verdict
    expect(balancer('network')).toBe('proved')
    expect(balancer('application')).toBe('undecided')
  })

  test('a macro', () => {
    expect(judged(owns, { Transform: 'Somebody' })).toMatchObject({ verdict: 'undecided' })
  })
})

describe('beside the claims', () => {
  const standalone = readFileSync('templates/standalone.yaml', 'utf8')
  const verified = (text: string) =>
    verify({ templates: [{ path: 't.yaml', text }], readFile: () => undefined, ownFunctions: codeOf(assets) })
  const policy = `Resources:
  ForeignBucket:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: somebody-elses
      PolicyDocument: { Statement: [] }
`
  const before = verified(standalone)
  const after = verified(standalone.replace(/^Resources:\n/m, policy))

  test('it changes no claim, no verdict and no exit code', () => {
    expect(before.notes).toMatchObject([{ id: 'touches-nothing-outside', verdict: 'proved' }])
    expect(after.notes).toMatchObject([{ id: 'touches-nothing-outside', verdict: 'refuted' }])
    expect(after.claims.map(({ id, target, verdict }) => [id, target, verdict])).toEqual(
      before.claims.map(({ id, target, verdict }) => [id, target, verdict]),
    )
    expect(exitCodeOf(after)).toBe(0)
    expect(after.assumptions).toEqual(before.assumptions)
  })

  test('it is printed as a note', () => {
    expect(report(after)).toContain(`
note       touches-nothing-outside  refuted
           ForeignBucket changes the rights of or to somebody-elses, which the templates do not create
              ForeignBucket  (Bucket)  [t.yaml:`)
    expect(report(after)).toMatch(/\nAll \d+ claims proved\.\n$/)
    expect(sarif(after, '1')).not.toContain('touches-nothing-outside')
  })

  test('it is judged where there is nothing to protect', () => {
    expect(rule(outside).verdict).toBe('refuted')
  })
})
