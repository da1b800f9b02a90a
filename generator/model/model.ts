import type { Api } from './api/api.ts'
import type { Cluster } from './cluster/cluster.ts'
import type { Delivery } from './delivery/delivery.ts'
import type { Target } from './delivery/targets.ts'
import type { Domain } from './domain/domain.ts'
import type { Job } from './job/job.ts'
import type { LoadBalancer } from './load-balancer/load-balancer.ts'
import type { Network } from './network/network.ts'
import type { Observability } from './observability/observability.ts'
import type { Override } from './overrides.ts'
import type { Parameter } from './parameters/parameter.ts'
import type { Platform } from './platform.ts'
import type { Backend } from './service/backend.ts'
import type { External } from './service/external.ts'
import type { Service } from './service/service.ts'
import type { Worker } from './service/worker.ts'
import type { Tag } from './tags.ts'

/**
 * What a config MEANS: every default filled in, every name derived, every choice made. One column for each section of
 * the config. All lists are in a stable order that does not depend on the order of keys.
 */
export type Model = {
  readonly name: string
  /** Of the stacks, and by them of everything that takes tags. */
  readonly tags: readonly Tag[]
  /** Of every role of the application. */
  readonly permissionsBoundary?: Parameter
  readonly domain: Domain
  /** What the exports are called by, where others may use the parts. */
  readonly share?: Parameter
  /** Whose parts are used. */
  readonly platform?: Platform
  readonly network: Network
  readonly cluster: Cluster
  readonly loadBalancer: LoadBalancer
  readonly services: readonly Service[]
  readonly externals: readonly External[]
  readonly backends: readonly Backend[]
  readonly workers: readonly Worker[]
  readonly jobs: readonly Job[]
  readonly api: Api
  readonly observability: Observability
  readonly overrides: readonly Override[]
  readonly delivery: Delivery
  readonly targets: readonly Target[]
  /** Only where a text of the config holds `{environment}`. */
  readonly environmentName?: Parameter
  /** Every parameter that some template may declare, by name; a template declares those that it references. */
  readonly parameters: Readonly<Record<string, Parameter>>
  /** Parameters of layers that the whole takes from exports of the platform. */
  readonly imports: Readonly<Record<string, Parameter>>
}
