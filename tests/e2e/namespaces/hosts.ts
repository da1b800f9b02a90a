/** The hosts of a plan, with servers on them: internet, gateways, load balancer, tasks, and what else is in the VPC. */
import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { repository } from '../../lint/python.ts'
import { type Answer, Network } from './network.ts'
import type { Host, Plan } from './plan.ts'

const internet = '203.0.113.9'
/** API Gateway's own addresses, one for each API. */
const publicAddress = (index: number): string => `198.51.100.${10 + index}`
const script = (name: string): string => join(repository, 'tests/e2e/namespaces', `${name}.mjs`)

function selfSigned(folder: string, names: readonly string[]): { readonly certificate: string; readonly key: string } {
  const [certificate, key] = [join(folder, 'certificate.pem'), join(folder, 'key.pem')]
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1']
  const files = ['-keyout', key, '-out', certificate]
  const alternatives = `subjectAltName=${names.map((name) => `DNS:${name}`).join(',')}`
  const subject = ['-subj', `/CN=${names[0]}`, '-addext', alternatives]
  execFileSync('openssl', ['req', '-x509', '-nodes', '-days', '2', ...curve, ...files, ...subject], { stdio: 'pipe' })
  return { certificate, key }
}

type Request = {
  readonly token?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** What else answers: hosts of the plan, with ports. */
type Servers = Readonly<Record<string, readonly number[]>>

export class Hosts {
  /** What the gateways take for a token. */
  readonly token = randomUUID()
  readonly #plan: Plan
  readonly #network: Network
  readonly #folder: string

  private constructor(plan: Plan) {
    this.#plan = plan
    this.#network = new Network()
    this.#folder = mkdtempSync(join(tmpdir(), 'portcullis-namespaces-'))
  }

  /** The hosts with their servers, and no rules yet; throws where the kernel or the user's rights do not allow it. */
  static async start(plan: Plan, servers: Servers = {}): Promise<Hosts> {
    const hosts = new Hosts(plan)
    try {
      await hosts.#serve(servers)
      return hosts
    } catch (error) {
      await hosts.remove()
      throw error
    }
  }

  async #serve(servers: Servers): Promise<void> {
    const network = this.#network
    const { hosts, gateways, stranger, link, loadBalancer, listener } = this.#plan
    network.add('internet', internet)
    network.add('stranger', stranger)
    for (const [name, { address, port }] of hosts) {
      const own = name === link ? [...gateways.keys()].map((_, index) => publicAddress(index)) : []
      network.add(name, ...own, address)
      const plain = port === undefined || name === loadBalancer ? [] : [port]
      for (const each of [...plain, ...(servers[name] ?? [])])
        await network.serve(name, script('app'), address, String(each), name)
    }
    const names = [...gateways.values()].flatMap((routes) => routes.map(({ serverName }) => serverName))
    const { certificate, key } = selfSigned(this.#folder, [...new Set(names)])
    const at = this.#at(loadBalancer)
    const targets = Object.fromEntries([...hosts].map(([name, { address, port }]) => [name, { host: address, port }]))
    await this.#run(loadBalancer, 'load-balancer', { ...listener, address: at.address, certificate, key, targets })
    const upstream = { host: at.address, port: at.port, localAddress: this.#at(link).address }
    for (const [index, routes] of [...gateways.values()].entries())
      await this.#run(link, 'gateway', {
        address: publicAddress(index),
        token: this.token,
        upstream,
        ca: certificate,
        routes,
      })
  }

  /** The rules of a plan, on every host. `isRouted` puts a route between internet and VPC that the template lacks. */
  apply({ hosts, gateways, link, vpc, isRouted }: Plan, isRoutedAnyway: boolean): void {
    const outside = [...gateways.keys()].map((_, index) => publicAddress(index))
    // The public side of the gateways is API Gateway's own; their side in the VPC is the link.
    for (const [name, { ingress, egress }] of hosts)
      this.#network.guard(name, ingress, egress, name === link ? outside.map((_, index) => `e${index}`) : [])
    this.#network.route(vpc, isRouted || isRoutedAnyway, [internet, ...outside])
  }

  /** A request past the gateways: from a host, the internet or a stranger in the VPC. */
  direct(from: string, to: string, { port = this.#at(to).port, path = '/' } = {}): Answer {
    const scheme = to === this.#plan.loadBalancer ? 'https' : 'http'
    return this.#network.ask(from, script('client'), `${scheme}://${this.#at(to).address}:${port}${path}`, '{}')
  }

  throughGateway(stack: string, path: string, { token, headers = {} }: Request = {}): Answer {
    const gateway = publicAddress([...this.#plan.gateways.keys()].indexOf(stack))
    const sent = { ...headers, ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) }
    return this.#network.ask('internet', script('client'), `http://${gateway}${path}`, JSON.stringify(sent))
  }

  async remove(): Promise<void> {
    await this.#network.remove()
    rmSync(this.#folder, { recursive: true })
  }

  #at(name: string): Host {
    const host = this.#plan.hosts.get(name)
    if (!host) throw new Error(`there is no host ${name}`)
    return host
  }

  #run(host: string, program: string, settings: object): Promise<void> {
    return this.#network.serve(host, script(program), JSON.stringify(settings))
  }
}
