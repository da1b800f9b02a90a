import { type Fragment, merge, outputs } from '../../cfn/fragment.ts'
import { ref } from '../../cfn/handle.ts'
import type { Job } from '../../model/job/job.ts'
import type { Network } from '../../model/network/network.ts'
import type { Observability } from '../../model/observability/observability.ts'
import { deadLetterQueue, stateMachine } from '../handles/job.ts'
import { fileSystems } from '../task/file-systems.ts'
import { task } from '../task/index.ts'
import { taskGroup } from '../task/task-group.ts'
import { schedule } from './schedule.ts'
import { machine } from './state-machine.ts'

type Surroundings = { readonly network: Network; readonly observability: Observability }

/** At its times, the schedule starts the state machine, which starts the task, waits for its end and tries again. */
export const job = (job: Job, { network, observability }: Surroundings): Fragment =>
  merge(
    taskGroup(job, network),
    fileSystems(job, network),
    task(job, observability),
    machine(job, network, observability),
    schedule(job, network),
    outputs({
      [`${job.id}StateMachineArn`]: {
        Description: `Job ${job.key}: aws stepfunctions start-execution --state-machine-arn starts it by hand`,
        Value: ref(stateMachine(job)),
      },
      [`${job.id}DeadLetterQueueUrl`]: {
        Description: `Queue of the times at which the job ${job.key} could not be started`,
        Value: ref(deadLetterQueue(job)),
      },
    }),
  )
