import type { Config } from '../../config/schema/index.ts'
import { logRetentionDays } from '../parameters/logs.ts'
import type { Parameter } from '../parameters/parameter.ts'

export type Observability = {
  readonly logRetentionDays: Parameter
  /** Whether log groups stay when the stack goes. */
  readonly keepLogs: boolean
}

export const observabilityOf = ({ logRetentionDays: days, keepLogs }: Config['observability']): Observability => ({
  logRetentionDays: logRetentionDays(days),
  keepLogs,
})
