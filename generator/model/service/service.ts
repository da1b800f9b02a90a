import type { ListenerRule } from '../load-balancer/listener-rules.ts'
import type { RunService } from '../task/written.ts'
import { type Fronted, frontedOf } from './fronted.ts'
import { type Running, runningOf, type Surroundings } from './running.ts'

/** Tasks that always run, behind the load balancer. */
export type Service = Running & Fronted

type Given = Surroundings & { readonly rules: readonly ListenerRule[] }

export const serviceOf = (
  key: string,
  service: RunService & { readonly port: number },
  { rules, ...surroundings }: Given,
): Service => ({ ...runningOf(key, service, surroundings), ...frontedOf(key, service, rules) })
