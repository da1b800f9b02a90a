import { type Fragment, fragment } from '../../cfn/fragment.ts'
import { ref } from '../../cfn/handle.ts'
import { resource } from '../../cfn/resource.ts'
import type { Service } from '../../model/service/service.ts'
import { Vpc } from '../handles/network.ts'
import { targetGroup as target } from '../handles/service.ts'
import { nameTags } from '../tags.ts'

export const targetGroup = (service: Service): Fragment => {
  const { health, protocol } = service
  return fragment(
    resource(target(service), {
      VpcId: ref(Vpc),
      TargetType: 'ip',
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
    }),
  )
}
