// A domain that is made elsewhere, and a place on one: which path comes to the load balancer for which request.
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { codeOf } from '../generator/commands/assets.ts'
import { declarationsOf } from '../generator/commands/verdict.ts'
import { generate } from '../generator/generate.ts'
import { parseConfig } from '../generator/read.ts'
import { verify } from '../verifier/index.ts'
import { runs, seed } from './support/effort.ts'
import { assets } from './support/examples.ts'
import type { Json } from './support/read-template.ts'
import { templateOf } from './support/templates.ts'

type Written = { readonly domain?: string; readonly api?: string; readonly services?: string }

const modelWith = ({ domain = 'basePath: shop', api = '', services = '' }: Written) =>
  parseConfig(
    `
name: shop
domain: { name: shop.example.com, zone: { id: Z0123456789ABCDEFGHIJ }, ${domain} }
services: { web: { image: "111111111111.dkr.ecr.{region}.amazonaws.com/web:1", port: 80 ${services} } }
api: { auth: { users: { jwt: { issuer: "https://idp.example.com/", audience: [shop] } } } ${api} }`,
    'portcullis.yaml',
  ).model

const standalone = (model: ReturnType<typeof modelWith>): string =>
  generate(model, assets).find(({ path }) => path === 'templates/standalone.yaml')?.text ?? ''
const templateWith = (written: Written): Json => templateOf(modelWith(written))

describe('a domain that is made elsewhere', () => {
  const model = modelWith({ domain: 'existing: true, basePath: shop', api: ', probe: true' })
  const { Resources, Outputs, Parameters } = templateOf(model)
  const types = Object.values<Json>(Resources).map(({ Type }) => Type)

  test('gets a mapping, and no domain, record or certificate of the domain is made', () => {
    expect(types).not.toContain('AWS::ApiGatewayV2::DomainName')
    expect(types).not.toContain('AWS::Route53::RecordSet')
    expect(Resources.ApiMapping.Properties).toEqual({
      ApiId: { Ref: 'HttpApi' },
      ApiMappingKey: 'shop',
      DomainName: { Ref: 'DomainName' },
      Stage: { Ref: 'DefaultStage' },
    })
    expect(Resources.HttpApi.Properties.DisableExecuteApiEndpoint).toBe(true)
    expect(Outputs.ApiEndpoint.Value).toEqual({ 'Fn::Join': ['', ['https://', { Ref: 'DomainName' }, '/shop']] })
    expect(Outputs.AliasTarget).toBeUndefined()
    expect(Parameters.DomainName.Default).toBe('shop.example.com')
  })

  test('is probed by its name, below the base path', () => {
    expect(Resources.IsolationProbe.Properties).toMatchObject({
      DomainName: { Ref: 'DomainName' },
      ConnectTo: { Ref: 'DomainName' },
      GuardedRequest: 'GET /shop',
    })
  })

  test('is proved without a word about it', () => {
    const declarations = declarationsOf(model)
    expect(declarations).toMatchObject({ allow: [], assume: [], openRoutes: [] })
    const { verdict } = verify({
      templates: [{ path: 'standalone.yaml', text: standalone(model) }],
      readFile: () => undefined,
      declarations,
      ownFunctions: codeOf(assets),
    })
    expect(verdict).toBe('proved')
  })

  test('needs no base path, where the API has the whole domain', () => {
    const { Resources } = templateWith({ domain: 'existing: true' })
    expect(Resources.ApiMapping.Properties.ApiMappingKey).toBeUndefined()
    expect(Resources.AlbIntegration.Properties.RequestParameters['overwrite:path']).toBe('$request.path')
  })
})

test('a domain of its own takes a base path too, with its record', () => {
  const { Resources } = templateWith({ api: ', probe: true' })
  expect(Resources.ApiMapping.Properties).toMatchObject({ ApiMappingKey: 'shop', DomainName: { Ref: 'ApiDomainName' } })
  expect(Resources.ApiAliasRecord).toBeDefined()
  expect(Resources.IsolationProbe.Properties).toMatchObject({
    ConnectTo: { 'Fn::GetAtt': ['ApiDomainName', 'RegionalDomainName'] },
    GuardedRequest: 'GET /shop',
  })
})

test('a service that is deployed by shifting keeps its header, and the methods of a path share an integration', () => {
  const { Resources } = templateWith({
    services: ', deployment: { strategy: blue-green }',
    api: ', routes: [{ route: "GET /a/{id}" }, { route: "POST /a/{id}" }, { route: "ANY /{rest+}" }]',
  })
  const parameters = (id: string) => Resources[id].Properties.RequestParameters
  expect(parameters('AIdPathIntegration')).toEqual({
    'overwrite:path': '/a/${request.path.id}',
    'overwrite:header.x-portcullis-service': 'web',
  })
  for (const id of ['RouteGetAId', 'RoutePostAId'])
    expect(Resources[id].Properties.Target).toEqual({ 'Fn::Sub': 'integrations/${AIdPathIntegration}' })
  expect(Object.values<Json>(Resources).filter(({ Type }) => Type === 'AWS::ApiGatewayV2::Integration')).toHaveLength(2)
})

// As API Gateway writes a parameter mapping: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html
const mapped = (mapping: string, variables: Readonly<Record<string, string>>): string =>
  mapping.replace(/\$\{request\.path\.(\w+)\}/g, (_, name) => variables[name] ?? `<${name}>`)

/** A route, and a request that it takes. */
const taken = fc
  .array(
    fc.oneof(
      fc.stringMatching(/^[a-z][a-z0-9._~-]{0,5}$/).map((text) => ({ text, value: text })),
      fc
        .tuple(fc.stringMatching(/^[a-z_]{1,4}$/), fc.stringMatching(/^[A-Za-z0-9:@!,;=%-]{1,8}$/))
        .map(([name, value]) => ({
          text: `{${name}}`,
          name,
          value,
        })),
    ),
    { maxLength: 5 },
  )
  .chain((segments) =>
    fc
      .option(fc.tuple(fc.constant('rest_of_it'), fc.stringMatching(/^[a-z0-9]{1,3}(?:\/[a-z0-9]{1,3}){0,3}$/)))
      .map((greedy) => {
        const all = [...segments, ...(greedy ? [{ text: `{${greedy[0]}+}`, name: greedy[0], value: greedy[1] }] : [])]
        return {
          route: `/${all.map(({ text }) => text).join('/')}`,
          request: `/${all.map(({ value }) => value).join('/')}`,
          variables: Object.fromEntries(all.flatMap((each) => ('name' in each ? [[each.name, each.value]] : []))),
          isOnce:
            new Set(all.flatMap((each) => ('name' in each ? [each.name] : []))).size ===
            all.filter((each) => 'name' in each).length,
        }
      }),
  )
  .filter(({ isOnce }) => isOnce)

test('whatever the route, the service sees the path of the request without the base path', () => {
  fc.assert(
    fc.property(taken, ({ route, request, variables }) => {
      const { Resources } = templateWith({ api: `, routes: [{ route: "ANY ${route}" }]` })
      const [integration] = Object.values<Json>(Resources).filter(
        ({ Type }) => Type === 'AWS::ApiGatewayV2::Integration',
      )
      expect(mapped(integration.Properties.RequestParameters['overwrite:path'], variables)).toBe(request)
    }),
    { numRuns: runs(100), seed },
  )
})
