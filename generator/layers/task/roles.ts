import { type Fragment, fragment } from '../../cfn/fragment.ts'
import { getAtt } from '../../cfn/handle.ts'
import { arn } from '../../cfn/intrinsics.ts'
import type { Value } from '../../cfn/value.ts'
import { secretsIn, type Task } from '../../model/task/task.ts'
import { executionRole, taskLogGroup, taskRole } from '../handles/task.ts'
import { roleFor } from '../role.ts'
import { readable } from './secrets.ts'

/** `rights`: those of the application. */
export const roles = (task: Task, rights: readonly object[]): Fragment =>
  fragment(
    roleFor(executionRole(task), 'ecs-tasks.amazonaws.com', {
      confusedDeputy: true,
      policies: [{ PolicyName: 'start-tasks', PolicyDocument: { Version: '2012-10-17', Statement: startTasks(task) } }],
      why: 'What ECS itself needs to start a task; the application never sees these rights.',
    }),
    roleFor(taskRole(task), 'ecs-tasks.amazonaws.com', {
      confusedDeputy: true,
      ...(rights.length === 0
        ? { why: 'The rights of the application: none.' }
        : {
            policies: [{ PolicyName: 'application', PolicyDocument: { Version: '2012-10-17', Statement: rights } }],
            why: 'The rights of the application.',
          }),
    }),
  )

const startTasks = (task: Task): object[] => [
  { Sid: 'SignInToRegistry', Effect: 'Allow', Action: 'ecr:GetAuthorizationToken', Resource: '*' },
  {
    Sid: 'PullImages',
    Effect: 'Allow',
    Action: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
    Resource: arn('ecr', '*', '*', 'repository/*'),
  },
  {
    Sid: 'WriteLogs',
    Effect: 'Allow',
    Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    Resource: getAtt(taskLogGroup(task), 'Arn'),
  },
  ...read('ReadSecrets', 'secretsmanager:GetSecretValue', readable(secretsIn(task), 'secretsmanager')),
  ...read('ReadParameters', 'ssm:GetParameters', readable(secretsIn(task), 'ssm')),
]

const read = (Sid: string, Action: string, arns: readonly Value<string>[]): object[] =>
  arns.length > 0 ? [{ Sid, Effect: 'Allow', Action, Resource: arns }] : []
