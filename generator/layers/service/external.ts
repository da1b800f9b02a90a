import { type Fragment, fragment, merge, outputs } from '../../cfn/fragment.ts'
import { ref } from '../../cfn/handle.ts'
import type { External } from '../../model/service/external.ts'
import { targetGroup as target } from '../handles/service.ts'
import { listenerRules } from './listener-rules.ts'
import { targetGroup } from './target-group.ts'

/** What somebody else runs: where its targets are registered, and the way to them. */
export const external = (service: External, group: Fragment): Fragment =>
  merge(
    group,
    fragment(targetGroup(service, target(service), service.targetType)),
    listenerRules(service),
    outputs({
      [`${service.id}TargetGroupArn`]: {
        Description: `Target group of ${service.key}, at which its owner registers the targets`,
        Value: ref(target(service)),
      },
    }),
  )
