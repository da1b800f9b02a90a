import type { Config } from '../../config/schema/index.ts'
import type { ListenerRule } from '../load-balancer/listener-rules.ts'
import type { Running } from './running.ts'
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

type Given = { readonly rules: readonly ListenerRule[]; readonly internet: boolean }

export const serviceOf = (
  key: string,
  service: Written & { readonly port: number },
  { rules, internet }: Given,
): Service => ({
  ...runningOf(key, service, internet),
  port: service.port,
  listenerRules: rules,
  health: service.health,
  protocol: service.protocol === 'https' ? 'HTTPS' : 'HTTP',
})
