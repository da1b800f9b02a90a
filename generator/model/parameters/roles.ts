import { allowedOrEmpty, POLICY_ARN } from '../../aws/patterns.ts'
import { launchBoundaryName } from '../delivery/launch.ts'
import type { Placeholders } from '../placeholders.ts'
import { defaultOrText, type Parameter } from './parameter.ts'

const common = {
  name: 'PermissionsBoundaryArn',
  family: 'PermissionsBoundaryArn',
  scope: ['account'],
  type: 'String',
  label: 'Permissions boundary',
  group: 'Roles',
} as const
const says = 'Managed policy beyond which no role of the application has rights.'
const example = 'the ARN of a managed policy, such as arn:aws:iam::111111111111:policy/boundary'

export const permissionsBoundaryArn = (arn: Placeholders): Parameter => ({
  ...common,
  from: ['permissionsBoundary'],
  ...defaultOrText(arn, POLICY_ARN, says),
  constraintDescription: `must be ${example}`,
})

/** Of a product, when the config names no boundary: only Service Catalog deploys where the launch role has been deployed. */
export const launchBoundaryArn = (name: string): Parameter => ({
  ...common,
  default: '',
  empty: { means: 'text', text: `arn:{partition}:iam::{account}:policy/${launchBoundaryName(name)}` },
  none: 'none',
  description: `${says} Left empty: ${launchBoundaryName(name)}, which launch-role.yaml makes and without which Service Catalog launches nothing. none: no boundary.`,
  allowedPattern: allowedOrEmpty(`(?:none|${POLICY_ARN})`),
  constraintDescription: `must be empty, none, or ${example}`,
})
