import { type Fragment, merge } from '../../cfn/fragment.ts'
import type { Model } from '../../model/model.ts'
import { accessLogs } from './access-logs.ts'
import { listener } from './listener.ts'
import { loadBalancer as internal } from './load-balancer.ts'
import { loadBalancerGroup } from './security-group.ts'

export const loadBalancer = (model: Model): Fragment =>
  merge(loadBalancerGroup(), accessLogs(model), internal(model), listener(model))
