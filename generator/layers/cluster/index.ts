import { existing, type Fragment, fragment } from '../../cfn/fragment.ts'
import { ref } from '../../cfn/handle.ts'
import { resource } from '../../cfn/resource.ts'
import type { Cluster as Planned } from '../../model/cluster/cluster.ts'
import type { Observability } from '../../model/observability/observability.ts'
import type { Running } from '../../model/service/running.ts'
import { Cluster, ExecSessionLogs } from '../handles/cluster.ts'
import { logGroup } from '../log-group.ts'
import { nameTags } from '../tags.ts'

/** With both kinds of Fargate as soon as one service divides its tasks between them, and with a log of the shells in tasks. */
export const cluster = (planned: Planned, running: readonly Running[], observability: Observability): Fragment => {
  if (planned.kind === 'existing') return existing(Cluster)
  const { containerInsights } = planned
  const logsSessions = running.some(({ exec }) => exec)
  return fragment(
    ...(logsSessions ? [logGroup(ExecSessionLogs, observability)] : []),
    resource(Cluster, {
      CapacityProviders: running.some(({ spot }) => spot !== undefined) ? ['FARGATE', 'FARGATE_SPOT'] : undefined,
      ClusterSettings:
        containerInsights === undefined ? undefined : [{ Name: 'containerInsights', Value: containerInsights }],
      Configuration: logsSessions
        ? {
            ExecuteCommandConfiguration: {
              Logging: 'OVERRIDE',
              LogConfiguration: { CloudWatchLogGroupName: ref(ExecSessionLogs) },
            },
          }
        : undefined,
      Tags: nameTags('cluster'),
    }),
  )
}
