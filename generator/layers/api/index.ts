import { empty, type Fragment, merge } from '../../cfn/fragment.ts'
import { type Api, hasApi } from '../../model/api/api.ts'
import type { Domain } from '../../model/domain/domain.ts'
import type { LoadBalancer } from '../../model/load-balancer/load-balancer.ts'
import type { Network } from '../../model/network/network.ts'
import type { Observability } from '../../model/observability/observability.ts'
import type { Override } from '../../model/overrides.ts'
import type { Parameter } from '../../model/parameters/parameter.ts'
import type { Platform } from '../../model/platform.ts'
import type { External } from '../../model/service/external.ts'
import type { Service } from '../../model/service/service.ts'
import { alias } from './alias.ts'
import { domain as customDomain } from './domain.ts'
import { httpApi } from './http-api.ts'
import { integrations } from './integration.ts'
import { outputs } from './outputs.ts'
import { probe } from './probe.ts'
import { authorizers, routes } from './routes.ts'
import { securityGroupRules } from './security-group-rules.ts'
import { shared } from './share.ts'
import { stage } from './stage.ts'
import { vpcLink } from './vpc-link.ts'

type Slice = {
  readonly name: string
  readonly share?: Parameter
  readonly platform?: Platform
  readonly api: Api
  readonly domain: Domain
  readonly network: Network
  readonly loadBalancer: LoadBalancer
  readonly services: readonly Service[]
  readonly externals: readonly External[]
  readonly observability: Observability
  readonly parameters: Readonly<Record<string, Parameter>>
  readonly overrides: readonly Override[]
}

/**
 * The front: the gate (link, rules, integration), who may pass (routes, authorizers), and its public name.
 * `taskGroups` are the groups behind it, whose changes the isolation probe watches too.
 */
export const api = (slice: Slice, taskGroups: Fragment): Fragment => {
  const { name, api, domain, network, platform } = slice
  // A platform lets its link reach the load balancer itself.
  const link = vpcLink(name, api, network)
  const rules = platform ? empty : securityGroupRules()
  if (!hasApi(api)) return merge(link, rules, shared(slice))
  const guards = merge(rules, authorizers(api), routes(api), customDomain(domain))
  return merge(
    link,
    httpApi(slice),
    integrations(slice),
    guards,
    stage(api),
    alias(domain),
    probe(slice, merge(guards, taskGroups)),
    outputs(domain),
    shared(slice),
  )
}
