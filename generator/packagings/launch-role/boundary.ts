/**
 * The policy beyond which no role of what is launched has rights. It names actions only: the roles' own policies name
 * the resources, and are what grants. Nothing in it edits groups, routes, listeners, roles or policies.
 */
import { param } from '../../cfn/intrinsics.ts'
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
  'elasticfilesystem:ClientMount',
  'elasticfilesystem:ClientWrite',
  'logs:CreateLogStream',
  'logs:DescribeLogGroups',
  'logs:DescribeLogStreams',
  'logs:PutLogEvents',
  'secretsmanager:GetSecretValue',
  'sqs:ChangeMessageVisibility',
  'sqs:DeleteMessage',
  'sqs:GetQueueAttributes',
  'sqs:GetQueueUrl',
  'sqs:ReceiveMessage',
  'ssm:GetParameters',
  'ssmmessages:CreateControlChannel',
  'ssmmessages:CreateDataChannel',
  'ssmmessages:OpenControlChannel',
  'ssmmessages:OpenDataChannel',
]

/** Granted for one role only, so not among the actions for everything. */
const assume = 'sts:AssumeRole'

export function boundary(layers: readonly Layer[], usesZoneRole: boolean): object {
  const actions = [...new Set([...everyProduct, ...rightsIn(layers)])].filter((action) => action !== assume).sort()
  return {
    Version: '2012-10-17',
    Statement: [
      { Sid: 'Rights', Effect: 'Allow', Action: actions, Resource: '*' },
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
