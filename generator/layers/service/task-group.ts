import { existing, type Fragment, fragment, merge } from '../../cfn/fragment.ts'
import type { Entry } from '../../cfn/resource.ts'
import type { Network } from '../../model/network/network.ts'
import type { External } from '../../model/service/external.ts'
import type { Fronted } from '../../model/service/fronted.ts'
import type { Service } from '../../model/service/service.ts'
import { LoadBalancerSecurityGroup } from '../handles/load-balancer.ts'
import { loadBalancerEgressTo, taskIngress } from '../handles/service.ts'
import { taskSecurityGroup } from '../handles/task.ts'
import { between } from '../security-group.ts'
import { taskGroup } from '../task/task-group.ts'

/** In from the load balancer only. */
export const serviceGroup = (service: Service, network: Network): Fragment =>
  taskGroup(service, network, fromLoadBalancer(service))

/** A group of others gets the same rule as one of ours. */
export const externalGroup = (external: External): Fragment =>
  merge(existing(taskSecurityGroup(external)), fragment(...fromLoadBalancer(external)))

const fromLoadBalancer = (service: Fronted): readonly Entry[] =>
  between({
    from: LoadBalancerSecurityGroup,
    to: taskSecurityGroup(service),
    port: service.port,
    egress: { rule: loadBalancerEgressTo(service), says: `To the tasks of ${service.key}` },
    ingress: { rule: taskIngress(service), says: 'From the load balancer' },
  })
