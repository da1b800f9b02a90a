import * as z from 'zod'
import { CPU_SIZES } from '../../../aws/fargate-sizes.ts'
import { says } from '../says.ts'
import { integer } from '../values.ts'
import { container } from './container.ts'
import { deployment } from './deployment.ts'
import { health } from './health.ts'
import { image } from './image.ts'
import { path } from './path.ts'
import { scale } from './scale.ts'
import { spot } from './spot.ts'
import { environment, secrets } from './variables.ts'

const SIZES_PAGE = 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html'

export const service = z
  .strictObject({
    image,
    port: integer(1, 65535)
      .describe('Port that the container listens on')
      .meta({ examples: [8080] }),
    protocol: z
      .enum(['http', 'https'])
      .default('http')
      .describe(
        'Protocol of the container; https: TLS up to the container, with any certificate, since the load balancer does not verify it. A change replaces the target group',
      ),
    paths: z
      .array(path)
      .min(
        1,
        says(
          'the list of paths is empty',
          'list the paths that the service answers, or remove the key when it is the only service',
        ),
      )
      .optional()
      .describe('Paths that the service answers: /, /orders or /orders/*. May be left out when there is one service')
      .meta({ examples: [['/orders', '/orders/*']] }),
    cpu: z
      .literal(CPU_SIZES)
      .default(256)
      .describe(`CPU units (1024 units are one vCPU); default of <Service>Cpu. ${SIZES_PAGE}`),
    memory: integer(512, 122_880, `sizes that Fargate offers: ${SIZES_PAGE}`)
      .default(512)
      .describe('Memory in MiB; default of <Service>Memory'),
    architecture: z.enum(['x86_64', 'arm64']).default('x86_64').describe('Processor that the image was built for'),
    ...container,
    health,
    scale,
    spot,
    deployment,
    environment,
    secrets,
  })
  .describe('A container on Fargate')
