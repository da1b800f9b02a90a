import { type Fragment, merge } from '../../cfn/fragment.ts'
import type { Network } from '../../model/network/network.ts'
import type { Observability } from '../../model/observability/observability.ts'
import type { Service } from '../../model/service/service.ts'
import { fargateService } from './fargate-service.ts'
import { listenerRules } from './listener-rules.ts'
import { roles } from './roles.ts'
import { scaling } from './scaling.ts'
import { targetGroup } from './target-group.ts'
import { taskDefinition } from './task-definition.ts'

type Surroundings = { readonly network: Network; readonly observability: Observability }

/** `taskGroup`: the group of its tasks with its rules, which the isolation probe watches too. */
export const service = (service: Service, taskGroup: Fragment, { network, observability }: Surroundings): Fragment =>
  merge(
    taskGroup,
    targetGroup(service),
    listenerRules(service),
    roles(service),
    taskDefinition(service, observability),
    fargateService(service, network),
    scaling(service),
  )
