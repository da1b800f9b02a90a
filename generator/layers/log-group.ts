import type { Handle } from '../cfn/handle.ts'
import { pseudo, select, split, sub } from '../cfn/intrinsics.ts'
import { type Entry, resource } from '../cfn/resource.ts'
import type { Value } from '../cfn/value.ts'
import type { Observability } from '../model/observability/observability.ts'
import { paramOf } from './parameters.ts'

/** A log group whose events go with their age, and the group itself with the stack, unless the config keeps it. */
export const logGroup = (
  target: Handle<'AWS::Logs::LogGroup'>,
  { logRetentionDays, keepLogs }: Observability,
  { name, why }: { readonly name?: Value<string>; readonly why?: string } = {},
): Entry =>
  resource(
    target,
    { LogGroupName: name, RetentionInDays: paramOf(logRetentionDays) },
    { retain: keepLogs, ...(why ? { why } : {}) },
  )

/**
 * Under such a name, CloudWatch Logs needs no entry in its account-wide resource policy, which is limited in size. A
 * group that outlives its stack must not be in the way of the next stack of that name.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-and-resource-policy.html
 */
export const vendedLogName = (of: 'apis' | 'states', { keepLogs }: Observability, rest: string = ''): Value<string> =>
  keepLogs
    ? sub(`/aws/vendedlogs/${of}/\${AWS::StackName}-\${Id}${rest}`, {
        Id: select(0, split('-', select(2, split('/', pseudo('StackId'))))),
      })
    : sub(`/aws/vendedlogs/${of}/\${AWS::StackName}${rest}`)
