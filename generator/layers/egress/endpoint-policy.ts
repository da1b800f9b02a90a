import { pseudo } from '../../cfn/intrinsics.ts'

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

/**
 * Only for principals of this account, so that keys of another one, brought along by somebody inside a task, carry
 * nothing out. An endpoint that ECS does not ask is there for the application, which may do what its own rights allow.
 * Without a policy, an endpoint takes any credentials (AWS: vpc-endpoints-access).
 */
export const endpointPolicy = (endpoint: string) => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: '*',
      Action: forTasks[endpoint] ?? '*',
      Resource: '*',
      Condition: { StringEquals: { 'aws:PrincipalAccount': pseudo('AccountId') } },
    },
  ],
})
