/** The hosts of a plan, with servers on them: internet, gateway, load balancer, task, and a stranger in the VPC. */
import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { repository } from '../../lint/python.ts'
import { type Answer, Network } from './network.ts'
import type { Plan } from './plan.ts'

const internet = '203.0.113.9'
const gateway = '198.51.100.10'
/** What the database listens on: the port that the config names, and another one. */
const databasePorts = [5432, 5433]
const script = (name: string): string => join(repository, 'tests/e2e/namespaces', `${name}.mjs`)

function selfSigned(folder: string, name: string): { readonly certificate: string; readonly key: string } {
  const [certificate, key] = [join(folder, 'certificate.pem'), join(folder, 'key.pem')]
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1']
  const files = ['-keyout', key, '-out', certificate]
  const names = ['-subj', `/CN=${name}`, '-addext', `subjectAltName=DNS:${name}`]
  execFileSync('openssl', ['req', '-x509', '-nodes', '-days', '2', ...curve, ...files, ...names], { stdio: 'pipe' })
  return { certificate, key }
}

export class Hosts {
  /** What the gateway takes for a token. */
  readonly token = randomUUID()
  /** The path of a route that needs a token. */
  readonly path: string
  readonly #plan: Plan
  readonly #network: Network
  readonly #folder: string

  private constructor(plan: Plan) {
    this.#plan = plan
    this.path = plan.guarded.replace(/^\S+ /, '').replace(/\{.*?\}/g, '1')
    this.#network = new Network()
    this.#folder = mkdtempSync(join(tmpdir(), 'portcullis-namespaces-'))
  }

  /** The hosts with their servers, and no rules yet; throws where the kernel or the user's rights do not allow it. */
  static async start(plan: Plan): Promise<Hosts> {
    const hosts = new Hosts(plan)
    try {
      await hosts.#serve()
      return hosts
    } catch (error) {
      await hosts.remove()
      throw error
    }
  }

  async #serve(): Promise<void> {
    const network = this.#network
    const { link, loadBalancer, task, stranger, serverName, database } = this.#plan
    const { certificate, key } = selfSigned(this.#folder, serverName)
    const [listener, port] = [loadBalancer, task].map((host) => String(host.port)) as [string, string]
    network.add('internet', internet)
    network.add('stranger', stranger)
    if (database !== undefined) await network.serve('stranger', script('app'), stranger, String(databasePorts[0]))
    network.add('task', task.address)
    if (database !== undefined) {
      network.add('database', database.address)
      for (const each of databasePorts) await network.serve('database', script('app'), database.address, String(each))
    }
    network.add('balancer', loadBalancer.address)
    network.add('gateway', gateway, link.address)
    await network.serve('task', script('app'), task.address, port)
    const behind = [task.address, port, certificate, key]
    await network.serve('balancer', script('load-balancer'), loadBalancer.address, listener, ...behind)
    const upstream = [link.address, loadBalancer.address, listener, serverName, certificate]
    await network.serve('gateway', script('gateway'), gateway, ...upstream, this.token)
  }

  /** The rules of a plan, on every host. `isRouted` puts a route between internet and VPC that the template lacks. */
  apply({ link, loadBalancer, task, database, vpc, isRouted }: Plan, isRoutedAnyway: boolean): void {
    if (database !== undefined) this.#network.guard('database', database.ingress, database.egress)
    // The public side of the gateway is API Gateway's own; its side in the VPC is the link.
    this.#network.guard('gateway', link.ingress, link.egress, ['e0'])
    this.#network.guard('balancer', loadBalancer.ingress, loadBalancer.egress)
    this.#network.guard('task', task.ingress, task.egress)
    this.#network.route(vpc, isRouted || isRoutedAnyway, [internet, gateway])
  }

  /** A request past the gateway. */
  direct(from: 'internet' | 'stranger', to: 'loadBalancer' | 'task'): Answer {
    const { address, port } = this.#plan[to]
    const scheme = to === 'task' ? 'http' : 'https'
    return this.#network.ask(from, script('client'), `${scheme}://${address}:${port}${this.path}`)
  }

  /** A request to the database, at one of its ports. */
  toDatabase(from: 'task' | 'stranger', port: number): Answer {
    return this.#network.ask(from, script('client'), `http://${this.#plan.database?.address}:${port}/`)
  }

  /** A request of the task to another host. */
  fromTask(to: 'stranger'): Answer {
    return this.#network.ask('task', script('client'), `http://${this.#plan[to]}:${databasePorts[0]}/`)
  }

  throughGateway(...credentials: string[]): Answer {
    return this.#network.ask('internet', script('client'), `http://${gateway}${this.path}`, ...credentials)
  }

  async remove(): Promise<void> {
    await this.#network.remove()
    rmSync(this.#folder, { recursive: true })
  }
}
