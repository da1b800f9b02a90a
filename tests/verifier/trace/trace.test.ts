// One request through templates: every hop with its place, the first barrier and all others, and what a parameter changes.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { UnreadableTemplate } from '../../../verifier/read/errors.ts'
import { fromOf } from '../../../verifier/trace/direct.ts'
import type { Trace } from '../../../verifier/trace/found.ts'
import { type Request, requestOf } from '../../../verifier/trace/request.ts'
import { judged } from '../../../verifier/trace/table.ts'
import { traceText } from '../../../verifier/trace/text.ts'
import { trace } from '../../../verifier/trace/trace.ts'
import { exampleFolders, exampleModel } from '../../support/examples.ts'
import { type Json, readTemplate } from '../../support/read-template.ts'

type Asked = {
  readonly line?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly host?: string
  readonly from?: string
  readonly parameters?: Readonly<Record<string, string>>
}

const folderFiles = (folder: string) => (path: string) => {
  try {
    return readFileSync(join(folder, path), 'utf8')
  } catch {
    return undefined
  }
}

function follow(
  path: string,
  text: string,
  { line = 'GET /orders/17', headers = { authorization: '...' }, host, from, parameters = {} }: Asked = {},
  folder = '',
): Trace {
  return trace({
    templates: [{ path, text }],
    readFile: folderFiles(folder),
    declarations: { parameters: new Map(Object.entries(parameters)) },
    request: requestOf(line, new Map(Object.entries(headers)), host) as Request,
    now: 0,
    ...(from === undefined ? {} : { from: fromOf(from) as NonNullable<ReturnType<typeof fromOf>> }),
  })
}

const main = readFileSync('templates/standalone.yaml', 'utf8')
const emitted: Json = readTemplate(main)
const changed = (change: (template: Json) => void): string => {
  const template = structuredClone(emitted)
  change(template)
  return JSON.stringify(template)
}
const followed = (change: (template: Json) => void, asked: Asked = {}): Trace =>
  follow('t.json', changed(change), asked)
const outcomes = ({ ways }: Trace) => ways.map(({ outcome }) => outcome)
const stops = ({ ways }: Trace, to: string) =>
  ways
    .find((way) => way.to === to)
    ?.hops.filter(({ is }) => is === 'stops')
    .map(({ node }) => node)

const isElsewhere = (node: string): boolean => ['api.example.com', 'HttpsListenerArn', 'VpcLinkId'].includes(node)

/** A request that a route takes. */
const lineOf = (key: string, basePath = ''): string =>
  key
    .replace(/^ANY /, 'GET ')
    .replace(' /', ` ${basePath === '' ? '' : `/${basePath}`}/`)
    .replace(/\{[^}]+\}/g, '17')

describe.each(exampleFolders)('the example in %s', (folder) => {
  const path = join(folder, 'templates/template.yaml')
  const { domain, api } = exampleModel(folder)
  const basePath = domain.basePath
  const line = lineOf(api.routes[0]?.routeKey ?? '', basePath)
  const found = follow(path, readFileSync(path, 'utf8'), { line }, '.')

  test('is passed through, each hop where the template has it', () => {
    const [way] = found.ways
    expect(way?.outcome).toMatchObject({ is: 'reaches' })
    expect(way?.hops.length).toBeGreaterThan(10)
    // A domain or listener that is made elsewhere has no place here.
    for (const { node, file, line } of way?.hops.filter((each) => each.file !== undefined || !isElsewhere(each.node)) ??
      []) {
      if (file === undefined || line === undefined) throw new Error(`${node} has no place`)
      const written = readFileSync(file, 'utf8').split('\n')[line - 1]
      // A rule inside its group stands at the group.
      expect(written).toMatch(new RegExp(`^  (?:${node}|${node.replace(/ .*/, '')}):$`))
    }
    expect(found.forks).toEqual([])
  })

  test.each(['internet', 'vpc', '203.0.113.9', '10.20.0.9'])('past the API, from %s, everything is stopped', (from) => {
    const direct = follow(path, readFileSync(path, 'utf8'), { from }, '.')
    expect(direct.ways.length).toBeGreaterThan(0)
    expect(outcomes(direct).filter(({ is }) => is !== 'stopped')).toEqual([])
  })
})

test('two runs say the same', () => {
  expect(follow('t', main)).toEqual(follow('t', main))
})

describe('barriers', () => {
  test('all that stop it are shown, the first of them is the outcome', () => {
    expect(stops(follow('t', main, { from: 'internet' }), 'LoadBalancer:443')).toEqual([
      'LoadBalancer',
      'PrivateRouteTable1',
      'LoadBalancerSecurityGroup',
    ])
    expect(stops(follow('t', main, { from: 'vpc' }), 'OrdersService:8080')).toEqual(['OrdersTaskSecurityGroup'])
  })

  test('an address is of the VPC, of the internet, or of a network that nothing joins', () => {
    const at = (from: string) => stops(follow('t', main, { from }), 'LoadBalancer:443')
    expect(at('10.20.1.1')).toEqual(['LoadBalancerSecurityGroup'])
    expect(at('10.99.1.1')).toEqual(['Vpc', 'LoadBalancerSecurityGroup'])
    expect(at('8.8.8.8')).toEqual(['LoadBalancer', 'PrivateRouteTable1', 'LoadBalancerSecurityGroup'])
  })

  test('a rule for a range admits who is in it, and the listener decides the rest', () => {
    const open = (template: Json) => {
      const { Properties } = template.Resources.LoadBalancerIngressFromVpcLink
      delete Properties.SourceSecurityGroupId
      Properties.CidrIp = '10.20.1.0/24'
    }
    const at = (from: string, line?: string) =>
      followed(open, { from, ...(line ? { line } : {}) }).ways.find(({ to }) => to === 'LoadBalancer:443')?.outcome
    expect(at('10.20.1.7')).toMatchObject({ is: 'reaches', target: 'OrdersService', port: 8080 })
    expect(at('10.20.1.7', 'GET /')).toMatchObject({ is: 'answered', by: 'HttpsListener', status: 404 })
    expect(at('10.20.2.7')).toMatchObject({ is: 'stopped' })
    expect(at('vpc')).toMatchObject({ is: 'reaches' })
  })

  test.each<[string, (template: Json) => void, object]>([
    [
      'no egress rule of the link',
      ({ Resources }) => delete Resources.VpcLinkEgressToLoadBalancer,
      { is: 'stopped', by: 'VpcLinkSecurityGroup' },
    ],
    [
      'a name that the certificate does not cover',
      ({ Resources }) => {
        Resources.AlbIntegration.Properties.TlsConfig.ServerNameToVerify = 'other.example.org'
      },
      { is: 'stopped', by: 'HttpsListener' },
    ],
    [
      'a listener without TLS',
      ({ Resources }) => {
        Resources.HttpsListener.Properties.Protocol = 'HTTP'
      },
      { is: 'stopped', by: 'HttpsListener' },
    ],
    [
      'no rule for the path',
      ({ Resources }) => {
        delete Resources.OrdersListenerRuleDepth1Part1
      },
      { is: 'answered', by: 'HttpsListener', status: 404 },
    ],
    [
      'a rule before it',
      ({ Resources }) => {
        Resources.Early = {
          ...Resources.OrdersListenerRuleDepth1Part1,
          Properties: {
            ...Resources.OrdersListenerRuleDepth1Part1.Properties,
            Priority: 1,
            Actions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '503' } }],
          },
        }
      },
      { is: 'answered', by: 'Early', status: 503 },
    ],
    [
      'a rule that needs a header which is not sent',
      ({ Resources }) => {
        Resources.OrdersListenerRuleDepth1Part1.Properties.Conditions.push({
          Field: 'http-header',
          HttpHeaderConfig: { HttpHeaderName: 'x-key', Values: ['*'] },
        })
      },
      { is: 'answered', by: 'HttpsListener' },
    ],
    [
      'a rule for a host, which nobody documents',
      ({ Resources }) => {
        Resources.OrdersListenerRuleDepth1Part1.Properties.Conditions.push({
          Field: 'host-header',
          HostHeaderConfig: { Values: ['x'] },
        })
      },
      { is: 'unknown', at: 'OrdersListenerRuleDepth1Part1' },
    ],
    [
      'no stage that is deployed',
      ({ Resources }) => {
        for (const each of Object.values<Json>(Resources))
          if (each.Type === 'AWS::ApiGatewayV2::Stage') each.Properties.AutoDeploy = false
      },
      { is: 'answered', status: 404 },
    ],
    [
      'no rule for the tasks',
      ({ Resources }) => delete Resources.OrdersTaskIngressFromLoadBalancer,
      { is: 'stopped', by: 'OrdersTaskSecurityGroup' },
    ],
  ])('%s', (_, change, expected) => {
    expect(outcomes(followed(change))).toMatchObject([expected])
  })
})

describe('the path that is sent', () => {
  const mapped = (key: string, parameters: Json, stage?: string) => (template: Json) => {
    for (const each of Object.values<Json>(template.Resources)) {
      if (each.Type === 'AWS::ApiGatewayV2::ApiMapping')
        each.Properties = {
          ...each.Properties,
          ...(key ? { ApiMappingKey: key } : {}),
          ...(stage ? { Stage: stage } : {}),
        }
      if (each.Type === 'AWS::ApiGatewayV2::Stage' && stage) each.Properties.StageName = stage
    }
    template.Resources.AlbIntegration.Properties.RequestParameters = parameters
  }
  const at = (change: (template: Json) => void, line: string) => outcomes(followed(change, { line }))

  test('has the name of a stage before it, unless it is overwritten', () => {
    expect(at(mapped('', {}, 'live'), 'GET /orders/17')).toMatchObject([
      { is: 'answered', by: 'HttpsListener', status: 404 },
    ])
    expect(at(mapped('', { 'overwrite:path': '$request.path' }, 'live'), 'GET /orders/17')).toMatchObject([
      { is: 'reaches' },
    ])
  })

  test('is not known under the key of a mapping, unless it is made of variables', () => {
    expect(at(mapped('v1', { 'overwrite:path': '$request.path' }), 'GET /v1/orders/17')).toMatchObject([
      { is: 'unknown' },
    ])
    expect(at(mapped('v1', { 'overwrite:path': '/orders/${request.path.proxy}' }), 'GET /v1/orders/17')).toMatchObject([
      { is: 'reaches' },
    ])
    expect(at(mapped('v1', {}), 'GET /v10/orders')).toMatchObject([
      { is: 'answered', by: 'ApiDomainName', status: 404 },
    ])
  })
})

test('a header that the API fixes is met, whatever the client sends; also one that only the deployment knows', () => {
  const fixed = (value: Json, demanded: Json) => (template: Json) => {
    template.Resources.AlbIntegration.Properties.RequestParameters['overwrite:header.x-key'] = value
    template.Resources.OrdersListenerRuleDepth1Part1.Properties.Conditions.push({
      Field: 'http-header',
      HttpHeaderConfig: { HttpHeaderName: 'X-Key', Values: [demanded] },
    })
  }
  const headers = { authorization: '...', 'x-key': 'mine' }
  const name = { Ref: 'AWS::StackName' }
  expect(outcomes(followed(fixed('one', 'ONE'), { headers }))).toMatchObject([{ is: 'reaches' }])
  expect(outcomes(followed(fixed('one', 'mine'), { headers }))).toMatchObject([{ is: 'answered', status: 404 }])
  expect(outcomes(followed(fixed(name, name), { headers }))).toMatchObject([{ is: 'reaches' }])
})

describe('another host', () => {
  test('is no name of the API', () => {
    expect(outcomes(follow('t', main, { host: 'evil.example.com' }))).toMatchObject([
      { is: 'stopped', by: 'evil.example.com' },
    ])
    expect(outcomes(follow('t', main, { host: 'API.example.com' }))).toMatchObject([{ is: 'reaches' }])
  })
})

describe('forks', () => {
  const debug = (template: Json) => {
    template.Parameters.Debug = { Type: 'String', Default: 'false', AllowedValues: ['true', 'false'] }
    template.Conditions = { ...template.Conditions, IsDebug: { 'Fn::Equals': [{ Ref: 'Debug' }, 'true'] } }
    template.Resources.Open = {
      Condition: 'IsDebug',
      Type: 'AWS::EC2::SecurityGroupIngress',
      Properties: { GroupId: { Ref: 'LoadBalancerSecurityGroup' }, IpProtocol: '-1', CidrIp: '10.0.0.0/8' },
    }
  }

  test('a condition that opens something is one, and is none where the parameter is given', () => {
    const found = followed(debug, { from: 'vpc' })
    expect(found.ways[0]?.outcome).toMatchObject({ is: 'stopped' })
    expect(found.forks).toMatchObject([
      { when: { Debug: 'true' }, ways: [{ to: 'LoadBalancer:443', outcome: { is: 'reaches' } }, {}, {}] },
    ])
    expect(followed(debug, { from: 'vpc', parameters: { Debug: 'false' } }).forks).toEqual([])
    expect(followed(debug, { from: 'vpc', parameters: { Debug: 'true' } }).ways[0]?.outcome).toMatchObject({
      is: 'reaches',
    })
    expect(traceText(found)).toContain('otherwise when Debug=true')
  })

  test('so is a value that a parameter may have', () => {
    const open = (template: Json) => {
      template.Parameters.Scheme = {
        Type: 'String',
        Default: 'internal',
        AllowedValues: ['internal', 'internet-facing'],
      }
      template.Resources.LoadBalancer.Properties.Scheme = { Ref: 'Scheme' }
      template.Parameters.Who = { Type: 'String', Default: '10.20.0.0/16' }
      template.Resources.Open = {
        Type: 'AWS::EC2::SecurityGroupIngress',
        Properties: { GroupId: { Ref: 'LoadBalancerSecurityGroup' }, IpProtocol: '-1', CidrIp: { Ref: 'Who' } },
      }
      template.Resources.Gateway = { Type: 'AWS::EC2::InternetGateway' }
      template.Resources.Way = {
        Type: 'AWS::EC2::Route',
        Properties: {
          RouteTableId: { Ref: 'PrivateRouteTable1' },
          DestinationCidrBlock: '0.0.0.0/0',
          GatewayId: { Ref: 'Gateway' },
        },
      }
    }
    const found = followed(open, { from: 'internet', parameters: { Scheme: 'internet-facing' } })
    expect(found.ways[0]?.outcome).toMatchObject({ is: 'stopped', by: 'LoadBalancerSecurityGroup' })
    expect(found.forks).toMatchObject([{ when: { Who: '0.0.0.0/0' } }])
    expect(followed(open, { from: 'internet', parameters: { Who: '0.0.0.0/0' } }).forks).toMatchObject([
      { when: { Scheme: 'internet-facing' } },
    ])
  })

  test('a table says that what it expects is not known for all values', () => {
    const found = followed(debug, { from: 'vpc' })
    expect(judged({ stop: 'LoadBalancerSecurityGroup' }, found)).toBe('not known')
    expect(
      judged({ stop: 'LoadBalancerSecurityGroup' }, followed(debug, { from: 'vpc', parameters: { Debug: 'false' } })),
    ).toBe('met')
    expect(judged({ target: 'OrdersService' }, found)).toBe('not met')
  })
})

describe('expectations', () => {
  const asked = (rest: Asked) => follow('t', main, rest)
  test.each([
    [{ status: 401 }, { headers: {} }, 'met'],
    [{ status: 404 }, { headers: {} }, 'not met'],
    [{ stop: 'CustomersJwtAuthorizer', status: 401 }, { headers: {} }, 'met'],
    [{ target: 'OrdersService' }, {}, 'met'],
    [{ target: 'CatalogService' }, {}, 'not met'],
    [{ status: 200 }, {}, 'not met'],
    [{ stop: 'PrivateRouteTable1' }, { from: 'internet' }, 'met'],
    [{ stop: 'VpcLink' }, { from: 'internet' }, 'not met'],
    [{ target: 'OrdersService' }, { from: 'internet' }, 'not met'],
  ])('%j of %j is %s', (expected, rest, verdict) => {
    expect(judged(expected, asked(rest))).toBe(verdict)
  })
})

describe('templates of others', () => {
  const folders = ['tests/verifier/foreign', 'tests/verifier/cases', 'tests/verifier/cases/more']
  const files = folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => /\.(ya?ml|json)$/.test(name) && !name.startsWith('expected'))
      .map((name) => [folder, name] as const),
  )

  test('there are many', () => {
    expect(files.length).toBeGreaterThan(90)
  })

  test.each(files)('%s/%s ends somewhere, for everyone', (folder, name) => {
    const text = readFileSync(join(folder, name), 'utf8')
    if (name === 'escape-sequence-in-an-error.yaml') {
      expect(() => follow(name, text)).toThrow(UnreadableTemplate)
      return
    }
    for (const from of [undefined, 'internet', 'vpc']) {
      const found = follow(name, text, { ...(from === undefined ? {} : { from }), line: 'GET /orders' }, folder)
      for (const { outcome } of found.ways) expect(JSON.stringify(outcome)).not.toMatch(/undefined|\[object/)
      expect(traceText(found).split('\n').length).toBeGreaterThan(1)
    }
  })
})

test('names with control characters never reach a terminal raw', () => {
  const text = changed(({ Resources }) => {
    Resources['Bad\u001b[31mRule'] = {
      Type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
      Properties: { ...Resources.OrdersListenerRuleDepth1Part1.Properties, Priority: 1 },
    }
  })
  const shown = traceText(follow('t.json', text, { headers: { authorization: '...', 'x-b': 'a\u001b[2J' } }))
  expect(shown).not.toContain('\u001b')
  expect(shown).toContain('Bad\\u001b[31mRule')
})
