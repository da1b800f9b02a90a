import { createHash } from 'node:crypto'
import { BlockList, isIPv6 } from 'node:net'
import { type AwsError, Failure } from '../runtime/errors.ts'
import { poll } from '../runtime/poll.ts'
import { count, parse, text } from '../runtime/properties.ts'
import type { Resource, Task } from '../runtime/task.ts'
import type { Network, Reply } from './network.ts'

//! ---- Custom::PortcullisIsolationProbe: fails a deployment that is open; calls no AWS API ----

const host = /^[a-z0-9.-]{1,253}$/i
const shape = {
  DomainName: text(host),
  ConnectTo: text(host),
  GuardedRequest: text(/^[A-Z]+ \/\S*$/),
  OpenRequest: text(/^[A-Z]+ \/\S*$/, ''),
  OpenStatus: count(100, 599, 200),
  //! Left out where the load balancer is of others.
  LoadBalancerDnsName: text(host, ''),
  VpcCidr: text(/^[\da-f.:]+\/\d+$/i, '10.0.0.0/8'),
  Revision: text(/^.{1,9999}$/s),
  BudgetSeconds: count(1, 3600, 300),
}
type Probe = { [Name in keyof typeof shape]: ReturnType<(typeof shape)[Name]> }

//! The load balancer's name must lead to private addresses or nowhere. No connection is tried: a packet
//! from here to a private address never reaches the VPC, so silence would show nothing.
const privatePlaces = (cidr: string): BlockList => {
  const places = new BlockList()
  for (const range of ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7', cidr]) {
    const [address = '', bits] = range.split('/')
    places.addSubnet(address, Number(bits), isIPv6(address) ? 'ipv6' : 'ipv4')
  }
  return places
}

const addresses = (lookup: Promise<string[]>): Promise<string[]> =>
  lookup.catch((error: AwsError) => {
    if (error.code === 'ENOTFOUND' || error.code === 'ENODATA') return []
    throw error
  })

/** Repeats until the attempt gives a verdict; any error of the network is another try. */
const insist = async (
  task: Task,
  what: string,
  until: number,
  attempt: (signal: AbortSignal) => Promise<readonly [saw: string, passes?: boolean]>,
) => {
  let last = 'nothing'
  let passes: boolean | undefined
  let tries = 0
  task.step = what
  const done = await poll(task, { pause: [2000, 15_000], until }, async () => {
    const limit = new AbortController()
    const both = AbortSignal.any([limit.signal, task.signal])
    tries++
    try {
      ;[last, passes] = await Promise.race([
        attempt(both),
        task.world.sleep(10_000, both).then(() => ['no answer within 10 s'] as const),
      ])
    } catch (error) {
      if (error instanceof Failure) throw error
      last = String((error as AwsError)?.code ?? 'no answer')
    } finally {
      limit.abort()
    }
    task.log('probe', { status: `${what}: ${last}${passes ? ', ok' : ''}`, attempt: tries })
    return passes || undefined
  })
  const seconds = Math.round((task.world.now() - task.started) / 1000)
  if (!done)
    throw new Failure(
      'deadline',
      `${what} - last ${last}, ${tries} tries in ${seconds} s - isolation could not be shown`,
    )
}

const withoutQuery = (request: string) => request.split('?')[0] ?? ''

const ask = (
  network: Network,
  { ConnectTo, DomainName }: Probe,
  request: string,
  signal: AbortSignal,
): Promise<Reply> => {
  const [method = '', path = ''] = request.split(' ')
  return network.ask({ connectTo: ConnectTo, domain: DomainName, method, path, signal })
}

const probe = async (task: Task, network: Network, wanted: Probe): Promise<void> => {
  const { GuardedRequest, OpenRequest, OpenStatus, LoadBalancerDnsName: name } = wanted
  const until = task.started + wanted.BudgetSeconds * 1000
  const inside = privatePlaces(wanted.VpcCidr)
  if (name)
    await insist(task, `resolving ${name}`, until, async () => {
      const found = (await Promise.all([addresses(network.resolve4(name)), addresses(network.resolve6(name))])).flat()
      const outside = found.find((address) => !inside.check(address, isIPv6(address) ? 'ipv6' : 'ipv4'))
      if (outside)
        throw new Failure(
          'state',
          `the load balancer ${name} has the address ${outside}, which is not private - the deployment is open`,
        )
      return [found.join(' ') || 'no address', true]
    })
  const guarded = withoutQuery(GuardedRequest)
  await insist(task, guarded, until, async (signal) => {
    const { status, fromGateway } = await ask(network, wanted, GuardedRequest, signal)
    if (status >= 200 && status < 400)
      throw new Failure(
        'state',
        `${guarded} on ${wanted.DomainName} answered ${status} without credentials - the deployment is open`,
      )
    //! Only a refusal that carries API Gateway's request id comes from the API's authorizer.
    return [
      `${status}${fromGateway ? '' : ' without apigw-requestid'}`,
      (status === 401 || status === 403) && fromGateway,
    ]
  })
  if (OpenRequest)
    await insist(task, withoutQuery(OpenRequest), until, async (signal) => {
      const { status } = await ask(network, wanted, OpenRequest, signal)
      return status === OpenStatus ? [`${status}`, true] : [`${status} instead of ${OpenStatus}`]
    })
}

//! The physical id carries the current and the previous revision. So an Update back to the previous one is
//! known as a rollback, which must not fail on a stack that is half old, and is not probed.
export const isolationProbe = (network: Network): Resource => ({
  async apply(task) {
    const wanted = parse(task.event.ResourceProperties, shape)
    //! It holds values of parameters too, whatever letters they have.
    const Revision = /^[\w.-]{1,64}$/.test(wanted.Revision)
      ? wanted.Revision
      : createHash('sha256').update(wanted.Revision).digest('hex').slice(0, 16)
    const prefix = `portcullis:probe:${task.event.LogicalResourceId}:`
    const id = task.event.RequestType === 'Update' ? task.physicalId : ''
    const [current = '', previous = ''] = id.startsWith(prefix) ? id.slice(prefix.length).split(':') : []
    const Status = 'ISOLATED'
    if (Revision === current || Revision === previous) {
      task.log('probe', { status: 'skipped: nothing new, or a rollback' })
      if (Revision === previous) task.physicalId = `${prefix}${Revision}:`
      return { Status }
    }
    task.physicalId = `${prefix}${Revision}:${current}`
    await probe(task, network, wanted)
    return { Status }
  },
})
