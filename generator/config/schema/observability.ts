import * as z from 'zod'
import { RETENTION_DAYS } from '../../aws/retention-days.ts'

export const observability = z
  .strictObject({
    logRetentionDays: z
      .literal([...RETENTION_DAYS])
      .default(30)
      .describe('Days that log groups keep their events; default of LogRetentionDays'),
    keepLogs: z
      .boolean()
      .default(false)
      .describe('Log groups stay when the stack goes, until somebody deletes them; their events still expire'),
  })
  .prefault({})
  .describe('Logs')
