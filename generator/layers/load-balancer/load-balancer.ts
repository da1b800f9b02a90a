import { type Fragment, fragment } from '../../cfn/fragment.ts'
import { ref } from '../../cfn/handle.ts'
import { resource } from '../../cfn/resource.ts'
import type { Value } from '../../cfn/value.ts'
import type { OwnLoadBalancer } from '../../model/load-balancer/load-balancer.ts'
import type { Network } from '../../model/network/network.ts'
import { LoadBalancer, LoadBalancerSecurityGroup, LogBucket, LogBucketPolicy } from '../handles/load-balancer.ts'
import { privateSubnet } from '../handles/network.ts'
import { paramOf } from '../parameters.ts'
import { nameTags } from '../tags.ts'
import { zones } from '../zones.ts'

export const loadBalancer = ({ accessLogs, deletionProtection }: OwnLoadBalancer, network: Network): Fragment => {
  const attributes: Record<string, Value<string>> = {
    'deletion_protection.enabled': paramOf(deletionProtection),
    'routing.http.drop_invalid_header_fields.enabled': 'true',
    // Longer than the 30 s in which API Gateway gives up, so the load balancer never hangs up first.
    'idle_timeout.timeout_seconds': '60',
    ...(accessLogs ? { 'access_logs.s3.enabled': 'true', 'access_logs.s3.bucket': ref(LogBucket) } : {}),
  }
  return fragment(
    resource(
      LoadBalancer,
      {
        Type: 'application',
        Scheme: 'internal',
        IpAddressType: 'ipv4',
        Subnets: zones(network).map((zone) => ref(privateSubnet(zone))),
        SecurityGroups: [ref(LoadBalancerSecurityGroup)],
        LoadBalancerAttributes: Object.entries(attributes).map(([Key, Value]) => ({ Key, Value })),
        Tags: nameTags('load-balancer'),
      },
      {
        dependsOn: accessLogs ? [LogBucketPolicy] : [],
        why: 'Internal is a constant: no parameter can give this load balancer a public address.',
      },
    ),
  )
}
