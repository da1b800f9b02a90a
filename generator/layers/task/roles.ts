import { type Fragment, fragment } from '../../cfn/fragment.ts'
import { getAtt } from '../../cfn/handle.ts'
import { sub } from '../../cfn/intrinsics.ts'
import type { Value } from '../../cfn/value.ts'
import { unique } from '../../model/names.ts'
import { isOptional, type Kept } from '../../model/task/secrets.ts'
import { secretsIn, type Task } from '../../model/task/task.ts'
import { executionRole, taskLogGroup, taskRole } from '../handles/task.ts'
import { filled, paramOf } from '../parameters.ts'
import { roleFor } from '../role.ts'
import { ifPresent } from './optional.ts'
import { pulledFrom } from './pulled.ts'
import { readable } from './secrets.ts'

/** `rights`: those of the application. */
export const roles = (task: Task, rights: readonly object[]): Fragment =>
  fragment(
    roleFor(executionRole(task), 'ecs-tasks.amazonaws.com', {
      policies: [{ PolicyName: 'start-tasks', PolicyDocument: { Version: '2012-10-17', Statement: startTasks(task) } }],
      why: 'What ECS itself needs to start a task; the application never sees these rights.',
    }),
    roleFor(taskRole(task), 'ecs-tasks.amazonaws.com', {
      managed: task.policies.map(filled),
      ...(rights.length === 0
        ? {}
        : {
            policies: [{ PolicyName: 'application', PolicyDocument: { Version: '2012-10-17', Statement: rights } }],
          }),
      why: `The rights of the application${rights.length === 0 && task.policies.length === 0 ? ': none' : ''}.`,
    }),
  )

const startTasks = (task: Task): object[] => [
  { Sid: 'SignInToRegistry', Effect: 'Allow', Action: 'ecr:GetAuthorizationToken', Resource: '*' },
  {
    Sid: 'PullImages',
    Effect: 'Allow',
    Action: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
    Resource: pulledFrom(task),
  },
  {
    Sid: 'WriteLogs',
    Effect: 'Allow',
    Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    Resource: getAtt(taskLogGroup(task), 'Arn'),
  },
  ...readAll(secretsIn(task).filter((each) => !isOptional(each))),
  ...secretsIn(task)
    .filter(isOptional)
    .flatMap((each) => readAll([each], each.parameter?.name).map((right) => ifPresent(each, right))),
  ...decrypt(task),
]

/**
 * The stores decrypt in the name of who reads, and no task asks KMS itself, so that this needs no endpoint. (Secrets
 * Manager: security-encryption, "How Secrets Manager uses AWS KMS"; Parameter Store: services-parameter-store of KMS.)
 */
const decrypt = (task: Task): object[] =>
  task.secretsKey === undefined
    ? []
    : [
        {
          Sid: 'DecryptSecrets',
          Effect: 'Allow',
          Action: 'kms:Decrypt',
          Resource: paramOf(task.secretsKey),
          Condition: {
            StringEquals: {
              'kms:ViaService': unique(secretsIn(task).map(({ store }) => store)).map((store) =>
                sub(`${store}.\${AWS::Region}.\${AWS::URLSuffix}`),
              ),
            },
          },
        },
      ]

/** `sid`: a name for the right to read these alone. */
const readAll = (secrets: readonly Kept[], sid?: string): object[] => [
  ...read(sid ?? 'ReadSecrets', 'secretsmanager:GetSecretValue', readable(secrets, 'secretsmanager')),
  ...read(sid ?? 'ReadParameters', 'ssm:GetParameters', readable(secrets, 'ssm')),
]

const read = (Sid: string, Action: string, arns: readonly Value<string>[]): object[] =>
  arns.length > 0 ? [{ Sid, Effect: 'Allow', Action, Resource: arns }] : []
