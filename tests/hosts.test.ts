// Services that differ by the name that a client asked the API for: what the load balancer does with a request.
import { expect, test } from '@jest/globals'
import { parseConfig } from '../generator/read.ts'
import { deployed } from './support/deployed.ts'
import type { Json } from './support/read-template.ts'
import { templateOf } from './support/templates.ts'

const image = '"111111111111.dkr.ecr.{region}.amazonaws.com/x:1"'
const config = (services: string): string => `name: hosts
domain:
  name: api.example.com
  alternativeNames: ["*.example.com", { name: "{region}.shop.example.com", publish: true }, { name: www.example.com, publish: true }]
  zone: { id: Z0123456789ABCDEFGHIJ }
services:
${services}
api: { auth: { customers: { jwt: { issuer: https://idp.example.com/, audience: [hosts] } } } }
`
const paths = '["/orders/*", /a, /b, /c, /d, /e, /f, /g]'
const services = `  orders: { image: ${image}, port: 80, paths: ${paths}, hosts: [api.example.com] }
  shop: { image: ${image}, port: 80, paths: ${paths}, hosts: [www.example.com, "{region}.shop.example.com"] }
  whole: { image: ${image}, port: 80, hosts: [www.example.com] }
  all: { image: ${image}, port: 80, paths: [/status] }`

/** What is deployed where the first name has another value. */
function resourcesOf(text: string): Record<string, Json> {
  const { model } = parseConfig(text, 'portcullis.yaml')
  const template = templateOf(model)
  return deployed(template, {
    account: '111111111111',
    region: 'eu-west-1',
    parameters: { DomainName: 'dev.example.com' },
  })
}

const of = (resources: Record<string, Json>, type: string): Json[] =>
  Object.values(resources).flatMap(({ Type, properties }) => (Type === type ? [properties] : []))

/** Values of conditions of a kind. */
const values = (rule: Json, field: string): string[] | undefined => {
  const condition = rule.Conditions.find(({ Field }: Json) => Field === field)
  return condition?.HostHeaderConfig?.Values ?? condition?.PathPatternConfig?.Values
}
const fits = (pattern: string, path: string): boolean =>
  pattern.endsWith('/*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern

const resources = resourcesOf(config(services))
const rules = of(resources, 'AWS::ElasticLoadBalancingV2::ListenerRule').sort((a, b) => a.Priority - b.Priority)

/** The service that the load balancer chooses: the first rule all of whose conditions hold. */
const chosen = (host: string, path: string): string | undefined => {
  const rule = rules.find(
    (each) =>
      (values(each, 'host-header') ?? [host]).includes(host) &&
      values(each, 'path-pattern')?.some((pattern) => fits(pattern, path)),
  )
  return rule && /^\w+?(?=TargetGroup)/.exec(rule.Actions[0].TargetGroupArn)?.[0]
}

test('the same path leads to another service under another name', () => {
  expect(chosen('dev.example.com', '/orders/1')).toBe('Orders')
  expect(chosen('www.example.com', '/orders/1')).toBe('Shop')
  expect(chosen('eu-west-1.shop.example.com', '/g')).toBe('Shop')
  expect(chosen('www.example.com', '/anything')).toBe('Whole')
})

test('what no name of it was asked for leads nowhere, and a service without hosts has them all', () => {
  expect(chosen('dev.example.com', '/anything')).toBeUndefined()
  expect(chosen('other.example.com', '/orders/1')).toBeUndefined()
  for (const host of ['dev.example.com', 'www.example.com']) expect(chosen(host, '/status')).toBe('All')
})

test('names and paths of a rule are five at most', () => {
  const counts = rules.map(
    (rule) => [...(values(rule, 'host-header') ?? []), ...(values(rule, 'path-pattern') ?? [])].length,
  )
  expect(Math.max(...counts)).toBe(5)
})

test('the load balancer hears the name that the API was asked for, whatever the client sends', () => {
  for (const { RequestParameters } of of(resources, 'AWS::ApiGatewayV2::Integration'))
    expect(RequestParameters).toMatchObject({ 'overwrite:header.Host': '$context.domainName' })
  const without = resourcesOf(config(`  all: { image: ${image}, port: 80 }`))
  for (const { RequestParameters } of of(without, 'AWS::ApiGatewayV2::Integration'))
    expect(Object.keys(RequestParameters)).toEqual(['overwrite:path'])
})

test('each route is there once, for all names', () => {
  const keys = of(resources, 'AWS::ApiGatewayV2::Route').map(({ RouteKey }) => RouteKey)
  expect(new Set(keys).size).toBe(keys.length)
  expect(keys).toEqual(expect.arrayContaining(['ANY /orders/{proxy+}', 'ANY /{proxy+}', 'ANY /status']))
})
