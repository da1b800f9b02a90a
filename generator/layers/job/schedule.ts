import { type Fragment, fragment } from '../../cfn/fragment.ts'
import { getAtt, ref } from '../../cfn/handle.ts'
import { resource } from '../../cfn/resource.ts'
import type { Job } from '../../model/job/job.ts'
import type { Network } from '../../model/network/network.ts'
import { wayOut } from '../egress/index.ts'
import { deadLetterQueue, scheduleRole, stateMachine, schedule as target } from '../handles/job.ts'
import { paramOf } from '../parameters.ts'
import { roleFor } from '../role.ts'
import { nameTags } from '../tags.ts'
import { mountable } from '../task/file-systems.ts'
import { reachRules } from '../task/reaches.ts'

const HOUR = 3600
const FORTNIGHT = 14 * 24 * HOUR

export const schedule = (job: Job, network: Network): Fragment =>
  fragment(
    resource(
      deadLetterQueue(job),
      { MessageRetentionPeriod: FORTNIGHT, SqsManagedSseEnabled: true, Tags: nameTags(`${job.key}-dead-letters`) },
      { why: 'The times at which the job could not be started. A job that started and failed is not here.' },
    ),
    roleFor(scheduleRole(job), 'scheduler.amazonaws.com', {
      policies: [
        {
          PolicyName: 'start-job',
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: [
              {
                Sid: 'StartStateMachine',
                Effect: 'Allow',
                Action: 'states:StartExecution',
                Resource: ref(stateMachine(job)),
              },
              {
                Sid: 'KeepWhatFailed',
                Effect: 'Allow',
                Action: 'sqs:SendMessage',
                Resource: getAtt(deadLetterQueue(job), 'Arn'),
              },
            ],
          },
        },
      ],
      why: 'Starts this state machine, and nothing else.',
    }),
    resource(
      target(job),
      {
        ScheduleExpression: paramOf(job.parameters.schedule),
        ScheduleExpressionTimezone: job.timezone,
        State: paramOf(job.parameters.state),
        FlexibleTimeWindow: { Mode: 'OFF' },
        Target: {
          Arn: ref(stateMachine(job)),
          RoleArn: getAtt(scheduleRole(job), 'Arn'),
          RetryPolicy: { MaximumEventAgeInSeconds: HOUR },
          DeadLetterConfig: { Arn: getAtt(deadLetterQueue(job), 'Arn') },
        },
      },
      {
        dependsOn: [...reachRules(job), ...mountable(job, network), ...wayOut(network).readyBefore(job)],
        why: 'Waits for everything that the first task needs to start.',
      },
    ),
  )
