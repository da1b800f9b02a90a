// A REST API may have a resource policy as a property and another one in its document; which one holds is not known.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { verify } from '../../verifier/index.ts'
import { type Json, readTemplate } from '../support/read-template.ts'

const account = 'arn:aws:iam::111122223333:root'
const statement = (Principal: Json, Effect = 'Allow'): Json => ({
  Effect,
  Principal,
  Action: 'execute-api:Invoke',
  Resource: '*',
})
const policies: Readonly<Record<string, Json | undefined>> = {
  none: undefined,
  closed: { Statement: [statement({ AWS: account })] },
  open: { Statement: [statement('*')] },
  unknown: { Statement: [statement({ AWS: { Ref: 'Given' } })] },
}
type Name = keyof typeof policies

/** Closed only by all that there are, open by all or none; anything else is not known. */
const expected = (one: Name, other: Name): string => {
  const given = [one, other].filter((name) => name !== 'none')
  if (given.every((name) => name === 'open')) return 'refuted'
  return given.every((name) => name === 'closed') ? 'proved' : 'undecided'
}
const pairs = Object.keys(policies).flatMap((one) => Object.keys(policies).map((other) => [one, other] as const))

const base: Json = readTemplate(readFileSync('tests/verifier/cases/isolated.yaml', 'utf8'))
const integration = (names: readonly string[]): Json => ({
  [names[0] as string]: 'HTTP_PROXY',
  [names[1] as string]: 'ANY',
  [names[2] as string]: 'VPC_LINK',
  [names[3] as string]: { Ref: 'Link' },
  [names[4] as string]: { Ref: 'LoadBalancer' },
  [names[5] as string]: 'https://orders.example.com',
})
const written = ['type', 'httpMethod', 'connectionType', 'connectionId', 'integrationTarget', 'uri']
const properties = ['Type', 'IntegrationHttpMethod', 'ConnectionType', 'ConnectionId', 'IntegrationTarget', 'Uri']

const verdict = (resources: Json, Transform?: string): string | undefined => {
  const template = structuredClone(base)
  for (const [id, { Type }] of Object.entries<Json>(template.Resources))
    if (Type.startsWith('AWS::ApiGateway') && id !== 'Link') delete template.Resources[id]
  Object.assign(template, { Parameters: { Given: { Type: 'String' } }, ...(Transform ? { Transform } : {}) })
  Object.assign(template.Resources, resources)
  const templates = [{ path: 't.json', text: JSON.stringify(template) }]
  const { claims } = verify({ templates, readFile: () => undefined, declarations: {} })
  return claims.find(({ id }) => id === 'authorized-routes')?.verdict
}
const body = (policy: Json | undefined, paths: Json = {}): Json => ({
  openapi: '3.0.1',
  paths,
  ...(policy ? { 'x-amazon-apigateway-policy': policy } : {}),
})
const paths = { '/a': { get: { 'x-amazon-apigateway-integration': integration(written) } } }
const property = (policy: Json | undefined): Json => (policy ? { Policy: policy } : {})

describe.each(pairs)('%s as a property, %s in the document', (one, other) => {
  const [own, inBody] = [policies[one], policies[other]]
  test('routes of the document', () => {
    const Api = { Type: 'AWS::ApiGateway::RestApi', Properties: { Body: body(inBody, paths), ...property(own) } }
    expect(verdict({ Api })).toBe(expected(one, other))
  })
  test('methods beside it', () => {
    const Api = { Type: 'AWS::ApiGateway::RestApi', Properties: { Body: body(inBody), ...property(own) } }
    const Method = {
      Type: 'AWS::ApiGateway::Method',
      Properties: {
        RestApiId: { Ref: 'Api' },
        ResourceId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] },
        HttpMethod: 'GET',
        AuthorizationType: 'NONE',
        Integration: integration(properties),
      },
    }
    expect(verdict({ Api, Method })).toBe(expected(one, other))
  })
  test('an API of SAM', () => {
    const Api = {
      Type: 'AWS::Serverless::Api',
      Properties: { StageName: 'live', DefinitionBody: body(inBody, paths), ...property(own) },
    }
    expect(verdict({ Api }, 'AWS::Serverless-2016-10-31')).toBe(expected(one, other))
  })
})
test('what SAM writes into the document counts beside the property', () => {
  const of = (ResourcePolicy: Json, own: Name): string | undefined =>
    verdict(
      {
        Api: {
          Type: 'AWS::Serverless::Api',
          Properties: {
            StageName: 'live',
            DefinitionBody: body(undefined, paths),
            Auth: { ResourcePolicy },
            ...property(policies[own]),
          },
        },
      },
      'AWS::Serverless-2016-10-31',
    )
  const closed = { AwsAccountWhitelist: ['111122223333'] }
  const open = { IpRangeWhitelist: ['10.0.0.0/8'] }
  expect(of(closed, 'none')).toBe('proved')
  expect(of(closed, 'closed')).toBe('proved')
  expect(of(closed, 'open')).toBe('undecided')
  expect(of(open, 'closed')).toBe('undecided')
})

describe('a condition on everybody', () => {
  const conditions: readonly (readonly [string, Json, string])[] = [
    ['the organization of the caller', { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } }, 'undecided'],
    ['an account of the caller', { StringEquals: { 'aws:PrincipalAccount': ['111122223333'] } }, 'undecided'],
    ['the ARN of the caller, in small letters', { ArnLike: { 'aws:principalarn': 'arn:*' } }, 'undecided'],
    ['the user', { StringLike: { 'aws:userid': '*' } }, 'undecided'],
    ['addresses', { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } }, 'refuted'],
    ['an endpoint', { StringEquals: { 'aws:SourceVpce': 'vpce-1' } }, 'refuted'],
    [
      'addresses and the organization',
      { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' }, StringEquals: { 'aws:PrincipalOrgID': 'o-1' } },
      'undecided',
    ],
    ['what is not known', { StringEquals: { Ref: 'Given' } }, 'undecided'],
  ]
  test.each(conditions)('asks for %s', (_, Condition, expected) => {
    const policy = { Statement: [{ ...statement('*'), Condition }] }
    const Api = { Type: 'AWS::ApiGateway::RestApi', Properties: { Body: body(policy, paths) } }
    expect(verdict({ Api })).toBe(expected)
  })
})
