import { existing, type Fragment, fragment } from '../../cfn/fragment.ts'
import { resource } from '../../cfn/resource.ts'
import type { Cluster as Planned } from '../../model/cluster/cluster.ts'
import type { Running } from '../../model/service/running.ts'
import { Cluster } from '../handles/cluster.ts'
import { nameTags } from '../tags.ts'

/** With both kinds of Fargate as soon as one service divides its tasks between them. */
export const cluster = (planned: Planned, running: readonly Running[]): Fragment =>
  planned.kind === 'existing'
    ? existing(Cluster)
    : fragment(
        resource(Cluster, {
          CapacityProviders: running.some(({ spot }) => spot !== undefined) ? ['FARGATE', 'FARGATE_SPOT'] : undefined,
          ClusterSettings:
            planned.containerInsights === undefined
              ? undefined
              : [{ Name: 'containerInsights', Value: planned.containerInsights }],
          Tags: nameTags('cluster'),
        }),
      )
