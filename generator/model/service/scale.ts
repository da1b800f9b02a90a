import type { Config } from '../../config/schema/index.ts'
import type { Parameter } from '../parameters/parameter.ts'
import { queueArn } from '../parameters/service.ts'
import type { Named } from '../parameters/task.ts'
import { type Step, stepsOf } from './steps.ts'

type Written = Config['services'][string]['scale']

/** How the number of tasks changes. Its limits are parameters, those of the schedule are not. */
export type Scale = {
  readonly cpu: number
  readonly memory?: number
  readonly requestsPerTarget?: number
  readonly cooldownSeconds: { readonly in?: number; readonly out?: number }
  readonly schedule: Written['schedule']
  /** Instead of the averages of CPU and memory. */
  readonly queue?: Queue
}

export type Queue = { readonly arn: Parameter; readonly steps: readonly Step[] }

export const scaleOf = (
  named: Named,
  { max, cpu, memory, requestsPerTarget, cooldownSeconds, schedule, queue }: Written,
): Scale => ({
  cpu,
  ...(memory === undefined ? {} : { memory }),
  ...(requestsPerTarget === undefined ? {} : { requestsPerTarget }),
  cooldownSeconds: {
    ...(cooldownSeconds?.in === undefined ? {} : { in: cooldownSeconds.in }),
    ...(cooldownSeconds?.out === undefined ? {} : { out: cooldownSeconds.out }),
  },
  schedule,
  ...(queue === undefined
    ? {}
    : {
        queue: {
          arn: queueArn(named, queue.arn),
          steps: stepsOf(queue.messagesPerTask, Math.max(max, ...schedule.map((each) => each.max))),
        },
      }),
})
