/** Where an integration leads: a listener by its ARN, or the listener of a load balancer at a port. */
import type { Facts } from '../facts/facts.ts'
import { resourceOf } from '../facts/identity.ts'
import type { Resource } from '../resolve/program.ts'
import { textOf, type Value } from '../resolve/value.ts'
import { type Known, wordOf } from './known.ts'
import { balancersOfLink, linkIn } from './links.ts'
import { listenersOf, listenerType, loadBalancerType, portOf } from './load-balancers.ts'
import type { Integration } from './route.ts'

const protocols = ['HTTP', 'HTTPS', 'TCP', 'TLS', 'UDP', 'TCP_UDP', 'QUIC', 'TCP_QUIC', 'GENEVE'] as const

export const protocolOf = (facts: Facts, listener: Resource): Known<(typeof protocols)[number]> =>
  wordOf(facts.get(listener, 'Protocol'), protocols, 'HTTP')

export const nameOfProtocol = (facts: Facts, listener: Resource): string =>
  textOf(facts.get(listener, 'Protocol')) ?? 'HTTP'

export type Reached = {
  readonly known: readonly Resource[]
  /** What keeps it from being known. */
  readonly value: Value
}

/** Listeners of the templates that an integration certainly reaches. */
export function listenersAt(facts: Facts, integration: Integration): Reached {
  const { target, port } = integration
  const listener = resourceOf(facts, target, listenerType)
  if (listener) return { known: [listener], value: target }
  return { known: balancersAt(facts, integration).flatMap((each) => atPort(facts, each, port)), value: target }
}

/** The load balancer that an integration names itself. */
export const balancerNamedBy = (facts: Facts, { target }: Integration): Resource | undefined =>
  resourceOf(facts, target, loadBalancerType)

/** Load balancers that an integration names itself, or by its link of the first generation. */
export function balancersAt(facts: Facts, integration: Integration): Resource[] {
  const named = balancerNamedBy(facts, integration)
  if (named) return [named]
  const resource = linkIn(facts, integration.link)
  return resource ? balancersOfLink(facts, resource) : []
}

const atPort = (facts: Facts, loadBalancer: Resource, port: number | undefined): Resource[] =>
  listenersOf(facts, loadBalancer).filter((listener) => port !== undefined && portOf(facts, listener) === port)
