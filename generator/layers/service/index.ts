import { type Fragment, merge } from '../../cfn/fragment.ts'
import type { Model } from '../../model/model.ts'
import type { Service } from '../../model/service/service.ts'
import { fargateService } from './fargate-service.ts'
import { listenerRules } from './listener-rules.ts'
import { roles } from './roles.ts'
import { scaling } from './scaling.ts'
import { securityGroup } from './security-group.ts'
import { targetGroup } from './target-group.ts'
import { taskDefinition } from './task-definition.ts'

export const service = (model: Model, each: Service): Fragment =>
  merge(
    securityGroup(model, each),
    targetGroup(each),
    listenerRules(each),
    roles(each),
    taskDefinition(each),
    fargateService(model, each),
    scaling(each),
  )
