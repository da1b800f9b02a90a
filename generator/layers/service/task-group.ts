import type { Fragment } from '../../cfn/fragment.ts'
import { getAtt } from '../../cfn/handle.ts'
import { resource } from '../../cfn/resource.ts'
import type { Network } from '../../model/network/network.ts'
import type { Service } from '../../model/service/service.ts'
import { LoadBalancerSecurityGroup } from '../handles/load-balancer.ts'
import { loadBalancerEgressTo, taskIngress } from '../handles/service.ts'
import { taskSecurityGroup } from '../handles/task.ts'
import { taskGroup } from '../task/task-group.ts'

/** In from the load balancer only. */
export const serviceGroup = (service: Service, network: Network): Fragment => {
  const port = { IpProtocol: 'tcp', FromPort: service.port, ToPort: service.port }
  return taskGroup(service, network, [
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
  ])
}
