import * as z from 'zod'
import { MISSING, says } from '../says.ts'
import { container } from '../task/container.ts'
import { endpoints } from '../task/endpoints.ts'
import { image } from '../task/image.ts'
import { init } from '../task/init.ts'
import { permissions } from '../task/permissions.ts'
import { policies } from '../task/policies.ts'
import { reaches } from '../task/reaches.ts'
import { registryCredentials } from '../task/registry-credentials.ts'
import { sidecars } from '../task/sidecars.ts'
import { sizes } from '../task/sizes.ts'
import { environment, secrets, secretsKey } from '../task/variables.ts'
import { volumes } from '../task/volumes.ts'
import { integer } from '../values.ts'
import { deployment } from './deployment.ts'
import { exec } from './exec.ts'
import { external } from './external.ts'
import { health } from './health.ts'
import { hosts } from './hosts.ts'
import { path } from './path.ts'
import { scale } from './scale.ts'
import { spot } from './spot.ts'

export const service = z
  .strictObject({
    image: image.optional(),
    registryCredentials: registryCredentials('<Service>RegistryCredentialsArn'),
    external,
    port: integer(1, 65535)
      .optional()
      .describe('Port that the container listens on. Left out: a worker, which nothing can reach')
      .meta({ examples: [8080] }),
    private: z
      .boolean()
      .default(false)
      .describe('Reached by other services of this config only (reaches: service), not by the API; needs no paths'),
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
    hosts,
    ...sizes('<Service>'),
    ...container,
    init,
    sidecars,
    volumes,
    exec,
    health,
    scale,
    spot,
    deployment,
    environment,
    secrets,
    secretsKey: secretsKey('<Service>SecretsKeyArn'),
    reaches,
    permissions,
    policies,
    endpoints,
  })
  .refine(({ image, external }) => image !== undefined || external !== undefined, {
    path: ['image'],
    params: MISSING,
    // Also beside other mistakes.
    when: ({ value }) => typeof value === 'object' && value !== null,
  })
  .describe('A container on Fargate, or what somebody else runs')
  .meta({ oneOf: [{ required: ['image'] }, { required: ['external'] }] })
