import * as z from 'zod'
import { says } from '../says.ts'
import { integer, key } from '../values.ts'
import { image } from './image.ts'
import { registryCredentials } from './registry-credentials.ts'
import { environment, secrets } from './variables.ts'
import { words } from './words.ts'

const TASK_PARAMETERS = 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html'
const QUOTAS = 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html'

const sidecar = z.strictObject({
  image: image.describe('Container image; {region} in the host becomes the region of the deployment'),
  registryCredentials: registryCredentials(),
  command: words()
    .optional()
    .describe('What the container runs, instead of the CMD of the image')
    .meta({ examples: [['--config=/etc/ecs/ecs-default-config.yaml']] }),
  environment,
  secrets,
  port: integer(1, 65535)
    .optional()
    .describe(
      'Port that the container listens on, for the other containers of the task at 127.0.0.1; nobody else reaches it',
    )
    .meta({ examples: [4317] }),
  essential: z.boolean().default(true).describe('Replace the task when this container ends'),
  startsBefore: z
    .boolean()
    .default(false)
    .describe('Start it before the container of the service, and stop it after that'),
  cpu: integer(1, 16_384)
    .optional()
    .describe('CPU units of the task that are kept for it')
    .meta({ examples: [64] }),
  memory: integer(6, 122_880, `Docker takes no less than 6 MiB: ${TASK_PARAMETERS}`)
    .optional()
    .describe('Memory in MiB that it may use; the container is stopped when it asks for more')
    .meta({ examples: [128] }),
})

/** The container of the service and that of init are the others. */
const MOST = 8

export const sidecars = z
  .record(key('a sidecar'), sidecar)
  .refine(
    (written) => Object.keys(written).length <= MOST,
    says<object>(
      (value) => `${Object.keys(value).length} sidecars are too many`,
      `use at most ${MOST} sidecars`,
      `a task has at most 10 containers: ${QUOTAS}`,
    ),
  )
  .default({})
  .describe(
    'Further containers in every task, by name, such as a collector of traces. They share its network, CPU and memory, and write into the log group of the service',
  )
  .meta({
    examples: [
      { otel: { image: '111111111111.dkr.ecr.{region}.amazonaws.com/otel:0.49.0', port: 4317, essential: false } },
    ],
  })
