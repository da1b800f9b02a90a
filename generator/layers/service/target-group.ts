import { type Fragment, fragment } from '../../cfn/fragment.ts'
import { type Handle, ref } from '../../cfn/handle.ts'
import { type Entry, resource } from '../../cfn/resource.ts'
import type { Fronted } from '../../model/service/fronted.ts'
import type { Service } from '../../model/service/service.ts'
import { Vpc } from '../handles/network.ts'
import { alternateTargetGroup, targetGroup as target } from '../handles/service.ts'
import { nameTags } from '../tags.ts'

/** With one more of the same kind where the requests are shifted from one to the other. */
export const targetGroups = (service: Service): Fragment =>
  fragment(
    targetGroup(service, target(service), 'ip'),
    ...(service.deployment.shift === undefined ? [] : [targetGroup(service, alternateTargetGroup(service), 'ip')]),
  )

export const targetGroup = (
  service: Fronted,
  handle: Handle<'AWS::ElasticLoadBalancingV2::TargetGroup'>,
  type: 'ip' | 'instance',
): Entry => {
  const { health, protocol } = service
  return resource(handle, {
    VpcId: ref(Vpc),
    TargetType: type,
    Protocol: protocol,
    Port: service.port,
    // Checks speak HTTP when nothing is said, also to targets that speak HTTPS.
    HealthCheckProtocol: protocol === 'HTTPS' ? protocol : undefined,
    HealthCheckPath: health.path,
    Matcher: { HttpCode: health.statuses },
    HealthCheckIntervalSeconds: health.intervalSeconds,
    HealthCheckTimeoutSeconds: health.timeoutSeconds,
    HealthyThresholdCount: health.healthyThreshold,
    UnhealthyThresholdCount: health.unhealthyThreshold,
    TargetGroupAttributes: [
      // No request through API Gateway lasts longer than 30 s, so waiting longer for a leaving task is waste.
      { Key: 'deregistration_delay.timeout_seconds', Value: '30' },
    ],
    Tags: nameTags(service.key),
  })
}
