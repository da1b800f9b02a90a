/**
 * As many tasks as the queue asks for. The number of messages decides alone, since there is always one, also without a
 * task; messages for each running task are not known while none runs. Those that are being worked on count too, or the
 * tasks would be stopped at their work.
 */
import { empty, type Fragment, fragment } from '../../cfn/fragment.ts'
import { type Handle, ref } from '../../cfn/handle.ts'
import { select, split } from '../../cfn/intrinsics.ts'
import { type Entry, resource } from '../../cfn/resource.ts'
import type { Queue } from '../../model/service/scale.ts'
import type { Worker } from '../../model/service/worker.ts'
import { queueBacklogAlarm, queueEmptyAlarm, scalableTarget, scalingPolicy } from '../handles/service.ts'
import { paramOf } from '../parameters.ts'

export const queueScaling = (worker: Worker): Fragment => {
  const { queue } = worker.scale
  if (queue === undefined) return empty
  return fragment(
    policy(worker, queue),
    alarm(worker, queue, queueBacklogAlarm(worker), {
      AlarmDescription: `The queue of ${worker.key} holds messages: asks for tasks. No fault.`,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      EvaluationPeriods: 1,
    }),
    alarm(worker, queue, queueEmptyAlarm(worker), {
      AlarmDescription: `The queue of ${worker.key} has been empty for 15 minutes: asks for as few tasks as possible. No fault.`,
      ComparisonOperator: 'LessThanThreshold',
      EvaluationPeriods: 15,
      // A queue without any message has no metrics after six hours.
      TreatMissingData: 'breaching',
    }),
  )
}

/** Of both alarms: their steps begin at one message. */
const THRESHOLD = 1

const policy = (worker: Worker, { steps }: Queue): Entry =>
  resource(
    scalingPolicy(worker, 'Queue'),
    {
      PolicyName: `${worker.key}-queue`,
      PolicyType: 'StepScaling',
      ScalingTargetId: ref(scalableTarget(worker)),
      StepScalingPolicyConfiguration: {
        AdjustmentType: 'ExactCapacity',
        MetricAggregationType: 'Maximum',
        Cooldown: worker.scale.cooldownSeconds.in,
        StepAdjustments: steps.map(({ from, tasks }, index) => ({
          MetricIntervalLowerBound: index === 0 ? undefined : from - THRESHOLD,
          MetricIntervalUpperBound: index === steps.length - 1 ? undefined : (steps[index + 1]?.from ?? 0) - THRESHOLD,
          ScalingAdjustment: tasks,
        })),
      },
    },
    { why: 'The last step asks for more than there can be; the minimum and the maximum always hold.' },
  )

type Alarm = {
  readonly AlarmDescription: string
  readonly ComparisonOperator: string
  readonly EvaluationPeriods: number
  readonly TreatMissingData?: string
}

const alarm = (worker: Worker, { arn }: Queue, target: Handle<'AWS::CloudWatch::Alarm'>, properties: Alarm): Entry => {
  const messages = (Id: string, MetricName: string) => ({
    Id,
    MetricStat: {
      Metric: {
        Namespace: 'AWS/SQS',
        MetricName,
        Dimensions: [{ Name: 'QueueName', Value: select(5, split(':', paramOf(arn))) }],
      },
      Period: 60,
      Stat: 'Maximum',
    },
    ReturnData: false,
  })
  return resource(target, {
    ...properties,
    Threshold: THRESHOLD,
    Metrics: [
      messages('waiting', 'ApproximateNumberOfMessagesVisible'),
      messages('beingWorkedOn', 'ApproximateNumberOfMessagesNotVisible'),
      { Id: 'backlog', Expression: 'waiting + beingWorkedOn', Label: 'Messages', ReturnData: true },
    ],
    AlarmActions: [ref(scalingPolicy(worker, 'Queue'))],
  })
}
