import { type Fragment, merge } from '../../cfn/fragment.ts'
import type { Cluster } from '../../model/cluster/cluster.ts'
import type { Network } from '../../model/network/network.ts'
import type { Observability } from '../../model/observability/observability.ts'
import type { Worker } from '../../model/service/worker.ts'
import { paramOf } from '../parameters.ts'
import { execRights } from '../service/exec.ts'
import { fargateService } from '../service/fargate-service.ts'
import { scaling } from '../service/scaling.ts'
import { fileSystems } from '../task/file-systems.ts'
import { task } from '../task/index.ts'
import { taskGroup } from '../task/task-group.ts'
import { queueScaling } from './queue-scaling.ts'

type Surroundings = {
  readonly cluster: Cluster
  readonly network: Network
  readonly observability: Observability
}

/** A service that nothing can reach: no port, no target group, no listener rule, and nobody in its group's rules. */
export const worker = (worker: Worker, { cluster, network, observability }: Surroundings): Fragment =>
  merge(
    taskGroup(worker, network),
    fileSystems(worker, network),
    task(worker, observability, [...queueRights(worker), ...execRights(worker, cluster)]),
    fargateService(worker, network),
    scaling(worker),
    queueScaling(worker),
  )

/** What working off a queue takes: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-api-permissions-reference.html */
const queueRights = ({ scale: { queue } }: Worker): object[] =>
  queue === undefined
    ? []
    : [
        {
          Sid: 'WorkOffQueue',
          Effect: 'Allow',
          Action: [
            'sqs:ChangeMessageVisibility',
            'sqs:DeleteMessage',
            'sqs:GetQueueAttributes',
            'sqs:GetQueueUrl',
            'sqs:ReceiveMessage',
          ],
          Resource: paramOf(queue.arn),
        },
      ]
