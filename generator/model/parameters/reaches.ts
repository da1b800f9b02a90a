/** What tasks reach, so that each environment can have its own database. */
import { allowed, IPV4_RANGE, SECURITY_GROUP_ID } from '../../aws/patterns.ts'
import type { Parameter } from './parameter.ts'
import { type Named, ofTask } from './task.ts'

const ofReach = (task: Named, word: string, kind: 'Group' | 'Range', from: readonly (string | number)[]) => ({
  ...ofTask(task, `Reaches${word}`, ['reaches', ...from]),
  family: `<${task.kind}>Reaches<Name>${kind}`,
  type: 'String' as const,
})

export const reachedGroup = (task: Named, word: string, group: string, index: number): Parameter => ({
  ...ofReach(task, word, 'Group', [index, 'securityGroup']),
  default: group,
  label: 'Security group that is reached',
  description: `Existing security group that the tasks of ${task.kind.toLowerCase()} ${task.key} may open connections to; never one of this application.`,
  allowedPattern: allowed(SECURITY_GROUP_ID),
  constraintDescription: 'must be the id of a security group, such as sg-0123456789abcdef0',
})

export const reachedRange = (task: Named, word: string, range: string, index: number): Parameter => ({
  ...ofReach(task, word, 'Range', [index, 'cidr']),
  default: range,
  label: 'Addresses that are reached',
  description: `IPv4 addresses that the tasks of ${task.kind.toLowerCase()} ${task.key} may open connections to.`,
  allowedPattern: allowed(IPV4_RANGE),
  constraintDescription: 'must be a range of IPv4 addresses with a prefix length from 8 to 32, such as 10.1.0.0/16',
})
