/** Network namespaces of this machine as hosts, joined by one that routes; nftables as their security groups. */
import { execFileSync, spawn } from 'node:child_process'
import type { Line } from './lines.ts'

const gatewayAddress = '169.254.1.1'
/** Networks of this process, which have names of their own. */
let networks = 0

const run = (command: string, args: readonly string[], input?: string): string =>
  execFileSync(command, args, { encoding: 'utf8', env: process.env, input, stdio: ['pipe', 'pipe', 'pipe'] })

function available(what: string, attempt: () => void): void {
  try {
    attempt()
  } catch (error) {
    throw new Error(
      `${what} cannot be used here: ${error instanceof Error ? error.message : error}\n   packets between hosts need root, iproute2, procps, nftables and a kernel that lets them`,
    )
  }
}

export type Answer = { readonly status: number; readonly body: string } | { readonly failure: string }

export class Network {
  readonly #hosts = new Map<string, string>()
  readonly #servers: { readonly kill: () => void; readonly ended: Promise<void> }[] = []
  readonly #mark: string
  readonly #router: string

  constructor() {
    networks += 1
    this.#mark = `pc${process.pid}n${networks}`
    this.#router = `${this.#mark}-router`
    // Before anything is made, so that what is missing leaves nothing behind.
    for (const [tool, ...flags] of [
      ['ip', '-V'],
      ['nft', '--version'],
      ['sysctl', '--version'],
    ] as const)
      available(tool, () => run(tool, flags))
    available('network namespaces', () => run('ip', ['netns', 'add', this.#router]))
    // An interrupted process leaves nothing behind either.
    process.once('exit', this.#deleteSpaces)
    try {
      available('nft', () => this.#in(this.#router, 'nft', 'list', 'ruleset'))
      this.#in(this.#router, 'sysctl', '-qw', 'net.ipv4.ip_forward=1')
    } catch (error) {
      process.off('exit', this.#deleteSpaces)
      this.#deleteSpaces()
      throw error
    }
  }

  /** A host with one interface to the router, and as many as it has addresses. */
  add(name: string, ...addresses: readonly string[]): void {
    const number = this.#hosts.size
    const space = `${this.#mark}-${number}`
    run('ip', ['netns', 'add', space])
    this.#hosts.set(name, space)
    this.#in(space, 'ip', 'link', 'set', 'lo', 'up')
    for (const [index, address] of addresses.entries()) {
      const [inner, outer] = [`e${index}`, `h${number}e${index}`]
      run('ip', ['link', 'add', inner, 'netns', space, 'type', 'veth', 'peer', 'name', outer, 'netns', this.#router])
      this.#in(this.#router, 'ip', 'address', 'add', `${gatewayAddress}/32`, 'dev', outer)
      this.#in(this.#router, 'ip', 'link', 'set', outer, 'up')
      this.#in(this.#router, 'ip', 'route', 'add', `${address}/32`, 'dev', outer)
      this.#in(space, 'ip', 'address', 'add', `${address}/32`, 'dev', inner)
      this.#in(space, 'ip', 'link', 'set', inner, 'up')
      this.#in(space, 'ip', 'route', 'add', gatewayAddress, 'dev', inner, 'metric', String(index + 1))
      // Replies leave by the interface whose address they carry.
      const table = String(100 + index)
      this.#in(space, 'ip', 'route', 'add', 'default', 'via', gatewayAddress, 'dev', inner, 'onlink', 'table', table)
      this.#in(space, 'ip', 'rule', 'add', 'from', address, 'table', table)
      if (index === 0) this.#in(space, 'ip', 'route', 'add', 'default', 'via', gatewayAddress, 'dev', inner, 'onlink')
    }
  }

  /** Stateful, like a security group: what answers an admitted packet passes. `open` are interfaces without a group. */
  guard(name: string, ingress: readonly Line[], egress: readonly Line[], open: readonly string[] = []): void {
    const chain = (hook: 'input' | 'output', lines: readonly Line[]): string => {
      const [side, peer] = hook === 'input' ? ['iif', 'saddr'] : ['oif', 'daddr']
      return [
        `chain ${hook} {`,
        `type filter hook ${hook} priority 0; policy drop;`,
        ...['lo', ...open].map((each) => `${side} ${each} accept`),
        'ct state established,related accept',
        ...lines.map(({ peers, traffic }) => `ip ${peer} { ${peers.join(', ')} } ${matching(traffic)} accept`),
        '}',
      ].join('\n')
    }
    this.#in(this.#space(name), 'nft', 'flush', 'ruleset')
    const table = `table inet groups {\n${chain('input', ingress)}\n${chain('output', egress)}\n}\n`
    run('ip', ['netns', 'exec', this.#space(name), 'nft', '-f', '-'], table)
  }

  /** Whether packets pass between the VPC and anything else. */
  route(vpc: string, isOpen: boolean, outside: readonly string[]): void {
    this.#in(this.#router, 'nft', 'flush', 'ruleset')
    if (isOpen) return
    const others = outside.join(', ')
    const table = `table inet routes {\nchain forward {\ntype filter hook forward priority 0; policy accept;\nip saddr ${vpc} ip daddr { ${others} } drop\nip saddr { ${others} } ip daddr ${vpc} drop\n}\n}\n`
    run('ip', ['netns', 'exec', this.#router, 'nft', '-f', '-'], table)
  }

  /** A Node.js program in the host, ready when it has printed a line. */
  async serve(name: string, script: string, ...args: readonly string[]): Promise<void> {
    const child = spawn('ip', ['netns', 'exec', this.#space(name), process.execPath, script, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let said = ''
    child.stderr.on('data', (data) => (said += data))
    const ended = new Promise<void>((resolve) => child.on('close', () => resolve()))
    this.#servers.push({ kill: () => child.kill('SIGKILL'), ended })
    await new Promise<void>((resolve, reject) => {
      child.stdout.once('data', () => resolve())
      child.once('close', () => reject(new Error(`${script} ended: ${said}`)))
    })
  }

  /** What a request from the host gets, or why it gets nothing. */
  ask(name: string, script: string, ...args: readonly string[]): Answer {
    return JSON.parse(run('ip', ['netns', 'exec', this.#space(name), process.execPath, script, ...args]))
  }

  async remove(): Promise<void> {
    for (const { kill } of this.#servers) kill()
    await Promise.all(this.#servers.map(({ ended }) => ended))
    process.off('exit', this.#deleteSpaces)
    this.#deleteSpaces()
  }

  #deleteSpaces = (): void => {
    for (const { kill } of this.#servers) kill()
    for (const space of [...this.#hosts.values(), this.#router]) run('ip', ['netns', 'delete', space])
  }

  #space(name: string): string {
    const space = this.#hosts.get(name)
    if (!space) throw new Error(`there is no host ${name}`)
    return space
  }

  #in(space: string, ...command: readonly string[]): void {
    run('ip', ['netns', 'exec', space, ...command])
  }
}

/** `tcp/443`, `tcp/0-65535`, `all` -> the match of nftables. */
function matching(traffic: string): string {
  if (traffic.startsWith('all')) return ''
  const [, protocol, ports] = /^(tcp|udp)\/(\d+(?:-\d+)?)$/.exec(traffic) ?? []
  if (!protocol || !ports) throw new Error(`cannot write ${traffic} as a rule`)
  return `${protocol} dport ${ports}`
}
