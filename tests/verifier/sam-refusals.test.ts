// What SAM refuses is never deployed. That it is what the translator refuses is shown in tests/lint/sam-differential.test.ts.
import { describe, expect, test } from '@jest/globals'
import { readTemplate } from '../../verifier/read/read-template.ts'
import { eventProperties, resourceProperties } from '../../verifier/sam/properties.gen.ts'
import { refusalIn } from '../../verifier/sam/refusals.ts'
import type { Json } from '../support/read-template.ts'
import { isolated } from './laws/bases.ts'
import { reportOf } from './laws/judge.ts'

const opening: Json = {
  Type: 'AWS::EC2::SecurityGroupIngress',
  Properties: { GroupId: { Ref: isolated.roles.balancerGroup }, IpProtocol: '-1', CidrIp: '0.0.0.0/0' },
}
const code: Json = { Runtime: 'nodejs22.x', Handler: 'index.handler', CodeUri: 's3://bucket/key' }
const sam = (resources: Json, rest: Json = {}): Json => ({
  ...isolated.template,
  Transform: 'AWS::Serverless-2016-10-31',
  ...rest,
  Resources: { ...isolated.template.Resources, Opening: opening, ...resources },
})
const made = (Type: string, Properties: Json): Json => ({ Made: { Type: `AWS::Serverless::${Type}`, Properties } })
const judged = (template: Json) => {
  const report = reportOf({ template })
  if (!report) throw new Error('it is not read')
  return report
}
const whyNot = (template: Json): string | undefined =>
  refusalIn(readTemplate('t.json', JSON.stringify(template)).root)?.reason

const exampleOf = (kinds: string): Json => {
  const [, kind = '', inner = 'text'] = /^(\w+)(?:\((\w+)[^)]*\))?/.exec(kinds) ?? []
  if (kind === 'list') return [exampleOf(inner)]
  if (kind === 'map') return { One: exampleOf(inner), Two: exampleOf(inner) }
  return { any: 'x', text: 'x', number: 1, boolean: true }[kind]
}
const required = (known: string): Json =>
  Object.fromEntries(
    known
      .split(' ')
      .filter((each) => each.includes('!'))
      .map((each) => each.split('!:'))
      .map(([name = '', kinds = '']) => [name, exampleOf(kinds)]),
  )

test('a refused template leaves every claim open, and says why and where; the same without the fault is refuted', () => {
  expect(judged(sam(made('Function', code))).verdict).toBe('refuted')
  const { claims, verdict } = judged(sam(made('Function', { ...code, Unheard: 1 })))
  expect(verdict).toBe('undecided')
  expect(new Set(claims.map((each) => each.verdict))).toEqual(new Set(['undecided']))
  expect(claims[0]?.because).toBe(
    'SAM refuses this template, so none of it is deployed: Unheard is not a property of Made (AWS::Serverless::Function)',
  )
  expect(claims[0]?.path).toEqual([{ node: 't0.json', file: 't0.json', line: 1 }])
})

describe.each(Object.entries(resourceProperties))('%s', (type, known) => {
  const of = (properties: Json): string | undefined => whyNot(sam(made(type.split('::')[2] ?? '', properties)))

  test('takes no property that it does not have', () => {
    expect(of({ ...required(known), Unheard: { Ref: 'X' } })).toMatch(/^Unheard is not a property/)
  })
  test('is refused without one that it must have', () => {
    for (const name of Object.keys(required(known))) {
      const { [name]: _, ...rest } = required(known)
      expect(of(rest)).toBe(`Made (${type}) has no ${name}`)
      expect(of({ ...rest, [name]: null })).toBe(`Made (${type}) has no ${name}`)
    }
  })
})

test.each(Object.entries(eventProperties))('the event %s is refused with what it does not have', (type, known) => {
  const of = (Properties: Json): string | undefined =>
    whyNot(sam(made('Function', { ...code, Events: { One: { Type: type, Properties } } })))
  expect(of({ ...required(known), Unheard: 1 })).toMatch(/^Unheard is not a property of the event One of Made/)
  const needed = Object.keys(required(known)).filter((name) => name !== 'RestApiId')
  for (const name of needed) {
    const { [name]: _, ...rest } = required(known)
    expect(of(rest)).toMatch(new RegExp(`has no ${name}$`))
  }
})

const jwt = { IdentitySource: 'x', JwtConfiguration: { issuer: 'x', audience: ['x'] } }
describe('combinations', () => {
  test.each<[string, string, Json]>([
    ['has both InlineCode and CodeUri', 'Function', { ...code, InlineCode: 'x' }],
    ['has no Handler', 'Function', { Runtime: 'nodejs22.x', InlineCode: 'x' }],
    ['is neither a document nor a known template', 'Function', { ...code, Policies: [{ Unheard: {} }] }],
    ['gives SQSPollerPolicy no QueueName', 'Function', { ...code, Policies: [{ SQSPollerPolicy: {} }] }],
    ['has no TargetArn', 'Function', { ...code, DeadLetterQueue: { Type: 'SQS' } }],
    ['has an unknown type, Unheard', 'Function', { ...code, Events: { One: { Type: 'Unheard' } } }],
    ['has neither Definition nor DefinitionUri', 'StateMachine', {}],
    ['has both Role and Policies', 'StateMachine', { DefinitionUri: 's3://b/k', Role: 'x', Policies: ['x'] }],
    ['has no CertificateArn', 'HttpApi', { Domain: { DomainName: 'a.example.com' } }],
    ['Auths is not a property', 'HttpApi', { Auths: {} }],
    ['Unheard is not a property of Auth', 'Api', { StageName: 's', Auth: { Unheard: 1 } }],
    ['has no authorizer Other', 'HttpApi', { Auth: { DefaultAuthorizer: 'Other', Authorizers: { Jwt: jwt } } }],
    ['has a FunctionArn', 'HttpApi', { Auth: { Authorizers: { Jwt: { ...jwt, FunctionArn: 'x' } } } }],
    ['has no AuthorizerPayloadFormatVersion', 'HttpApi', { Auth: { Authorizers: { One: { FunctionArn: 'x' } } } }],
    ['has no CreateUsagePlan', 'Api', { StageName: 's', Auth: { UsagePlan: { Tags: [] } } }],
    ['is not of the kind map or text', 'HttpApi', { StageName: ['x'] }],
  ])('%s', (reason, type, properties) => {
    expect(whyNot(sam(made(type, properties)))).toContain(reason)
  })

  test.each<[string, string, Json]>([
    ['Layers of Made is not of the kind list of map or text', 'Function', { ...code, Layers: ['x', 1] }],
    ['PrimaryKey of Made is not of the kind map of text', 'SimpleTable', { PrimaryKey: { Name: 1, Type: 'String' } }],
  ])('deep inside: %s', (reason, type, properties) => {
    expect(whyNot(sam(made(type, properties)))).toContain(reason)
  })

  describe('two events on one route', () => {
    const of = (Events: Json): Json => ({ Type: 'AWS::Serverless::Function', Properties: { ...code, Events } })
    const event = (Type: string, Properties: Json): Json => ({ Type, Properties })
    const on = (Path: string, Method: string, more: Json = {}): Json => ({ Path, Method, ...more })
    const both = (type: string, one: Json, other: Json, more: Json = {}): string | undefined =>
      whyNot(sam({ A: of({ One: event(type, one) }), B: of({ Two: event(type, other) }), ...more }))
    const rest = { RestApiId: { Ref: 'Rest' } }
    const api = (properties: Json): Json => ({
      Rest: { Type: 'AWS::Serverless::Api', Properties: { StageName: 's', ...properties } },
    })

    test.each<[string, string, Json, Json, Json]>([
      ['of the implicit REST API', 'Api', on('/a', 'get'), on('/a', 'get'), {}],
      ['of the implicit HTTP API', 'HttpApi', on('/a', 'get'), on('/a', 'GET'), {}],
      ['all others of the implicit HTTP API', 'HttpApi', {}, {}, {}],
      ['of an API of the template', 'Api', on('/a', 'any', rest), on('/a', 'ANY', rest), api({})],
    ])('%s', (_, type, one, other, more) => {
      expect(both(type, one, other, more)).toContain('the events A.One and B.Two have the same route')
    })
    test.each<[string, string, Json, Json, Json]>([
      ['another method', 'Api', on('/a', 'get'), on('/a', 'post'), {}],
      ['another path', 'HttpApi', on('/a', 'get'), on('/a/', 'get'), {}],
      ['another API', 'Api', on('/a', 'get'), on('/a', 'get', rest), api({})],
      [
        'a document of the author',
        'Api',
        on('/a', 'get', rest),
        on('/a', 'get', rest),
        api({ DefinitionBody: { x: 1, y: 2 } }),
      ],
      [
        'a path that CloudFormation computes',
        'HttpApi',
        on('/a', 'get'),
        { Path: { 'Fn::Sub': '/a' }, Method: 'get' },
        {},
      ],
    ])('taken: %s', (_, type, one, other, more) => {
      expect(both(type, one, other, more)).toBeUndefined()
    })
  })

  test.each<[string, Json]>([
    ['leads nowhere', { Source: { Id: 'Vpc' }, Destination: [], Permissions: ['Read'] }],
    ['has no Permissions', { Source: { Id: 'Vpc' }, Destination: { Id: 'Vpc' }, Permissions: [] }],
    ['has the permission All', { Source: { Id: 'Vpc' }, Destination: { Id: 'Vpc' }, Permissions: ['All'] }],
    ['names Nobody', { Source: { Id: 'Nobody' }, Destination: { Id: 'Vpc' }, Permissions: ['Read'] }],
    ['needs an Id', { Source: { Id: 'Vpc', Arn: 'x' }, Destination: { Id: 'Vpc' }, Permissions: ['Read'] }],
    ['needs an Id', { Source: { Qualifier: 'x' }, Destination: { Id: 'Vpc' }, Permissions: ['Read'] }],
  ])('a connector that %s', (reason, properties) => {
    expect(whyNot(sam(made('Connector', properties)))).toContain(reason)
    const { Source: _, ...inside } = properties
    const Queue = { Type: 'AWS::SQS::Queue', Connectors: { To: { Properties: inside } } }
    if (properties.Source.Id === 'Vpc' && !properties.Source.Arn) expect(whyNot(sam({ Queue }))).toContain(reason)
  })

  describe('a connector', () => {
    const types = `ApiGateway::RestApi ApiGatewayV2::Api AppSync::DataSource AppSync::GraphQLApi DynamoDB::Table
      Events::EventBus Events::Rule Lambda::Function Location::PlaceIndex S3::Bucket SNS::Topic SQS::Queue
      StepFunctions::StateMachine EC2::VPC ECS::Service`.split(/\s+/)
    // https://github.com/aws/serverless-application-model/blob/develop/samtranslator/model/connector_profiles/profiles.json
    const connected: Readonly<Record<string, string>> = {
      'ApiGateway::RestApi': 'Lambda::Function=W',
      'ApiGatewayV2::Api': 'Lambda::Function=W',
      'AppSync::DataSource': 'DynamoDB::Table=R,W,RW Events::EventBus=W Lambda::Function=W',
      'AppSync::GraphQLApi': 'Lambda::Function=W',
      'DynamoDB::Table': 'Lambda::Function=R',
      'Events::Rule': 'Events::EventBus=W Lambda::Function=W SNS::Topic=W SQS::Queue=W StepFunctions::StateMachine=W',
      'Lambda::Function': `DynamoDB::Table=R,W,RW Events::EventBus=W Lambda::Function=W Location::PlaceIndex=R
        S3::Bucket=R,W,RW SNS::Topic=W SQS::Queue=R,W,RW StepFunctions::StateMachine=R,W,RW`,
      'S3::Bucket': 'Lambda::Function=W',
      'SNS::Topic': 'Lambda::Function=W SQS::Queue=W',
      'SQS::Queue': 'Lambda::Function=RW',
      'StepFunctions::StateMachine': `DynamoDB::Table=R,W,RW Events::EventBus=W Lambda::Function=W S3::Bucket=R,W,RW
        SNS::Topic=W SQS::Queue=W StepFunctions::StateMachine=R,RW`,
    }
    const ways = { R: ['Read'], W: ['Write'], RW: ['Write', 'Read'] }
    const reason = (from: string, to: string, Permissions: readonly string[]): string | undefined => {
      const ends = { From: { Type: from, Properties: {} }, To: { Type: to, Properties: {} } }
      const properties = { Source: { Id: 'From' }, Destination: { Id: 'To' }, Permissions }
      return whyNot(sam({ ...ends, ...made('Connector', properties) }))
    }
    test.each(types)('leads from %s to what SAM connects, and by what it gives', (from) => {
      for (const to of types)
        for (const [way, permissions] of Object.entries(ways)) {
          const given = (connected[from] ?? '').split(/\s+/).find((each) => each.startsWith(`${to}=`))
          const isGiven = given?.split('=')[1]?.split(',').includes(way) ?? false
          const found = reason(`AWS::${from}`, `AWS::${to}`, permissions)
          if (isGiven) expect(found).toBeUndefined()
          else expect(found).toContain(`leads from AWS::${from} to AWS::${to}`)
        }
    })

    test('is told of what SAM makes, of what it stands in, and of a type that is written', () => {
      const inside = { Destination: { Id: 'Table' }, Permissions: ['Read'] }
      const Table = { Type: 'AWS::Serverless::SimpleTable' }
      const one = { Type: 'AWS::Serverless::Function', Properties: code, Connectors: { To: { Properties: inside } } }
      const other = { Type: 'AWS::SNS::Topic', Connectors: { To: { Properties: inside } } }
      expect(whyNot(sam({ Table, One: one }))).toBeUndefined()
      expect(whyNot(sam({ Table, One: other }))).toContain('leads from AWS::SNS::Topic to AWS::Serverless::SimpleTable')
      const Source = { Type: 'AWS::Serverless::Function', RoleName: 'x', Arn: 'y' }
      const far = (Type: string) => ({ Source, Destination: { Type, Arn: 'z' }, Permissions: ['Write'] })
      expect(whyNot(sam(made('Connector', far('AWS::SNS::Topic'))))).toBeUndefined()
      expect(whyNot(sam(made('Connector', far('AWS::EC2::VPC'))))).toContain('to AWS::EC2::VPC')
    })

    test('may be right where its ends are not known', () => {
      const end = { 'Fn::If': ['X', 'Vpc', 'Vpc'] }
      const properties = { Source: { Id: end }, Destination: { Id: 'Vpc' }, Permissions: ['Read'] }
      expect(whyNot(sam(made('Connector', properties)))).toBeUndefined()
    })
  })

  test('what only CloudFormation computes may be right', () => {
    const open = { 'Fn::If': ['X', 'x', { Ref: 'AWS::NoValue' }] }
    expect(
      whyNot(sam(made('Function', { ...code, Policies: open, DeadLetterQueue: open, Role: open }))),
    ).toBeUndefined()
    expect(whyNot(sam(made('HttpApi', { Auth: { DefaultAuthorizer: open }, StageName: open })))).toBeUndefined()
    expect(whyNot(sam({}, { Globals: { Function: { Unheard: 1 } } }))).toContain('Unheard is not a property of Globals')
    expect(whyNot({ ...sam(made('Function', { Unheard: 1 })), Transform: 'Other' })).toBeUndefined()
  })
})
