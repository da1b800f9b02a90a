import type { Config } from '../../config/schema/index.ts'
import { logRetentionDays } from '../parameters/logs.ts'
import type { Parameter } from '../parameters/parameter.ts'

export type Observability = { readonly logRetentionDays: Parameter }

export const observabilityOf = (observability: Config['observability']): Observability => ({
  logRetentionDays: logRetentionDays(observability.logRetentionDays),
})
