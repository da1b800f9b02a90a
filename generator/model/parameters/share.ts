import { allowed } from '../../aws/patterns.ts'
import type { Parameter } from './parameter.ts'

const group = 'Sharing'
/** Names of exports: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/outputs-section-structure.html */
const EXPORT_PREFIX = '[A-Za-z0-9][A-Za-z0-9:-]{0,99}'

const prefix = (name: string, label: string, description: string): Parameter => ({
  name,
  family: name,
  scope: [],
  type: 'String',
  label,
  description,
  group,
  allowedPattern: allowed(EXPORT_PREFIX),
  constraintDescription: 'must be at most 100 letters, digits, colons and hyphens, such as platform-prod',
})

export const shareName = (name: string): Parameter => ({
  ...prefix(
    'ShareName',
    'Name of what is shared',
    'Exports are called by it, a hyphen and what they hold. Unique in an account and region.',
  ),
  default: name,
})

export const platformName = (name: string): Parameter => ({
  ...prefix(
    'PlatformName',
    'Name of the platform',
    'ShareName of the application whose network, cluster, load balancer and VPC link are used.',
  ),
  default: name,
})
