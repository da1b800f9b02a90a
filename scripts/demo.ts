// `npm run demo`: the whole way on this machine, without an AWS account. docs/local-deployment.md says what in it is
// the engine's, what is ours, and what it cannot show.
import { spawn } from 'node:child_process'
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Hosts } from '../tests/e2e/namespaces/hosts.ts'
import type { Answer } from '../tests/e2e/namespaces/network.ts'
import { planOf, type Templates } from '../tests/e2e/namespaces/plan.ts'
import { type LocalCloud, startLocalCloud } from '../tests/engine/local-cloud.ts'
import { repository } from '../tests/lint/python.ts'

const say = (text = ''): boolean => process.stdout.write(`${text}\n`)
const domain = 'api.example.com'
const registry = '111111111111.dkr.ecr.eu-west-1.amazonaws.com'
const unexpected: string[] = []
const leftOut: string[] = []

/** Says what is done and how long it took; on a terminal the seconds tick. */
async function step<T>(title: string, work: () => Promise<T>): Promise<T> {
  const started = performance.now()
  const seconds = (): string => `${((performance.now() - started) / 1000).toFixed(0).padStart(3)} s`
  const tick = process.stdout.isTTY
    ? setInterval(() => process.stdout.write(`\r${seconds()}  ${title} ...`), 500)
    : undefined
  if (!tick) say(`       ${title} ...`)
  try {
    return await work()
  } finally {
    clearInterval(tick)
    say(`${tick ? '\r\u001b[K' : ''}${seconds()}  ${title}`)
  }
}

function portcullis(folder: string, ...args: string[]): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(repository, 'dist', 'cli.js'), ...args], { cwd: folder })
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => {
        output += text
      })
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, output }))
  })
}

function check(what: string, seen: string | number | null, wanted: string | number): void {
  say(`       ${what}: ${seen}`)
  if (seen !== wanted) unexpected.push(`${what}: ${seen} instead of ${wanted}`)
}

async function verify(folder: string, code: number): Promise<void> {
  const verdict = await portcullis(folder, 'verify', 'templates/standalone.yaml')
  const lines = verdict.output.trimEnd().split('\n')
  for (const line of lines.filter((text) => text.startsWith('REFUTED'))) say(`       ${line}`)
  check('its verdict', `${lines.at(-1)} (exit code ${verdict.code})`, `${lines.at(-1)} (exit code ${code})`)
}

async function demo(cloud: LocalCloud): Promise<void> {
  const folder = cloud.folder
  copyFileSync(join(repository, 'portcullis.yaml'), join(folder, 'portcullis.yaml'))
  const made = await step('portcullis generate', () => portcullis(folder, 'generate'))
  check('exit code', made.code, 0)
  await step('portcullis verify', () => verify(folder, 0))

  for (const service of ['orders:1.4.2', 'catalog:2.0.1']) await cloud.runImage(`${registry}/${service}`, service)
  const zone = await cloud.createZone('example.com')
  const parameters = [`HostedZoneId=${zone}`, `CustomersIssuer=${cloud.provider.issuer}`]
  const deployed = await step('sam deploy, into an engine on this machine', () =>
    cloud.runSam(folder, [
      'deploy',
      '--config-env',
      'prod',
      '--region',
      cloud.region,
      '--parameter-overrides',
      ...parameters,
    ]),
  )
  check('exit code', deployed.code, 0)
  if (deployed.code !== 0) return void say(deployed.output)

  const authorization = `Bearer ${cloud.provider.token({ aud: 'shop', sub: 'someone' })}`
  const status = async (line: string, headers = {}): Promise<number> => (await cloud.ask(domain, line, headers)).status
  check('GET /orders without a token', await status('GET /orders'), 401)
  check('GET /orders with a bad token', await status('GET /orders', { authorization: `${authorization}x` }), 401)
  const reply = await cloud.ask(domain, 'GET /orders/7?x=1', { authorization })
  check('GET /orders/7?x=1 with a token', reply.status, 200)
  if (reply.status === 200) {
    const { name, url } = JSON.parse(reply.body)
    check('  answered by', `${name}, which was asked for ${url}`, 'orders:1.4.2, which was asked for /orders/7?x=1')
  }
  check('GET /nothing with a token', await status('GET /nothing', { authorization }), 404)

  await step('delete the stack', () => cloud.deleteStack('shop-prod'))
  const rest = JSON.stringify(await cloud.inventory()) === JSON.stringify(cloud.nothing) ? 'nothing' : 'something'
  check('left behind', rest, 'nothing')

  const file = join(folder, 'templates', 'standalone.yaml')
  const template = readFileSync(file, 'utf8')
  await showPackets(template)
  writeFileSync(file, template.replace('Scheme: internal', 'Scheme: internet-facing'))
  await step('portcullis verify, with the load balancer made internet-facing', () => verify(folder, 1))
}

const shop = (template: string): Templates => ({ stacks: { shop: template } })

/** The packets of the emitted template, which the engine does not filter; null where this machine does not allow it. */
async function startHosts(template: string): Promise<Hosts | null> {
  try {
    return await Hosts.start(planOf(shop(template)))
  } catch (error) {
    say(`       not shown, only proved: ${error instanceof Error ? error.message : error}`)
    leftOut.push('packets between hosts')
    return null
  }
}

async function showPackets(template: string): Promise<void> {
  const hosts = await step('hosts of this machine under the rules of the template', () => startHosts(template))
  if (!hosts) return
  const seen = (answer: Answer): string | number => ('status' in answer ? answer.status : answer.failure)
  try {
    // A route to the internet that the template does not have: the groups alone must protect.
    hosts.apply(planOf(shop(template)), true)
    check(
      'through the gateway, with a token',
      seen(hosts.throughGateway('shop', '/orders', { token: hosts.token })),
      200,
    )
    for (const from of ['internet', 'stranger'] as const) {
      const who = from === 'stranger' ? 'another host of the VPC' : 'the internet'
      check(`straight to the load balancer, from ${who}`, seen(hosts.direct(from, 'shop/LoadBalancer')), 'no answer')
      check(`straight to the task, from ${who}`, seen(hosts.direct(from, 'shop/OrdersService')), 'no answer')
    }
    const rule = /(\n {2}LoadBalancerIngressFromVpcLink:\n(?: {4}.*\n)+?)( {6})SourceSecurityGroupId: .*/
    hosts.apply(planOf(shop(template.replace(rule, '$1$2CidrIp: 0.0.0.0/0'))), true)
    check(
      'the same to the load balancer, with its rule opened',
      seen(hosts.direct('internet', 'shop/LoadBalancer', { path: '/orders' })),
      200,
    )
  } finally {
    await hosts.remove()
  }
}

process.once('SIGINT', () => process.exit(130))
process.once('SIGTERM', () => process.exit(143))
const begun = performance.now()
say('The main example (portcullis.yaml) on this machine. No AWS account, nothing leaves it.')
const cloud = await step('start the engine and the identity provider', startLocalCloud)
try {
  await demo(cloud)
} finally {
  await step('stop', cloud.stop)
}
say(
  `\n${((performance.now() - begun) / 1000).toFixed(0)} s in all${leftOut.length > 0 ? `; left out: ${leftOut.join(', ')}` : ''}`,
)
if (unexpected.length > 0) {
  say(`\nNOT AS EXPECTED:\n  ${unexpected.join('\n  ')}`)
  process.exitCode = 1
}
