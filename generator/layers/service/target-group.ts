import { type Fragment, fragment } from '../../cfn/fragment.ts'
import { ref } from '../../cfn/handle.ts'
import { resource } from '../../cfn/resource.ts'
import type { Service } from '../../model/service/service.ts'
import { Vpc } from '../handles/network.ts'
import { targetGroup as target } from '../handles/service.ts'
import { nameTags } from '../tags.ts'

export const targetGroup = (service: Service): Fragment =>
  fragment(
    resource(target(service), {
      VpcId: ref(Vpc),
      TargetType: 'ip',
      Protocol: 'HTTP',
      Port: service.port,
      HealthCheckPath: service.health.path,
      Matcher: { HttpCode: service.health.statuses },
      HealthCheckIntervalSeconds: 15,
      HealthCheckTimeoutSeconds: 5,
      HealthyThresholdCount: 2,
      UnhealthyThresholdCount: 3,
      TargetGroupAttributes: [
        // No request through API Gateway lasts longer than 30 s, so waiting longer for a leaving task is waste.
        { Key: 'deregistration_delay.timeout_seconds', Value: '30' },
      ],
      Tags: nameTags(service.key),
    }),
  )
