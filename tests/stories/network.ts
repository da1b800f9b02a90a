import type { Network, Reply } from '../../custom-resources/waiter/network.ts'
import type { FakeClock } from './clock.ts'
import type { Random } from './random.ts'

/** The world outside, as the probe sees it. */
export class FakeNetwork implements Network {
  readonly clock: FakeClock
  readonly random: Random
  readonly violations: string[] = []
  /** From when on the API answers as it should. */
  readyAt = 0
  isOpen = false
  addresses: readonly string[] = ['10.20.0.17', '10.20.1.23']
  domain = ''
  alive: () => boolean = () => true

  constructor(clock: FakeClock, random: Random) {
    this.clock = clock
    this.random = random
  }

  async #wait(): Promise<void> {
    await this.clock.sleep(30 + this.random() * 200)
  }

  resolve4 = async (name: string): Promise<string[]> => {
    if (name === this.domain) this.violations.push(`H1: the probe looked up ${name}`)
    await this.#wait()
    return [...this.addresses]
  }

  resolve6 = async (name: string): Promise<string[]> => {
    await this.#wait()
    throw Object.assign(new Error(`queryAaaa ENODATA ${name}`), { code: 'ENODATA' })
  }

  ask: Network['ask'] = async ({ path, domain }): Promise<Reply> => {
    await this.#wait()
    if (domain !== this.domain) return { status: 403, fromGateway: false }
    if (this.clock.now() < this.readyAt) {
      const early = this.random.pick([403, 404, 429, 503, 0] as const)
      if (early === 0) throw Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })
      return { status: early, fromGateway: early === 404 }
    }
    if (path === '/health') return { status: 200, fromGateway: true }
    return { status: this.isOpen ? 200 : 401, fromGateway: true }
  }
}
