import type { Config } from '../../config/schema/index.ts'
import type { ListenerRule } from '../load-balancer/listener-rules.ts'
import type { Running, Surroundings } from './running.ts'
import { runningOf } from './running.ts'

type Written = Config['services'][string]

/** Tasks that always run, behind the load balancer. */
export type Service = Running & {
  readonly port: number
  readonly listenerRules: readonly ListenerRule[]
  /** The check of the load balancer. */
  readonly health: Omit<Written['health'], 'command'>
  /** Between the load balancer and its tasks. */
  readonly protocol: 'HTTP' | 'HTTPS'
}

type Given = Surroundings & { readonly rules: readonly ListenerRule[] }

export const serviceOf = (
  key: string,
  service: Written & { readonly port: number },
  { rules, ...surroundings }: Given,
): Service => ({
  ...runningOf(key, service, surroundings),
  port: service.port,
  listenerRules: rules,
  health: service.health,
  protocol: service.protocol === 'https' ? 'HTTPS' : 'HTTP',
})
