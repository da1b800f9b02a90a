import { type Fragment, fragment, merge } from '../../cfn/fragment.ts'
import { getAtt } from '../../cfn/handle.ts'
import { type Entry, resource } from '../../cfn/resource.ts'
import type { Network } from '../../model/network/network.ts'
import type { Service } from '../../model/service/service.ts'
import { wayOut } from '../egress/index.ts'
import { LoadBalancerSecurityGroup } from '../handles/load-balancer.ts'
import { loadBalancerEgressTo, taskIngress, taskSecurityGroup } from '../handles/service.ts'
import { closedGroup } from '../security-group.ts'

/** The tasks' group: in from the load balancer only, out by the way that the config asks for. */
export const taskGroup = (service: Service, network: Network): Fragment =>
  merge(
    fragment(
      closedGroup(taskSecurityGroup(service), `Tasks of ${service.key}`, `${service.key}-tasks`),
      ...fromLoadBalancer(service),
    ),
    wayOut(network).taskRules(service),
  )

const fromLoadBalancer = (service: Service): Entry[] => {
  const port = { IpProtocol: 'tcp', FromPort: service.port, ToPort: service.port }
  return [
    resource(loadBalancerEgressTo(service), {
      GroupId: getAtt(LoadBalancerSecurityGroup, 'GroupId'),
      DestinationSecurityGroupId: getAtt(taskSecurityGroup(service), 'GroupId'),
      Description: `To the tasks of ${service.key}`,
      ...port,
    }),
    resource(taskIngress(service), {
      GroupId: getAtt(taskSecurityGroup(service), 'GroupId'),
      SourceSecurityGroupId: getAtt(LoadBalancerSecurityGroup, 'GroupId'),
      Description: 'From the load balancer',
      ...port,
    }),
  ]
}
