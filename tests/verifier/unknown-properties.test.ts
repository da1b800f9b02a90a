// A property that the table of types does not know may do anything to the claims in which its resource takes part.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { codeOf } from '../../generator/commands/assets.ts'
import { classOf, knownTypes } from '../../verifier/facts/types/table.ts'
import { type Declarations, type Report, verify } from '../../verifier/index.ts'
import { assets } from '../support/examples.ts'
import { declarationsOf } from '../support/flags.ts'
import { type Json, readTemplate } from '../support/read-template.ts'

const own = codeOf(assets)
const judge = (template: Json, declarations: Partial<Declarations> = {}): Report =>
  verify({
    templates: [{ path: 't.json', text: JSON.stringify(template) }],
    readFile: () => undefined,
    ownFunctions: own,
    declarations,
  })
const openIn = ({ claims }: Report): Set<string> =>
  new Set(claims.filter(({ verdict }) => verdict !== 'proved').map(({ id }) => id))

const surrounding = ['no-internet-path', 'no-public-address', 'sole-entrance', 'no-side-door', 'bounded-egress']
/** Claims that must be left open, beside `no-side-door` for all that is no part of an API. */
const expected: Readonly<Record<string, readonly string[]>> = {
  'AWS::ApiGatewayV2::Api': ['authorized-routes', 'verified-tls', 'no-bypass', 'way-in-exists'],
  'AWS::ApiGatewayV2::ApiMapping': ['no-bypass', 'way-in-exists'],
  'AWS::ApiGatewayV2::Authorizer': ['authorized-routes', 'way-in-exists'],
  'AWS::ApiGatewayV2::DomainName': ['no-bypass', 'verified-tls', 'way-in-exists'],
  'AWS::ApiGatewayV2::Integration': ['authorized-routes', 'verified-tls', 'way-in-exists'],
  'AWS::ApiGatewayV2::Route': ['authorized-routes', 'way-in-exists'],
  'AWS::ApiGatewayV2::Stage': ['authorized-routes', 'verified-tls', 'no-bypass', 'way-in-exists'],
  'AWS::ApiGatewayV2::VpcLink': ['sole-entrance', 'verified-tls', 'way-in-exists'],
  'AWS::EC2::RouteTable': ['bounded-egress'],
  'AWS::EC2::Subnet': surrounding,
  'AWS::EC2::SubnetRouteTableAssociation': ['bounded-egress'],
  'AWS::EC2::VPC': surrounding,
  'AWS::EC2::VPCEndpoint': ['bounded-egress'],
  'AWS::ECS::Cluster': surrounding,
  'AWS::ECS::Service': [...surrounding, 'way-in-exists'],
  'AWS::ECS::TaskDefinition': ['no-internet-path', 'sole-entrance', 'way-in-exists'],
  'AWS::ElasticLoadBalancingV2::Listener': ['no-internet-path', 'sole-entrance', 'verified-tls', 'way-in-exists'],
  'AWS::ElasticLoadBalancingV2::ListenerRule': ['way-in-exists'],
  'AWS::ElasticLoadBalancingV2::LoadBalancer': ['no-internet-path', 'no-public-address', 'sole-entrance'],
  'AWS::ElasticLoadBalancingV2::TargetGroup': ['no-internet-path', 'sole-entrance', 'way-in-exists'],
}

const additions: readonly (readonly [string, (properties: Json) => Json])[] = [
  ['a property', (properties) => ({ ...properties, Of2030: 'x' })],
  ['a transform among the properties', (properties) => ({ ...properties, 'Fn::Transform': { Name: 'Other' } })],
]

describe.each([['tests/verifier/cases/isolated.yaml'], ['templates/standalone.yaml']])('%s', (path) => {
  const base: Json = readTemplate(readFileSync(path, 'utf8'))
  test('nothing is open as it stands', () => expect([...openIn(judge(base))]).toEqual([]))
  const first = new Map<string, string>()
  for (const [id, { Type }] of Object.entries<Json>(base.Resources))
    if (classOf(Type) === 'modelled' && !first.has(Type)) first.set(Type, id)
  test.each([...first])('%s', (type, id) => {
    const claims = [...(expected[type] ?? []), ...(type.startsWith('AWS::ApiGateway') ? [] : ['no-side-door'])]
    for (const [name, edit] of additions) {
      const template = structuredClone(base)
      template.Resources[id].Properties = edit(template.Resources[id].Properties ?? {})
      const open = openIn(judge(template))
      expect({ name, missing: claims.filter((each) => !open.has(each)) }).toEqual({ name, missing: [] })
    }
  })
  test.each(['AWS::EC2::Subnet', 'AWS::ApiGatewayV2::Stage'])('%s: the printed flag settles all', (type) => {
    const id = first.get(type) as string
    const template = structuredClone(base)
    template.Resources[id].Properties.Of2030 = 'x'
    expect(judge(template).verdict).toBe('undecided')
    expect(judge(template, declarationsOf(['--assume', `${id}.opens=none`])).verdict).toBe('proved')
  })
})

// A newer property may give rights, or hold a template, and need name nothing for that.
test('one of a type that was judged property by property keeps doors open, whatever it holds', () => {
  const base: Json = readTemplate(readFileSync('tests/verifier/cases/isolated.yaml', 'utf8'))
  const types = [...knownTypes()].filter((type) => classOf(type) === 'judged')
  expect(types.length).toBeGreaterThan(400)
  const proved = types.filter((Type) => {
    const Resources = { ...base.Resources, New: { Type, Properties: { Of2030: 'x' } } }
    return !openIn(judge({ ...base, Resources })).has('no-side-door')
  })
  expect(proved).toEqual([])
})

describe('one of a container whose template is read', () => {
  const base: Json = readTemplate(readFileSync('tests/verifier/cases/isolated.yaml', 'utf8'))
  const body = JSON.stringify({ Resources: { Log: { Type: 'AWS::Logs::LogGroup' } } })
  const place = { DeploymentTargets: { Accounts: ['111122223333'] }, Regions: ['eu-central-1'] }
  const containers: Json = {
    'AWS::CloudFormation::Stack': { TemplateURL: './log.json' },
    'AWS::CloudFormation::StackSet': {
      StackSetName: 'logs',
      PermissionModel: 'SERVICE_MANAGED',
      TemplateBody: body,
      StackInstancesGroup: [place],
    },
  }
  const verdict = (Type: string, more: Json): string => {
    const Resources = { ...base.Resources, New: { Type, Properties: { ...containers[Type], ...more } } }
    return verify({
      templates: [{ path: 't.json', text: JSON.stringify({ ...base, Resources }) }],
      readFile: (path) => (path === 'log.json' ? body : undefined),
    }).verdict
  }
  test.each(Object.keys(containers))('%s', (type) => {
    expect(verdict(type, {})).toBe('proved')
    expect(verdict(type, { Tags: [] })).toBe('proved')
    for (const name of ['ExecutionRoleTemplateBody', 'ExecutionRoleTemplateUrl', 'Of2030'])
      expect([name, verdict(type, { [name]: 'x' })]).toEqual([name, 'undecided'])
  })
})
