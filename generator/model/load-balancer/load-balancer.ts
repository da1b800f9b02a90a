import type { Config } from '../../config/schema/index.ts'
import { deletionProtection } from '../parameters/load-balancer.ts'
import type { Parameter } from '../parameters/parameter.ts'

export type LoadBalancer = { readonly accessLogs: boolean; readonly deletionProtection: Parameter }

export const loadBalancerOf = (loadBalancer: Config['loadBalancer']): LoadBalancer => ({
  accessLogs: loadBalancer.accessLogs,
  deletionProtection: deletionProtection(loadBalancer.deletionProtection),
})
