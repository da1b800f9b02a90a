/** The config: types, defaults, descriptions and the editor's JSON Schema come from this one definition. */
import * as z from 'zod'
import { api } from './api/index.ts'
import { cluster } from './cluster.ts'
import { environments } from './delivery/environments.ts'
import { delivery } from './delivery/index.ts'
import { domain } from './domain/index.ts'
import { jobs } from './job/index.ts'
import { loadBalancer } from './load-balancer.ts'
import { network } from './network.ts'
import { observability } from './observability.ts'
import { overrides } from './overrides.ts'
import { permissionsBoundary } from './permissions-boundary.ts'
import { isNot, says } from './says.ts'
import { services } from './service/index.ts'
import { share, uses } from './share.ts'
import { tags } from './tags.ts'

export const configSchema = z.strictObject({
  name: z
    .string()
    .max(
      24,
      says(
        (value) => `the name has ${value.length} characters`,
        'use at most 24 characters',
        'stacks and tags are named after it, with room for a suffix',
      ),
    )
    .regex(
      /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/,
      says(
        isNot('a name'),
        'use lower-case letters, digits and single hyphens, starting with a letter, such as orders',
      ),
    )
    .describe('Name of the application: stacks and tags are named after it')
    .meta({ examples: ['orders'] }),
  tags,
  permissionsBoundary,
  domain,
  share,
  uses,
  network,
  cluster,
  loadBalancer,
  services,
  jobs,
  api,
  observability,
  overrides,
  environments,
  delivery,
})

/** What the user wrote, with the defaults filled in. */
export type Config = z.output<typeof configSchema>

/** The JSON Schema for editors (draft-7, which the YAML language server knows). */
export const jsonSchema = (): object => ({
  ...z.toJSONSchema(configSchema, { io: 'input', target: 'draft-7' }),
  title: 'Portcullis',
  description: 'Config of Portcullis (portcullis.yaml)',
})
