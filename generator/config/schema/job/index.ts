import * as z from 'zod'
import { timezone } from '../cron.ts'
import { says } from '../says.ts'
import { container } from '../task/container.ts'
import { endpoints } from '../task/endpoints.ts'
import { image } from '../task/image.ts'
import { init } from '../task/init.ts'
import { permissions } from '../task/permissions.ts'
import { policies } from '../task/policies.ts'
import { reachesOfJob } from '../task/reaches.ts'
import { registryCredentials } from '../task/registry-credentials.ts'
import { sidecars } from '../task/sidecars.ts'
import { sizes } from '../task/sizes.ts'
import { environment, secrets, secretsKey } from '../task/variables.ts'
import { volumes } from '../task/volumes.ts'
import { integer, key } from '../values.ts'
import { schedule } from './schedule.ts'

const job = z
  .strictObject({
    image: image.describe(
      'Container image; {region} in the host becomes the region of the deployment. Default of the parameter <Job>Image',
    ),
    registryCredentials: registryCredentials('<Job>RegistryCredentialsArn'),
    schedule,
    timezone,
    enabled: z
      .boolean()
      .default(true)
      .describe(
        'Whether the schedule starts the job; by hand it can be started all the same. Default of the parameter <Job>State',
      ),
    retries: integer(0, 10, 'a job that fails so often needs a person')
      .default(0)
      .describe('How often a job that fails, or takes too long, starts again: after 1 minute, then 2, 4, 8 ...'),
    timeoutMinutes: integer(1, 10_080, 'a job that never ends costs money, and nobody notices')
      .default(60)
      .describe('Minutes after which a job is stopped; each try has so many'),
    ...sizes('<Job>'),
    ...container,
    init,
    sidecars,
    volumes,
    reaches: reachesOfJob,
    environment,
    secrets,
    secretsKey: secretsKey('<Job>SecretsKeyArn'),
    permissions,
    policies,
    endpoints,
  })
  .describe('A container that runs to its end at certain times')

export const jobs = z
  .record(key('a job', 24), job)
  .refine(
    (written) => Object.keys(written).length <= 100,
    says<object>(
      (value) => `${Object.keys(value).length} jobs are too many`,
      'use at most 100 jobs',
      'each has a stack, roles and groups of its own',
    ),
  )
  .default({})
  .describe(
    'Containers that run to their end at certain times, by name. A job succeeds when its container ends with 0; nothing reaches it',
  )
  .meta({
    examples: [
      { nightly: { image: '111111111111.dkr.ecr.{region}.amazonaws.com/orders:1.4.2', schedule: 'cron(0 2 * * ? *)' } },
    ],
  })
