import { type Fragment, merge } from '../../cfn/fragment.ts'
import type { Worker } from '../../model/service/worker.ts'
import { paramOf } from '../parameters.ts'
import { apart, type Surroundings } from '../service/apart.ts'
import { queueScaling } from './queue-scaling.ts'

/** A service that nothing can reach, since it has no port. */
export const worker = (worker: Worker, surroundings: Surroundings): Fragment =>
  merge(apart(worker, surroundings, queueRights(worker)), queueScaling(worker))

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
