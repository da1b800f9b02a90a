import { RETENTION_DAYS } from '../../aws/retention-days.ts'
import type { Parameter } from './parameter.ts'

export const logRetentionDays = (days: number): Parameter => ({
  name: 'LogRetentionDays',
  family: 'LogRetentionDays',
  from: ['observability', 'logRetentionDays'],
  scope: [],
  type: 'Number',
  default: String(days),
  label: 'Days to keep logs',
  description: 'Days after which log events are deleted.',
  group: 'Logs',
  allowedValues: RETENTION_DAYS.map(String),
  constraintDescription: 'must be a number of days that CloudWatch Logs offers, such as 30',
})
