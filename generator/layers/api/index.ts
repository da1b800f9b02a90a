import { type Fragment, merge } from '../../cfn/fragment.ts'
import type { Model } from '../../model/model.ts'
import { domainNameConditions } from '../names.ts'
import { securityGroup as taskRules } from '../service/security-group.ts'
import { alias } from './alias.ts'
import { domain } from './domain.ts'
import { httpApi } from './http-api.ts'
import { integration } from './integration.ts'
import { outputs } from './outputs.ts'
import { probe } from './probe.ts'
import { authorizers, routes } from './routes.ts'
import { securityGroupRules } from './security-group-rules.ts'
import { stage } from './stage.ts'
import { vpcLink } from './vpc-link.ts'

/** The front: the gate (link, rules, integration), who may pass (routes, authorizers), and its public name. */
export const api = (model: Model): Fragment => {
  const guards = merge(securityGroupRules(), authorizers(model), routes(model), domain(model))
  const taskGroups = merge(...model.services.map((service) => taskRules(model, service)))
  return merge(
    domainNameConditions(model),
    vpcLink(model),
    httpApi(model),
    integration(model),
    guards,
    stage(),
    alias(model),
    probe(model, merge(guards, taskGroups)),
    outputs(model),
  )
}
