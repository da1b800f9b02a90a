import { type Fragment, fragment } from '../../cfn/fragment.ts'
import { ref } from '../../cfn/handle.ts'
import { resource } from '../../cfn/resource.ts'
import type { Service } from '../../model/service/service.ts'
import { HttpsListener } from '../handles/load-balancer.ts'
import { listenerRule, targetGroup } from '../handles/service.ts'

export const listenerRules = (service: Service): Fragment =>
  fragment(
    ...service.listenerRules.map((rule) =>
      resource(listenerRule(service, rule), {
        ListenerArn: ref(HttpsListener),
        Priority: rule.priority,
        Conditions: [{ Field: 'path-pattern', PathPatternConfig: { Values: rule.paths } }],
        Actions: [{ Type: 'forward', TargetGroupArn: ref(targetGroup(service)) }],
      }),
    ),
  )
