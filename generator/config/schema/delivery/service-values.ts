import * as z from 'zod'
import { max, min } from '../service/scale.ts'
import { image } from '../task/image.ts'
import { cpu, memory } from '../task/sizes.ts'
import { plainVariables, secretVariables } from '../task/variables.ts'

/** What may differ between environments: values, never the shape of a service. */
const values = z.strictObject({
  image: image.describe('Container image there').optional(),
  cpu: cpu.describe('CPU units there').optional(),
  memory: memory.describe('Memory in MiB there').optional(),
  scale: z
    .strictObject({
      min: min.describe('Minimum number of tasks there').optional(),
      max: max.describe('Maximum number of tasks there').optional(),
    })
    .optional()
    .describe('Number of tasks there'),
  environment: plainVariables
    .optional()
    .describe('Variables that have another value there, or that exist only there; parameters <Service>Variable<Name>')
    .meta({ examples: [{ LOG_LEVEL: 'warn' }] }),
  secrets: secretVariables
    .optional()
    .describe(
      'Secrets that are read elsewhere there, named in the same way as in the service, or that exist only there; parameters <Service>Secret<Name>',
    )
    .meta({ examples: [{ DATABASE_URL: '/orders/prod/database-url' }] }),
})

export const serviceValues = z
  .record(z.string(), values)
  .default({})
  .describe('What differs in this environment, by service; the rest is as in services')
  .meta({ examples: [{ orders: { scale: { min: 1 } } }] })
