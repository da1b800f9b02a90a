import type { Handle } from '../cfn/handle.ts'
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
