import { type Fragment, fragment } from '../../cfn/fragment.ts'
import { getAtt } from '../../cfn/handle.ts'
import { arn } from '../../cfn/intrinsics.ts'
import type { Service } from '../../model/service/service.ts'
import { executionRole, serviceLogGroup, taskRole } from '../handles/service.ts'
import { roleFor } from '../role.ts'

export const roles = (service: Service): Fragment =>
  fragment(
    roleFor(executionRole(service), 'ecs-tasks.amazonaws.com', {
      confusedDeputy: true,
      policies: [
        { PolicyName: 'start-tasks', PolicyDocument: { Version: '2012-10-17', Statement: startTasks(service) } },
      ],
      why: 'What ECS itself needs to start a task; the application never sees these rights.',
    }),
    roleFor(taskRole(service), 'ecs-tasks.amazonaws.com', {
      confusedDeputy: true,
      why: 'The rights of the application: none.',
    }),
  )

const startTasks = (service: Service): object[] => [
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
    Resource: getAtt(serviceLogGroup(service), 'Arn'),
  },
  ...read('ReadSecrets', 'secretsmanager:GetSecretValue', service.secretArns.secretsManager),
  ...read('ReadParameters', 'ssm:GetParameters', service.secretArns.parameterStore),
]

const read = (Sid: string, Action: string, arns: readonly string[]): object[] =>
  arns.length > 0 ? [{ Sid, Effect: 'Allow', Action, Resource: arns }] : []
