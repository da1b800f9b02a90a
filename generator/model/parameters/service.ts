import { QUEUE_ARN } from '../../aws/patterns.ts'
import type { Config } from '../../config/schema/index.ts'
import { defaultOrText, type Parameter } from './parameter.ts'
import { type Named, ofTask, type TaskParameters } from './task.ts'

export type ServiceParameters = TaskParameters & Readonly<Record<'minTasks' | 'maxTasks', Parameter>>

export const taskCounts = (
  named: Named,
  { min, max, queue }: Config['services'][string]['scale'],
  mayRest: boolean,
): Omit<ServiceParameters, keyof TaskParameters> => ({
  minTasks: {
    ...ofTask(named, 'MinTasks', ['scale', 'min']),
    ...tasks('Minimum', min, 'Number of tasks that always run.', queue === undefined && !mayRest ? 1 : 0),
  },
  maxTasks: {
    ...ofTask(named, 'MaxTasks', ['scale', 'max']),
    ...tasks(
      'Maximum',
      max,
      'Number of tasks that scaling never exceeds; must not be less than the minimum.',
      mayRest ? 0 : 1,
    ),
  },
})

export const queueArn = (named: Named, arn: string): Parameter => ({
  ...ofTask(named, 'QueueArn', ['scale', 'queue', 'arn']),
  scope: ['region', 'account'],
  followRegion: 'write {region} in the ARN',
  type: 'String',
  label: 'Queue',
  ...defaultOrText(arn, QUEUE_ARN, `SQS queue of this account and region that the tasks of ${named.key} work off.`),
  constraintDescription: 'must be the ARN of an SQS queue, such as arn:aws:sqs:eu-west-1:111111111111:mails',
})

const tasks = (limit: 'Minimum' | 'Maximum', count: number, description: string, minValue: number) => ({
  type: 'Number' as const,
  default: String(count),
  label: `${limit} tasks`,
  description,
  minValue,
  maxValue: 5000,
  constraintDescription: `must be a whole number from ${minValue} to 5000`,
})

export const deploymentStrategy = (named: Named, kind: string): Parameter => ({
  ...ofTask(named, 'DeploymentStrategy', ['deployment', 'strategy']),
  type: 'String',
  default: kind,
  label: 'How new tasks replace old ones',
  description: `How new tasks of ${named.key} replace old ones: ${kind}, or rolling for the deployment that prepares a service which was rolling before.`,
  allowedValues: ['rolling', kind],
  constraintDescription: `must be rolling or ${kind}`,
})

export const externalGroup = (named: Named, group: string): Parameter => ({
  ...ofTask(named, 'TaskSecurityGroupId', ['external', 'securityGroup']),
  scope: ['region', 'account'],
  type: 'AWS::EC2::SecurityGroup::Id',
  default: group,
  label: 'Security group of the targets',
  description: `Security group of what answers for service ${named.key}, which somebody else runs; it gets a rule that admits the load balancer.`,
  constraintDescription: 'must be the id of a security group, such as sg-0123456789abcdef0',
})
