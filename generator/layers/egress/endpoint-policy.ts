import { endpointsFor } from '../../aws/endpoints.ts'
import { arn, pseudo } from '../../cfn/intrinsics.ts'
import type { Value } from '../../cfn/value.ts'
import { unique } from '../../model/names.ts'
import { ofService, type Permission } from '../../model/task/permissions.ts'
import { filled } from '../parameters.ts'

/** Both endpoints of ECR get the same (AWS: AmazonECR vpc-endpoints, "Create an endpoint policy"). */
const pull = [
  'ecr:BatchCheckLayerAvailability',
  'ecr:BatchGetImage',
  'ecr:GetAuthorizationToken',
  'ecr:GetDownloadUrlForLayer',
]

/** What ECS asks of an endpoint with the execution role, from inside the task's network. */
const forTasks: Readonly<Record<string, readonly string[]>> = {
  'ecr.api': pull,
  'ecr.dkr': pull,
  logs: ['logs:CreateLogStream', 'logs:PutLogEvents'],
  secretsmanager: ['secretsmanager:GetSecretValue'],
  ssm: ['ssm:GetParameters'],
}

/** ECS Exec looks up its log with the task role, through the same endpoint as the tasks' logs. */
const forSessions: Readonly<Record<string, readonly string[]>> = {
  logs: ['logs:DescribeLogGroups', 'logs:DescribeLogStreams'],
}

/**
 * Only for principals of this account, so that keys of another one, brought along by somebody inside a task, carry
 * nothing out. What ECS asks is named, and what the applications are granted besides; an endpoint that ECS does not ask
 * is there for the application alone, which may do what its own rights allow.
 * Without a policy, an endpoint takes any credentials (AWS: vpc-endpoints-access).
 */
export const endpointPolicy = (endpoint: string, { granted, called, named }: Used) => {
  const asked = forTasks[endpoint]
  const actions = [
    ...(called.includes('ssmmessages') ? (forSessions[endpoint] ?? []) : []),
    ...granted.flatMap((each) => each.actions).filter((each) => endpointsFor(each)?.includes(endpoint)),
  ]
  return {
    Version: '2012-10-17',
    Statement: [allow(asked === undefined || named.includes(endpoint) ? '*' : unique([...asked, ...actions]), '*')],
  }
}

/** What the applications may do, which endpoints they call, and which the config names as a whole. */
type Used = {
  readonly granted: readonly Permission[]
  readonly called: readonly string[]
  readonly named: readonly string[]
}

/** What the S3 endpoint lets through: image layers, and of the application exactly what it is granted, unless the config names S3. */
export const s3EndpointPolicy = ({ granted, named }: Pick<Used, 'granted' | 'named'>) => ({
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'ImageLayersOnly',
      Effect: 'Allow',
      Principal: '*',
      Action: 's3:GetObject',
      Resource: arn('s3', '', '', 'prod-${AWS::Region}-starport-layer-bucket/*'),
    },
    ...(named.includes('s3')
      ? [allow('s3:*', '*')]
      : ofService(granted, 's3').map(({ actions, resources }) => allow(actions, resources.map(filled)))),
  ],
})

const allow = (Action: string | readonly string[], Resource: Value<string> | readonly Value<string>[]) => ({
  Effect: 'Allow',
  Principal: '*',
  Action,
  Resource,
  Condition: { StringEquals: { 'aws:PrincipalAccount': pseudo('AccountId') } },
})
