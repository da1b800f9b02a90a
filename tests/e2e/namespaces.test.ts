// The claim about packets, shown with packets: the rules of the emitted template on hosts of this machine.
import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type Json, readTemplate } from '../support/read-template.ts'
import { type Answer, Network } from './namespaces/network.ts'
import { type Plan, planOf } from './namespaces/plan.ts'

const service = 'OrdersService'
const emitted: Json = readTemplate(readFileSync('templates/standalone.yaml', 'utf8'))
const script = (name: string): string => join('tests/e2e/namespaces', `${name}.mjs`)
const token = randomUUID()
const internet = '203.0.113.9'
const gateway = '198.51.100.10'
const none = { failure: 'no answer' }

/** The plan of the emitted template, changed or not. */
const plan = (change: (resources: Json) => void = () => {}): Plan => {
  const template = structuredClone(emitted)
  change(template.Resources)
  return planOf(JSON.stringify(template), service)
}
const widened = (id: string) => (resources: Json) => {
  delete resources[id].Properties.SourceSecurityGroupId
  resources[id].Properties.CidrIp = '0.0.0.0/0'
}

let network: Network
let folder: string
const base = plan()

beforeAll(async () => {
  network = new Network()
  folder = mkdtempSync(join(tmpdir(), 'portcullis-namespaces-'))
  const [certificate, key] = [join(folder, 'certificate.pem'), join(folder, 'key.pem')]
  execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:prime256v1',
      '-nodes',
      '-days',
      '2',
      '-keyout',
      key,
      '-out',
      certificate,
      '-subj',
      `/CN=${base.serverName}`,
      '-addext',
      `subjectAltName=DNS:${base.serverName}`,
    ],
    { stdio: 'pipe' },
  )
  const { link, loadBalancer, task, stranger } = base
  network.add('internet', internet)
  network.add('stranger', stranger)
  network.add('task', task.address)
  network.add('balancer', loadBalancer.address)
  network.add('gateway', gateway, link.address)
  await network.serve('task', script('app'), task.address, String(task.port))
  await network.serve(
    'balancer',
    script('load-balancer'),
    loadBalancer.address,
    String(loadBalancer.port),
    task.address,
    String(task.port),
    certificate,
    key,
  )
  await network.serve(
    'gateway',
    script('gateway'),
    gateway,
    link.address,
    loadBalancer.address,
    String(loadBalancer.port),
    base.serverName,
    certificate,
    token,
  )
})
afterAll(async () => {
  await network?.remove()
  if (folder) rmSync(folder, { recursive: true })
})

/** The rules of a plan, on every host. `isRouted` puts a route between internet and VPC that the template does not have. */
function apply({ link, loadBalancer, task, vpc, isRouted }: Plan, isRoutedAnyway: boolean): void {
  // The public side of the gateway is API Gateway's own; its side in the VPC is the link.
  network.guard('gateway', link.ingress, link.egress, ['e0'])
  network.guard('balancer', loadBalancer.ingress, loadBalancer.egress)
  network.guard('task', task.ingress, task.egress)
  network.route(vpc, isRouted || isRoutedAnyway, [internet, gateway])
}

const path = base.guarded.replace(/^\S+ /, '').replace(/\{.*?\}/g, '1')
const direct = (from: string, to: 'loadBalancer' | 'task'): Answer =>
  network.ask(
    from,
    script('client'),
    `${to === 'task' ? 'http' : 'https'}://${base[to].address}:${base[to].port}${path}`,
  )
const throughGateway = (...credentials: string[]): Answer =>
  network.ask('internet', script('client'), `http://${gateway}${path}`, ...credentials)

describe.each([
  ['with a route to the internet that the template does not have, so that groups alone protect', true],
  ['with the routes of the template', false],
])('%s', (_name, isRoutedAnyway) => {
  beforeAll(() => apply(base, isRoutedAnyway))

  test('through the gateway: 401 without a token, 200 with one', () => {
    expect(throughGateway()).toMatchObject({ status: 401 })
    expect(throughGateway(token)).toEqual({ status: 200, body: `task ${path}` })
  })

  test.each(['internet', 'stranger'] as const)('from the %s: no answer from the load balancer or the task', (from) => {
    expect(direct(from, 'loadBalancer')).toEqual(none)
    expect(direct(from, 'task')).toEqual(none)
  })
})

describe.each([
  ['loadBalancer', 'LoadBalancerIngressFromVpcLink'],
  ['task', 'OrdersTaskIngressFromLoadBalancer'],
] as const)('the control: with one rule of the %s widened in the template', (target, rule) => {
  const other = target === 'task' ? 'loadBalancer' : 'task'

  test('the same direct requests are answered, where a route leads', () => {
    apply(plan(widened(rule)), true)
    for (const from of ['internet', 'stranger'] as const) {
      expect(direct(from, target)).toEqual({ status: 200, body: `task ${path}` })
      expect(direct(from, other)).toEqual(none)
    }
  })

  test('and from inside the VPC even without one', () => {
    apply(plan(widened(rule)), false)
    expect(direct('internet', target)).toEqual(none)
    expect(direct('stranger', target)).toEqual({ status: 200, body: `task ${path}` })
  })
})

test('without the rule, the gateway does not get through either', () => {
  apply(
    plan((resources) => {
      delete resources.LoadBalancerIngressFromVpcLink
    }),
    true,
  )
  expect(throughGateway(token)).toMatchObject({ status: 503 })
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
