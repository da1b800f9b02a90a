/**
 * The policy beyond which no role of what is launched has rights. It names actions only: the roles' own policies name
 * the resources, and are what grants. Nothing in it edits groups, routes, listeners, roles or
 * policies; of listener rules only those of products, whose weights ECS may move.
 */
import { arn, param } from '../../cfn/intrinsics.ts'
import type { Entry } from '../../cfn/resource.ts'
import type { Layer } from '../../layers/layer.ts'

/** What roles of any config may do, since versions of other configs are launched too. A test keeps it complete. */
export const everyProduct: readonly string[] = [
  'acm:AddTagsToCertificate',
  'acm:DeleteCertificate',
  'acm:DescribeCertificate',
  'acm:ListCertificates',
  'acm:ListTagsForCertificate',
  'acm:RequestCertificate',
  'apigateway:GET',
  'ecr:BatchCheckLayerAvailability',
  'ecr:BatchGetImage',
  'ecr:GetAuthorizationToken',
  'ecr:GetDownloadUrlForLayer',
  'ecs:DescribeTasks',
  'ecs:RunTask',
  'ecs:StopTask',
  'ecs:TagResource',
  'elasticfilesystem:ClientMount',
  'elasticfilesystem:ClientWrite',
  'elasticloadbalancing:DeregisterTargets',
  'elasticloadbalancing:DescribeListeners',
  'elasticloadbalancing:DescribeRules',
  'elasticloadbalancing:DescribeTargetGroups',
  'elasticloadbalancing:DescribeTargetHealth',
  'elasticloadbalancing:RegisterTargets',
  'events:DescribeRule',
  'events:PutRule',
  'events:PutTargets',
  'kms:Decrypt',
  'logs:CreateLogDelivery',
  'logs:CreateLogStream',
  'logs:DeleteLogDelivery',
  'logs:DescribeLogGroups',
  'logs:DescribeLogStreams',
  'logs:DescribeResourcePolicies',
  'logs:GetLogDelivery',
  'logs:ListLogDeliveries',
  'logs:PutLogEvents',
  'logs:PutResourcePolicy',
  'logs:UpdateLogDelivery',
  'secretsmanager:GetSecretValue',
  'sqs:ChangeMessageVisibility',
  'sqs:DeleteMessage',
  'sqs:GetQueueAttributes',
  'sqs:GetQueueUrl',
  'sqs:ReceiveMessage',
  'sqs:SendMessage',
  'ssm:GetParameters',
  'ssmmessages:CreateControlChannel',
  'ssmmessages:CreateDataChannel',
  'ssmmessages:OpenControlChannel',
  'ssmmessages:OpenDataChannel',
  'states:StartExecution',
]

/** Granted for some roles only, so not among the actions for everything. */
const assume = ['sts:AssumeRole', 'sts:TagSession']
const pass = 'iam:PassRole'
/** Granted for the rules of products only: CloudFormation names their load balancers after the stack. */
const shift = 'elasticloadbalancing:ModifyRule'

export function boundary(layers: readonly Layer[], usesZoneRole: boolean): object {
  const actions = [...new Set([...everyProduct, ...rightsIn(layers)])]
    .filter((action) => ![...assume, pass, shift].includes(action))
    .sort()
  return {
    Version: '2012-10-17',
    Statement: [
      { Sid: 'Rights', Effect: 'Allow', Action: actions, Resource: '*' },
      {
        Sid: 'RolesOfTasks',
        Effect: 'Allow',
        Action: pass,
        Resource: arn('iam', '', '${AWS::AccountId}', 'role/SC-*'),
        Condition: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
      },
      {
        Sid: 'ShiftRequests',
        Effect: 'Allow',
        Action: shift,
        Resource: arn('elasticloadbalancing', '*', '${AWS::AccountId}', 'listener-rule/app/SC-*'),
      },
      ...(usesZoneRole
        ? [{ Sid: 'ZoneRole', Effect: 'Allow', Action: assume, Resource: param('HostedZoneRoleArn') }]
        : []),
    ],
  }
}

/** Every action that some role is granted, also under a condition. */
export const rightsIn = (layers: readonly Layer[]): string[] =>
  layers.flatMap(({ fragment }) => fragment.entries.flatMap((entry) => actionsIn(policiesOf(entry))))

const policiesOf = ({ resource: { Type, Properties = {} } }: Entry): unknown => {
  if (Type === 'AWS::IAM::Policy') return Properties['PolicyDocument']
  return Type === 'AWS::IAM::Role' ? Properties['Policies'] : undefined
}

function actionsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(actionsIn)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, each]) => (key === 'Action' ? [each].flat() : actionsIn(each)))
}
