import { empty, type Fragment, outputs } from '../../cfn/fragment.ts'
import { getAtt, ref } from '../../cfn/handle.ts'
import { sub } from '../../cfn/intrinsics.ts'
import type { Intrinsic } from '../../cfn/value.ts'
import type { Domain } from '../../model/domain/domain.ts'
import type { LoadBalancer } from '../../model/load-balancer/load-balancer.ts'
import type { Network } from '../../model/network/network.ts'
import type { Parameter } from '../../model/parameters/parameter.ts'
import { VpcLink, VpcLinkSecurityGroup } from '../handles/api.ts'
import { Cluster } from '../handles/cluster.ts'
import { EndpointSecurityGroup } from '../handles/egress.ts'
import { HttpsListener, LoadBalancerSecurityGroup } from '../handles/load-balancer.ts'
import { privateSubnet, Vpc } from '../handles/network.ts'
import { paramOf } from '../parameters.ts'
import { zones } from '../zones.ts'

type Slice = {
  readonly share?: Parameter
  readonly domain: Domain
  readonly network: Network
  readonly loadBalancer: LoadBalancer
}

/** What applications on this one take: under the names of the parameters that they would be given instead. */
export const shared = ({ share, domain, network, loadBalancer }: Slice): Fragment => {
  if (share === undefined) return empty
  const values: Readonly<Record<string, readonly [description: string, value: Intrinsic]>> = {
    VpcId: ['VPC', ref(Vpc)],
    ...Object.fromEntries(
      zones(network).map((zone) => [`PrivateSubnet${zone}Id`, [`Private subnet ${zone}`, ref(privateSubnet(zone))]]),
    ),
    ...(/endpoints$/.test(network.egress.kind)
      ? { EndpointSecurityGroupId: ['Security group of the endpoints', getAtt(EndpointSecurityGroup, 'GroupId')] }
      : {}),
    ClusterName: ['ECS cluster', ref(Cluster)],
    HttpsListenerArn: ['HTTPS listener of the load balancer', ref(HttpsListener)],
    LoadBalancerSecurityGroupId: ['Security group of the load balancer', getAtt(LoadBalancerSecurityGroup, 'GroupId')],
    ServerName: [
      'Name on the certificate of the listener',
      paramOf(loadBalancer.kind === 'existing' ? loadBalancer.serverName : domain.domainName),
    ],
    VpcLinkId: ['VPC link', ref(VpcLink)],
    VpcLinkSecurityGroupId: ['Security group of the VPC link', getAtt(VpcLinkSecurityGroup, 'GroupId')],
  }
  return outputs(
    Object.fromEntries(
      Object.entries(values).map(([name, [description, Value]]) => [
        name,
        {
          Description: `${description}, for applications that use this one`,
          Value,
          Export: { Name: sub(`\${${share.name}}-${name}`) },
        },
      ]),
    ),
  )
}
