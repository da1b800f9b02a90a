import { allowed, ENVIRONMENT_NAME } from '../../aws/patterns.ts'
import type { Parameter } from './parameter.ts'

/** What `{environment}` stands for. samconfig.toml gives each environment its name. */
export const environmentName: Parameter = {
  name: 'EnvironmentName',
  family: 'EnvironmentName',
  scope: [],
  type: 'String',
  label: 'Environment',
  description: 'Name of the environment, such as dev or prod; names of secrets hold it.',
  group: 'Environment',
  allowedPattern: allowed(ENVIRONMENT_NAME),
  constraintDescription:
    'must be at most 63 letters, digits, hyphens and underscores, beginning with a letter, such as prod',
}
