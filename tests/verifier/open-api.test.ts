// What an OpenAPI document says of an API's own endpoint and of who may call an operation.
import { describe, expect, test } from '@jest/globals'
import { type ClaimReport, verify } from '../../verifier/index.ts'
import { both, claim, type Edit, free, put } from '../support/isolated.ts'
import type { Json } from '../support/read-template.ts'

const key = 'x-amazon-apigateway-endpoint-configuration'
const says = (...values: Json[]): Json =>
  values.map((disableExecuteApiEndpoint, index) => ({
    url: `https://${index}`,
    ...(disableExecuteApiEndpoint === undefined ? {} : { [key]: { disableExecuteApiEndpoint } }),
  }))
const atTop = (disableExecuteApiEndpoint: Json): Json => ({ [key]: { disableExecuteApiEndpoint } })
const three = { openapi: '3.0.1' }
const two = { swagger: '2.0' }
const given = { Ref: 'Given' }

describe('the endpoint of an API', () => {
  const cases: readonly (readonly [what: string, body: Json, property: Json, verdict: string])[] = [
    ['nothing', three, undefined, 'refuted'],
    ['off under its server', { ...three, servers: says(true) }, undefined, 'proved'],
    ['off under its server, as text', { ...three, servers: says('true') }, undefined, 'proved'],
    ['off under each of its servers', { ...three, servers: says(true, true) }, undefined, 'proved'],
    ['on under its server', { ...three, servers: says(false) }, undefined, 'refuted'],
    ['two things', { ...three, servers: says(true, false) }, undefined, 'undecided'],
    ['off under one of two servers', { ...three, servers: says(undefined, true) }, undefined, 'undecided'],
    ['off at the top of OpenAPI 3', { ...three, ...atTop(true) }, undefined, 'undecided'],
    ['off at the top, on under its server', { ...three, ...atTop(true), servers: says(false) }, undefined, 'undecided'],
    ['off at the top of Swagger 2.0', { ...two, ...atTop(true) }, undefined, 'proved'],
    ['off under a server of Swagger 2.0', { ...two, servers: says(true) }, undefined, 'undecided'],
    ['off, without a version', atTop(true), undefined, 'undecided'],
    ['a choice', { ...three, servers: says(given) }, undefined, 'undecided'],
    ['nothing, and the resource off', three, true, 'proved'],
    ['off, as the resource does', { ...three, servers: says(true) }, true, 'proved'],
    ['on, and the resource off', { ...three, servers: says(false) }, true, 'undecided'],
    ['off, and the resource on', { ...three, servers: says(true) }, false, 'undecided'],
    ['off in the wrong place, as the resource does', { ...three, ...atTop(true) }, true, 'proved'],
    ['on in the wrong place, and the resource off', { ...three, ...atTop(false) }, true, 'undecided'],
    ['on under a server of Swagger 2.0, and the resource off', { ...two, servers: says(false) }, true, 'undecided'],
    ['a choice, and the resource off', { ...three, servers: says(given) }, true, 'undecided'],
    ['what nobody can read, and the resource off', given, true, 'undecided'],
  ]
  test.each(cases)('its document says %s', (_, body, property, verdict) => {
    const edit: Edit = both(
      put('Api.Properties.Body', 'Ref' in body ? body : { ...body, paths: {} }),
      put('Api.Properties.DisableExecuteApiEndpoint', property),
      free(),
    )
    expect(claim('no-bypass', edit).verdict).toBe(verdict)
  })
})

describe('x-amazon-apigateway-auth of an operation', () => {
  const schemes: Json = {
    iam: { type: 'apiKey', name: 'Authorization', in: 'header', 'x-amazon-apigateway-authtype': 'awsSigv4' },
  }
  const documents: readonly (readonly [string, Json])[] = [
    ['Swagger 2.0', { ...two, securityDefinitions: schemes }],
    ['OpenAPI 3', { ...three, components: { securitySchemes: schemes } }],
  ]
  const security = [{ iam: [] }]
  const auth = (type: Json): Json => ({ 'x-amazon-apigateway-auth': { type } })
  const operations: readonly (readonly [what: string, operation: Json, rest: string, http: string])[] = [
    ['nothing', {}, 'refuted', 'refuted'],
    ['a scheme', { security }, 'proved', 'proved'],
    ['IAM', auth('AWS_IAM'), 'proved', 'undecided'],
    ['IAM in small letters', auth('aws_iam'), 'proved', 'undecided'],
    ['IAM beside a scheme', { security, ...auth('AWS_IAM') }, 'proved', 'undecided'],
    ['IAM beside no scheme', { security: [], ...auth('AWS_IAM') }, 'undecided', 'undecided'],
    ['nobody', auth('NONE'), 'refuted', 'refuted'],
    ['nobody beside a scheme', { security, ...auth('NONE') }, 'undecided', 'undecided'],
    ['a word that AWS does not know', auth('CUSTOM'), 'undecided', 'undecided'],
    ['a choice', auth(given), 'undecided', 'undecided'],
    ['a choice beside a scheme', { security, ...auth(given) }, 'undecided', 'undecided'],
  ]
  const verdictOf = (Type: string, property: string, document: Json, operation: Json): string | undefined => {
    const integration = { type: 'http_proxy', httpMethod: 'GET', uri: 'https://x', connectionType: 'VPC_LINK' }
    const way = { ...integration, connectionId: { Ref: 'Link' }, integrationTarget: { Ref: 'LoadBalancer' } }
    const Body = { ...document, paths: { '/x': { get: { ...operation, 'x-amazon-apigateway-integration': way } } } }
    let claims: readonly ClaimReport[] = []
    claim('way-in-exists', (template) => {
      template.Parameters = { Given: { Type: 'String' } }
      template.Resources.Document = { Type, Properties: { [property]: Body } }
      if (Type.startsWith('AWS::Serverless')) template.Transform = 'AWS::Serverless-2016-10-31'
      if (Type.startsWith('AWS::Serverless')) template.Resources.Document.Properties.StageName = 'x'
      const templates = [{ path: 't.json', text: JSON.stringify(template) }]
      claims = verify({ templates, readFile: () => undefined }).claims
    })
    return claims.find((each) => each.id === 'authorized-routes' && each.target === 'Document')?.verdict
  }
  const all = documents.flatMap(([version, document]) =>
    operations.map(([what, ...rest]) => [version, what, document, ...rest] as const),
  )
  test.each(all)('%s: %s', (_, _what, document, operation, rest, http) => {
    expect(verdictOf('AWS::ApiGateway::RestApi', 'Body', document, operation)).toBe(rest)
    expect(verdictOf('AWS::Serverless::Api', 'DefinitionBody', document, operation)).toBe(rest)
    if (document.openapi) expect(verdictOf('AWS::ApiGatewayV2::Api', 'Body', document, operation)).toBe(http)
  })
})
