// The claim about packets, shown with packets: the rules of the emitted template on hosts of this machine.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type Json, readTemplate } from '../support/read-template.ts'
import { Hosts } from './namespaces/hosts.ts'
import { packets, rules, widened } from './namespaces/packets.ts'
import { type Plan, planOf } from './namespaces/plan.ts'

const emitted: Json = readTemplate(readFileSync('templates/standalone.yaml', 'utf8'))
const none = { failure: 'no answer' }
const path = '/orders'
const answer = `shop/OrdersService ${path}`

/** The plan of the emitted template, changed or not. */
const plan = (change: (resources: Json) => void = () => {}): Plan => {
  const template = structuredClone(emitted)
  change(template.Resources)
  return planOf({ stacks: { shop: JSON.stringify(template) } })
}
const hostOf = { loadBalancer: 'shop/LoadBalancer', task: 'shop/OrdersService' } as const

let hosts: Hosts
const base = plan()

beforeAll(async () => {
  hosts = await Hosts.start(base)
})
afterAll(() => hosts?.remove())

describe.each([
  ['with a route to the internet that the template does not have, so that groups alone protect', true],
  ['with the routes of the template', false],
])('%s', (_name, isRoutedAnyway) => {
  test('through the gateway: 401 without a token, 200 with one', () => {
    hosts.apply(base, isRoutedAnyway)
    expect(hosts.throughGateway('shop', path)).toMatchObject({ status: 401 })
    expect(hosts.throughGateway('shop', path, { token: hosts.token })).toEqual({ status: 200, body: answer })
  })

  describe.each([undefined, 'loadBalancer', 'task'] as const)('past it, with the rule of the %s widened', (open) => {
    beforeAll(() => hosts.apply(open === undefined ? base : plan(widened(rules[open])), isRoutedAnyway))

    test.each(packets.filter((each) => each.open === open && each.isRouted === isRoutedAnyway))(
      'from the $from to the $to: $isAnswered',
      ({ from, to, isAnswered }) => {
        expect(hosts.direct(from, hostOf[to], { path })).toEqual(isAnswered ? { status: 200, body: answer } : none)
      },
    )
  })
})

test('without the rule, the gateway does not get through either', () => {
  hosts.apply(
    plan((resources) => {
      delete resources.LoadBalancerIngressFromVpcLink
    }),
    true,
  )
  expect(hosts.throughGateway('shop', path, { token: hosts.token })).toMatchObject({ status: 503 })
})

test('a resource that has no place in this network is refused, not left out', () => {
  expect(() =>
    plan((resources) => {
      resources.Acl = { Type: 'AWS::EC2::NetworkAcl', Properties: { VpcId: { Ref: 'Vpc' } } }
    }),
  ).toThrow(/Acl is an AWS::EC2::NetworkAcl/)
  expect(() =>
    plan((resources) => {
      resources.LoadBalancerIngressFromVpcLink.Properties.SourceSecurityGroupId = 'sg-0123456789abcdef0'
    }),
  ).toThrow(/LoadBalancerIngressFromVpcLink/)
})

describe('on a machine that lacks', () => {
  const path = process.env['PATH'] ?? ''
  const folder = mkdtempSync(join(tmpdir(), 'portcullis-tools-'))
  afterAll(() => {
    process.env['PATH'] = path
    rmSync(folder, { recursive: true })
  })

  test.each(['nft', 'ip', 'sysctl'])('%s, that is said before anything is made', async (missing) => {
    for (const tool of ['nft', 'ip', 'sysctl']) {
      const from =
        path
          .split(':')
          .map((each) => join(each, tool))
          .find((each) => existsSync(each)) ?? ''
      rmSync(join(folder, tool), { force: true })
      if (tool !== missing) symlinkSync(from, join(folder, tool))
    }
    const spaces = (): string[] =>
      readdirSync('/run/netns')
        .filter((name) => name.startsWith(`pc${process.pid}`))
        .sort()
    const before = spaces()
    process.env['PATH'] = folder
    try {
      await expect(Hosts.start(base)).rejects.toThrow(new RegExp(`^${missing} cannot be used here: [^]*nftables`))
    } finally {
      process.env['PATH'] = path
    }
    expect(spaces()).toEqual(before)
  })
})
