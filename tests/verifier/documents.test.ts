// What else an OpenAPI document can say: words of API Gateway that nobody here knows, authorizers that are none, and
// the roles with which it calls other services.
import { describe, expect, test } from '@jest/globals'
import { declarationsOf } from '../support/flags.ts'
import { add, both, claim, type Edit, free, judge, put } from '../support/isolated.ts'
import type { Json } from '../support/read-template.ts'

const admin = 'arn:aws:iam::111122223333:role/Admin'
const way = (kind: string): Json => ({
  type: 'http_proxy',
  httpMethod: 'ANY',
  connectionType: 'VPC_LINK',
  connectionId: { Ref: 'Link' },
  ...(kind === 'http'
    ? { uri: { Ref: 'Listener' }, payloadFormatVersion: '1.0', tlsConfig: { serverNameToVerify: 'api.example.com' } }
    : { integrationTarget: { Ref: 'LoadBalancer' }, uri: 'https://api.example.com/' }),
})
const jwt: Json = {
  type: 'jwt',
  identitySource: '$request.header.Authorization',
  jwtConfiguration: { issuer: 'https://issuer.example.com', audience: ['api'] },
}
const scheme = (authorizer: Json): Json => ({
  type: 'apiKey',
  name: 'Authorization',
  in: 'header',
  'x-amazon-apigateway-authorizer': authorizer,
})
const document = (kind: string, authorizer: Json = jwt): Json => ({
  openapi: '3.0.1',
  paths: { '/a': { get: { security: [{ it: [] }], 'x-amazon-apigateway-integration': way(kind) } } },
  components: { securitySchemes: { it: scheme(authorizer) } },
})
const types: Readonly<Record<string, string>> = { http: 'AWS::ApiGatewayV2::Api', rest: 'AWS::ApiGateway::RestApi' }
/** An API that is nothing but its document. */
const defined = (kind: string, Body: Json): Edit => add({ Document: { Type: types[kind], Properties: { Body } } })
const routes = (edit: Edit): string => claim('authorized-routes', edit, {}, 'Document').verdict
const kinds = Object.keys(types)

describe.each(kinds)('a document of an API of the kind %s', (kind) => {
  const places: readonly (readonly [string, readonly string[]])[] = [
    ['the document', []],
    ['a path', ['paths', '/a']],
    ['an operation', ['paths', '/a', 'get']],
  ]
  const verdictWith = (at: readonly string[], name: string): string => {
    const body = document(kind)
    at.reduce((here, each) => here[each], body)[name] = { a: 1 }
    return routes(defined(kind, body))
  }

  test('is read', () => expect(routes(defined(kind, document(kind)))).toBe('proved'))

  test.each(places)('may mean anything by an extension that nobody knows at %s', (_, at) => {
    expect(verdictWith(at, 'x-amazon-apigateway-of-2030')).toBe('undecided')
    expect(verdictWith(at, 'x-amazon-apigateway-documentation')).toBe('proved')
    expect(verdictWith(at, 'x-of-somebody-else')).toBe('proved')
  })

  const operation = ['paths', '/a', 'get', 'x-amazon-apigateway-integration']
  test.each([
    ['an integration', operation],
    ['its TLS', [...operation, 'tlsConfig']],
    ['an authorizer', ['components', 'securitySchemes', 'it', 'x-amazon-apigateway-authorizer']],
  ])('and by a word in %s', (_, at) => {
    const body = document(kind)
    const [last, ...above] = [...at].reverse() as [string, ...string[]]
    const holder = above.reverse().reduce((here, each) => here[each], body)
    holder[last] = { ...holder[last], of2030: true }
    expect(routes(defined(kind, body))).toBe('undecided')
  })

  const kindsOfAuthorizer: readonly (readonly [string, Json, string, string])[] = [
    ['no audience', { jwtConfiguration: { issuer: 'https://i' } }, 'refuted', 'refuted'],
    ['an empty audience', { jwtConfiguration: { issuer: 'https://i', audience: [] } }, 'refuted', 'refuted'],
    ['no issuer', { jwtConfiguration: { audience: ['a'] } }, 'refuted', 'refuted'],
    ['a token of a function', { type: 'token', authorizerUri: 'arn:x' }, 'undecided', 'proved'],
    ['a function', { type: 'request', authorizerUri: 'arn:x' }, 'proved', 'proved'],
    ['pools', { type: 'cognito_user_pools', providerARNs: ['arn:x'] }, 'undecided', 'proved'],
    ['no pools', { type: 'cognito_user_pools', providerARNs: [] }, 'refuted', 'refuted'],
  ]
  test.each(kindsOfAuthorizer)('with %s', (_, change, http, rest) => {
    expect(routes(defined(kind, document(kind, { ...jwt, ...change })))).toBe(kind === 'http' ? http : rest)
  })

  const call = {
    type: 'aws',
    httpMethod: 'POST',
    uri: 'arn:aws:apigateway:eu-central-1:ec2:action/AuthorizeSecurityGroupIngress',
    credentials: admin,
  }
  test('that calls a service as somebody from outside', () => {
    const body = document(kind)
    body.paths['/b'] = { get: { security: [{ it: [] }], 'x-amazon-apigateway-integration': call } }
    const found = claim('no-side-door', defined(kind, body))
    expect(found.unknowns?.map(({ settle }) => settle)).toEqual([`--assume ${admin}.rights=none`])
    const settled = claim('no-side-door', defined(kind, body), declarationsOf(['--assume', `${admin}.rights=none`]))
    expect(settled.verdict).toBe('proved')
  })

  const include = { 'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: 's3://bucket/routes.yaml' } } }
  const unread: readonly (readonly [string, Json])[] = [
    ['a bucket', { BodyS3Location: { Bucket: 'bucket', Key: 'routes.yaml' } }],
    ['an include', { Body: include }],
    ['a text', { Body: JSON.stringify({ openapi: '3.0.1', paths: { '/a': { get: call } } }) }],
    ['a text with a value', { Body: { 'Fn::Sub': '{"x":"${Given}"}' } }],
    ['an include for its paths', { Body: { openapi: '3.0.1', paths: include } }],
    ['an include in one operation', { Body: { openapi: '3.0.1', paths: { '/a': { get: include } } } }],
  ]
  test.each(unread)('that comes from %s may hold such a role', (_, properties) => {
    const edit = both(free(), add({ Document: { Type: types[kind], Properties: properties } }))
    const found = claim('no-side-door', edit)
    expect(found.unknowns?.map(({ settle }) => settle)).toContain('--assume Document.opens=none')
    const settled = claim('no-side-door', edit, declarationsOf(['--assume', 'Document.opens=none']))
    expect(settled.verdict).toBe('proved')
  })
})

describe('an authorizer that is a resource', () => {
  const changes: readonly (readonly [string, Json])[] = [
    ['no audience', { Issuer: 'https://i' }],
    ['an empty audience', { Issuer: 'https://i', Audience: [] }],
    ['nothing as its audience', { Issuer: 'https://i', Audience: [{ Ref: 'AWS::NoValue' }] }],
    ['no issuer', { Audience: ['a'] }],
  ]
  test.each(changes)('is none with %s', (_, configuration) => {
    const edit = put('Authorizer.Properties.JwtConfiguration', configuration)
    expect(claim('authorized-routes', edit).verdict).toBe('undecided')
  })

  test('and none of Cognito without a pool', () => {
    const rest = (ProviderARNs: Json): Edit =>
      add({
        Rest: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'rest' } },
        Pools: {
          Type: 'AWS::ApiGateway::Authorizer',
          Properties: { RestApiId: { Ref: 'Rest' }, Name: 'pools', Type: 'COGNITO_USER_POOLS', ProviderARNs },
        },
        Method: {
          Type: 'AWS::ApiGateway::Method',
          Properties: {
            RestApiId: { Ref: 'Rest' },
            ResourceId: { 'Fn::GetAtt': ['Rest', 'RootResourceId'] },
            HttpMethod: 'ANY',
            AuthorizationType: 'COGNITO_USER_POOLS',
            AuthorizerId: { Ref: 'Pools' },
            Integration: {
              Type: 'HTTP_PROXY',
              IntegrationHttpMethod: 'ANY',
              ConnectionType: 'VPC_LINK',
              ConnectionId: { Ref: 'Link' },
              IntegrationTarget: { Ref: 'LoadBalancer' },
              Uri: 'https://api.example.com/',
            },
          },
        },
      })
    const verdict = (arns: Json): string => claim('authorized-routes', rest(arns), {}, 'Rest').verdict
    expect(verdict([])).toBe('undecided')
    expect(verdict(['arn:aws:cognito-idp:eu-central-1:111122223333:userpool/x'])).toBe('proved')
  })
})

test('an API whose document is read gives nothing to doubt', () => {
  const edit = both(defined('http', document('http')), defined('rest', document('rest')))
  expect(judge(edit).find(({ id }) => id === 'no-side-door')?.verdict).toBe('proved')
})

describe('a document of Systems Manager', () => {
  const written = { schemaVersion: '0.3', assumeRole: admin, mainSteps: [] }
  const step = (Content: Json): Edit =>
    both(
      (template) => {
        template.Conditions = { IsOne: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-central-1'] } }
      },
      add({
        Steps: { Type: 'AWS::SSM::Document', Properties: { DocumentType: 'Automation', Content } },
        Runs: {
          Type: 'AWS::SSM::Association',
          Properties: { Name: { Ref: 'Steps' }, ScheduleExpression: 'rate(1 day)' },
        },
      }),
    )
  const settles = (Content: Json): readonly string[] =>
    claim('no-side-door', step(Content)).unknowns?.map(({ settle }) => settle ?? '') ?? []

  test('that is written names its role', () => {
    expect(settles(written)).toEqual([`--assume ${admin}.rights=none`])
  })

  const texts: readonly (readonly [string, Json])[] = [
    ['a text', JSON.stringify(written)],
    ['a text with values in it', { 'Fn::Sub': JSON.stringify(written) }],
    ['a joined text', { 'Fn::Join': ['', ['{"assumeRole":"', admin, '"}']] }],
    ['one of two', { 'Fn::If': ['IsOne', { schemaVersion: '0.3' }, JSON.stringify(written)] }],
  ]
  test.each(texts)('that is %s may name any', (_, content) => {
    expect(settles(content)).toEqual(['--assume Steps.opens=none'])
  })

  const text = JSON.stringify(written)
  const at = text.indexOf('assumeRole') + 1
  const cuts = Array.from({ length: 'assumeRole'.length - 1 }, (_, index) => at + index)
  const escaped = (code: string): string => `${text.slice(0, at)}${code}${text.slice(at + 1)}`
  const given: Edit = (template) => {
    template.Parameters = {
      Given: { Type: 'String' },
      Word: { Type: 'String', Default: 'assumeRole' },
      Key: { Type: 'String', AllowedPattern: '^[a-z]+$' },
    }
    template.Mappings = { Texts: { All: { One: text } } }
    template.Resources.Stored = {
      Type: 'AWS::SSM::Parameter',
      Properties: { Type: 'String', Name: '/steps', Value: text },
    }
  }
  const hidden: readonly (readonly [string, Json])[] = [
    ...cuts.map((cut) => [`cut at ${cut}`, { 'Fn::Join': ['', [text.slice(0, cut), text.slice(cut)]] }] as const),
    ...cuts.map(
      (cut) =>
        [
          `with a variable at ${cut}`,
          { 'Fn::Sub': [`${text.slice(0, cut)}\${x}${text.slice(cut + 1)}`, { x: text[cut] }] },
        ] as const,
    ),
    ['escaped as JSON has it', escaped('\\u0073')],
    ['escaped as YAML has it', 'schemaVersion: "0.3"\n"assume\\x52ole": Admin'],
    ['a word by parameter', { 'Fn::Sub': '{"${Word}":"Admin"}' }],
    ['a parameter that may end its text', { 'Fn::Sub': '{"schemaVersion":"${Given}"}' }],
    ['all of it by parameter', { Ref: 'Given' }],
    ['looked up', { 'Fn::FindInMap': ['Texts', 'All', 'One'] }],
    ['stored', { 'Fn::GetAtt': ['Stored', 'Value'] }],
    ['split off', { 'Fn::Select': [1, { 'Fn::Split': ['|', `x|${text}`] }] }],
    ['imported', { 'Fn::ImportValue': 'Steps' }],
  ]
  test.each(hidden)('that hides the word may name any: %s', (_, content) => {
    const { unknowns } = claim('no-side-door', both(step(content), given))
    expect(unknowns?.map(({ settle }) => settle)).toEqual(['--assume Steps.opens=none'])
  })

  test('that speaks of no role names none', () => {
    expect(settles({ 'Fn::Sub': '{"schemaVersion":"2.2","mainSteps":[]}' })).toEqual([])
    const plain = { 'Fn::Sub': '{"schemaVersion":"2.2","description":"in\\t${AWS::Region} for ${Key}"}' }
    expect(claim('no-side-door', both(step(plain), given)).verdict).toBe('proved')
  })

  const inText = JSON.stringify({ AutomationAssumeRole: [admin] })
  const others: readonly (readonly [string, Json])[] = [
    [
      'AWS::Config::RemediationConfiguration',
      { ConfigRuleName: 'x', TargetId: 'AWS-x', TargetType: 'SSM_DOCUMENT', Parameters: inText },
    ],
    [
      'AWS::SSM::MaintenanceWindowTask',
      { WindowId: 'x', TaskArn: 'AWS-x', TaskType: 'AUTOMATION', Priority: 1, TaskParameters: inText },
    ],
    [
      'AWS::CodePipeline::Pipeline',
      { Stages: [{ Name: 'x', Actions: [{ Name: 'x', Configuration: JSON.stringify({ RoleArn: admin }) }] }] },
    ],
  ]
  test.each(others)('so are the parameters of a %s as a text', (Type, Properties) => {
    const { unknowns } = claim('no-side-door', add({ Act: { Type, Properties } }))
    expect(unknowns?.map(({ settle }) => settle)).toContain('--assume Act.opens=none')
  })
})

test('a rule has a role for targets without their own', () => {
  const rule = (RoleArn: Json, own: Json): Edit =>
    add({
      Rule: {
        Type: 'AWS::Events::Rule',
        Properties: {
          ScheduleExpression: 'rate(1 day)',
          RoleArn,
          Targets: [{ Id: 'a', Arn: 'arn:aws:ssm:eu-central-1::automation-definition/AWS-x', RoleArn: own }],
        },
      },
    })
  expect(claim('no-side-door', rule(admin, undefined)).unknowns?.map(({ settle }) => settle)).toEqual([
    `--assume ${admin}.rights=none`,
  ])
  expect(claim('no-side-door', rule(undefined, admin)).verdict).toBe('undecided')
})
