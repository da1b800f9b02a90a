import { empty, existing, type Fragment, merge } from '../../cfn/fragment.ts'
import type { Certificate } from '../../model/domain/certificate.ts'
import type { LoadBalancer } from '../../model/load-balancer/load-balancer.ts'
import type { Network } from '../../model/network/network.ts'
import type { Observability } from '../../model/observability/observability.ts'
import { HttpsListener, LoadBalancerSecurityGroup } from '../handles/load-balancer.ts'
import { accessLogs } from './access-logs.ts'
import { listener } from './listener.ts'
import { loadBalancer as internal } from './load-balancer.ts'
import { loadBalancerGroup } from './security-group.ts'

type Slice = {
  readonly loadBalancer: LoadBalancer
  readonly certificate: Certificate
  readonly network: Network
  readonly observability: Observability
}

export const loadBalancer = ({ loadBalancer, certificate, network, observability }: Slice): Fragment =>
  loadBalancer.kind === 'existing'
    ? existing(HttpsListener, LoadBalancerSecurityGroup)
    : merge(
        loadBalancerGroup(),
        loadBalancer.accessLogs ? accessLogs(observability) : empty,
        internal(loadBalancer, network),
        listener(certificate),
      )
