// What trace says is what happens: every request that the local deployment makes (tests/e2e/deploy.test.ts), and every
// packet that the network of namespaces sends (tests/e2e/namespaces.test.ts), on the same templates.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { parse, stringify } from 'yaml'
import { generate } from '../../../generator/generate.ts'
import { parseConfig } from '../../../generator/read.ts'
import { fromOf } from '../../../verifier/trace/direct.ts'
import type { Trace } from '../../../verifier/trace/found.ts'
import { type Request, requestOf } from '../../../verifier/trace/request.ts'
import { trace } from '../../../verifier/trace/trace.ts'
import { withStatus } from '../../e2e/application.ts'
import { packets, rules, widened } from '../../e2e/namespaces/packets.ts'
import {
  type Asked,
  type Credential,
  minimal,
  passed,
  pastTheDomain,
  preflight,
  status,
  withoutRoute,
  withoutToken,
} from '../../e2e/requests.ts'
import { assets } from '../../support/examples.ts'
import { type Json, readTemplate } from '../../support/read-template.ts'

const issuer = 'https://127.0.0.1/'
const now = 1_700_000_000
const encode = (part: unknown): string => Buffer.from(JSON.stringify(part)).toString('base64url')
const token = (claims: object): string =>
  `Bearer ${encode({ alg: 'RS256' })}.${encode({ iss: issuer, exp: now + 600, ...claims })}.${encode({})}`
const headerOf = (credential: Credential, aud: string): Record<string, string> => {
  if (credential === 'none') return {}
  const values = {
    'no token': 'Bearer x',
    tampered: token({ aud }),
    good: token({ aud }),
    'for others': token({ aud: 'other' }),
    expired: token({ aud, exp: 1 }),
    'with the scope': token({ aud, scope: 'status.read status.write' }),
  }
  return { authorization: values[credential] }
}

type Files = ReadonlyMap<string, string>

function filesOf(path: string, change: (config: Json) => void = () => {}): Files {
  const config = parse(readFileSync(path, 'utf8'))
  change(config)
  const { model } = parseConfig(stringify(config), path)
  return new Map(generate(model, assets).map((file) => [file.path, file.text]))
}

type Shop = {
  readonly files: Files
  readonly parameters: Readonly<Record<string, string>>
  readonly audience: string
  readonly host: string
}

function traced(
  { files, parameters, audience, host }: Shop,
  template: string,
  { line, credential, headers }: Asked,
): Trace {
  const all = new Map(Object.entries({ ...headers, ...headerOf(credential, audience) }))
  return trace({
    templates: [{ path: template, text: files.get(template) ?? '' }],
    readFile: (path) => files.get(path),
    declarations: { parameters: new Map(Object.entries(parameters)) },
    request: requestOf(line, all, host) as Request,
    now,
  })
}

/** As the client sees it. Whether a signature is right is nothing that templates tell. */
function answerOf({ ways }: Trace): { status: number | undefined; service?: string; needs?: readonly string[] } {
  const [way] = ways
  if (ways.length !== 1 || !way) throw new Error(`${ways.length} ways`)
  const { outcome } = way
  if (outcome.is === 'answered') return { status: outcome.status }
  if (outcome.is === 'reaches') return { status: 200, service: outcome.target, needs: outcome.needs }
  throw new Error(`${outcome.is}: ${outcome.because}`)
}

const domain = 'dev.example.com'
const shop: Shop = {
  files: filesOf('portcullis.yaml'),
  parameters: { DomainName: domain, CustomersIssuer: issuer },
  audience: 'shop',
  host: domain,
}
const grown: Shop = { ...shop, files: filesOf('portcullis.yaml', withStatus) }
const hello: Shop = {
  files: filesOf('examples/minimal/portcullis.yaml'),
  parameters: { UsersIssuer: issuer },
  audience: 'hello',
  host: 'hello.example.com',
}
const past: Shop = { ...shop, host: 'a1b2c3.execute-api.eu-west-1.amazonaws.com' }

describe.each(['templates/template.yaml', 'templates/standalone.yaml'])(
  'on %s, trace agrees with the local deployment:',
  (template) => {
    test.each([
      ...[...withoutToken, ...passed, ...withoutRoute, preflight].map((asked) => ({
        of: 'the main example',
        shop,
        asked,
      })),
      ...pastTheDomain.map((asked) => ({ of: 'its endpoint', shop: past, asked })),
      ...status.map((asked) => ({ of: 'one with a service more', shop: grown, asked })),
      ...minimal.map((asked) => ({ of: 'the minimal example', shop: hello, asked })),
    ])('$asked.line of $of, credential $asked.credential', ({ shop: given, asked }) => {
      const found = traced(given, template, asked)
      const { status: said, service, needs } = answerOf(found)
      if (asked.credential === 'tampered') expect(needs).toEqual([`a signature of ${issuer} on the token`])
      else
        expect({ status: said, service }).toEqual({
          status: asked.status,
          service: asked.service && serviceIn(asked.service),
        })
      expect(found.forks).toEqual([])
    })
  },
)

const serviceIn = (name: string): string => `${name[0]?.toUpperCase()}${name.slice(1)}Service`

describe('on templates/standalone.yaml, trace agrees with the network of namespaces:', () => {
  const emitted: Json = readTemplate(readFileSync('templates/standalone.yaml', 'utf8'))
  const changed = (change: (resources: Json) => void): string => {
    const template = structuredClone(emitted)
    change(template.Resources)
    return JSON.stringify(template)
  }
  const follow = (text: string, from?: string) =>
    trace({
      templates: [{ path: 'template', text }],
      readFile: () => undefined,
      request: requestOf('GET /orders', new Map([['authorization', '...']])) as Request,
      now,
      ...(from === undefined ? {} : { from: fromOf(from) as NonNullable<ReturnType<typeof fromOf>> }),
    })

  /** What the machine adds to the template: a route, and addresses that can be reached from anywhere. */
  const addedByTheNetwork = new Set(['LoadBalancer', 'OrdersService', 'PrivateRouteTable1'])

  test.each(packets)('$from to the $to, open: $open, routed: $isRouted', ({ open, from, to, isRouted, isAnswered }) => {
    const text = open === undefined ? changed(() => {}) : changed(widened(rules[open]))
    const destination = { loadBalancer: 'LoadBalancer:443', task: 'OrdersService:8080' }[to]
    const way = follow(text, from === 'stranger' ? 'vpc' : 'internet').ways.find((each) => each.to === destination)
    const stops = (way?.hops ?? []).filter(({ is }) => is === 'stops').map(({ node }) => node)
    expect((way?.hops ?? []).filter(({ is }) => is === 'unknown')).toEqual([])
    expect(stops.filter((node) => !(isRouted && addedByTheNetwork.has(node))).length === 0).toBe(isAnswered)
  })

  test('without the rule for the link, it does not get through either', () => {
    const text = changed((resources) => {
      delete resources.LoadBalancerIngressFromVpcLink
    })
    expect(follow(text).ways).toMatchObject([{ outcome: { is: 'stopped', by: 'LoadBalancerSecurityGroup' } }])
    expect(follow(changed(() => {})).ways).toMatchObject([{ outcome: { is: 'reaches', target: 'OrdersService' } }])
  })
})
