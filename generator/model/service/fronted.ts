import type { ListenerRule } from '../load-balancer/listener-rules.ts'
import { pascalCase } from '../names.ts'
import type { WrittenService } from '../task/written.ts'

/** What answers behind the load balancer, whoever runs it. */
export type Fronted = {
  /** The config key, `orders`. */
  readonly key: string
  /** PascalCase of the key. */
  readonly id: string
  readonly port: number
  readonly listenerRules: readonly ListenerRule[]
  /** The check of the load balancer. */
  readonly health: Omit<WrittenService['health'], 'command'>
  /** Between the load balancer and its targets. */
  readonly protocol: 'HTTP' | 'HTTPS'
}

export const frontedOf = (
  key: string,
  { port, health, protocol }: WrittenService & { readonly port: number },
  listenerRules: readonly ListenerRule[],
): Fronted => ({
  key,
  id: pascalCase(key),
  port,
  listenerRules,
  health,
  protocol: protocol === 'https' ? 'HTTPS' : 'HTTP',
})
