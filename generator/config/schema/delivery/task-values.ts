/** What may differ between environments: values, never the shape of a service or job. */
import * as z from 'zod'
import { schedule } from '../job/schedule.ts'
import { max, min } from '../service/scale.ts'
import { image } from '../task/image.ts'
import { credentialsArn } from '../task/registry-credentials.ts'
import { cpu, memory } from '../task/sizes.ts'
import { plainVariables, secretVariables } from '../task/variables.ts'

const ofTask = (family: '<Service>' | '<Job>') => ({
  image: image.describe('Container image there').optional(),
  registryCredentials: credentialsArn
    .optional()
    .describe(`Credentials of the registry there, by ARN; only where there are some everywhere`)
    .meta({ examples: ['arn:aws:secretsmanager:{region}:{account}:secret:registry-GhIjKl'] }),
  cpu: cpu.describe('CPU units there').optional(),
  memory: memory.describe('Memory in MiB there').optional(),
  environment: plainVariables
    .optional()
    .describe(`Variables that have another value there, or that exist only there; parameters ${family}Variable<Name>`)
    .meta({ examples: [{ LOG_LEVEL: 'warn' }] }),
  secrets: secretVariables
    .optional()
    .describe(
      `Secrets that are read elsewhere there, named in the same way as in the ${family === '<Job>' ? 'job' : 'service'}, or that exist only there; parameters ${family}Secret<Name>`,
    )
    .meta({ examples: [{ DATABASE_URL: '/orders/prod/database-url' }] }),
})

const service = z.strictObject({
  ...ofTask('<Service>'),
  scale: z
    .strictObject({
      min: min.describe('Minimum number of tasks there').optional(),
      max: max.describe('Maximum number of tasks there').optional(),
    })
    .optional()
    .describe('Number of tasks there'),
})

const job = z.strictObject({
  ...ofTask('<Job>'),
  enabled: z.boolean().optional().describe('Whether the schedule starts the job there'),
  schedule: schedule.optional().describe('When the job starts there, in the time zone of the job'),
})

export const serviceValues = z
  .record(z.string(), service)
  .default({})
  .describe('What differs in this environment, by service; the rest is as in services')
  .meta({ examples: [{ orders: { scale: { min: 1 } } }] })

export const jobValues = z
  .record(z.string(), job)
  .default({})
  .describe('What differs in this environment, by job; the rest is as in jobs')
  .meta({ examples: [{ nightly: { schedule: 'rate(1 hour)' } }] })
