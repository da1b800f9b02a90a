/**
 * The requests that the network of namespaces really makes, and whether they are answered. `trace` must say the same of
 * the same templates: tests/verifier/trace/agreement.test.ts.
 */
import type { Json } from '../../support/read-template.ts'

export type Sender = 'internet' | 'stranger'
export type Receiver = 'loadBalancer' | 'task'

/** The rule of a group that admits whom it should, widened to anybody. */
export const rules = {
  loadBalancer: 'LoadBalancerIngressFromVpcLink',
  task: 'OrdersTaskIngressFromLoadBalancer',
} as const

export const widened = (id: string) => (resources: Json) => {
  delete resources[id].Properties.SourceSecurityGroupId
  resources[id].Properties.CidrIp = '0.0.0.0/0'
}

const senders: readonly Sender[] = ['internet', 'stranger']
const receivers: readonly Receiver[] = ['loadBalancer', 'task']

export type Packet = {
  /** Whose rule is widened. */
  readonly open?: Receiver
  readonly from: Sender
  readonly to: Receiver
  /** With a route to the internet that the template does not have. */
  readonly isRouted: boolean
  readonly isAnswered: boolean
}

export const packets: readonly Packet[] = [undefined, ...receivers].flatMap((open) =>
  senders.flatMap((from) =>
    receivers.flatMap((to) =>
      [true, false].map((isRouted) => ({
        ...(open === undefined ? {} : { open }),
        from,
        to,
        isRouted,
        isAnswered: to === open && (from === 'stranger' || isRouted),
      })),
    ),
  ),
)
