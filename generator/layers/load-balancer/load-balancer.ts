import { type Fragment, fragment } from '../../cfn/fragment.ts'
import { ref } from '../../cfn/handle.ts'
import { param } from '../../cfn/intrinsics.ts'
import { resource } from '../../cfn/resource.ts'
import type { Value } from '../../cfn/value.ts'
import type { Model } from '../../model/model.ts'
import { LoadBalancer, LoadBalancerSecurityGroup, LogBucket, LogBucketPolicy, privateSubnet } from '../handles.ts'
import { nameTags } from '../names.ts'
import { zones } from '../zones.ts'

export const loadBalancer = (model: Model): Fragment => {
  const { accessLogs } = model.loadBalancer
  const attributes: Record<string, Value<string>> = {
    'deletion_protection.enabled': param('LoadBalancerDeletionProtection'),
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
        Subnets: zones(model).map((zone) => ref(privateSubnet(zone))),
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
