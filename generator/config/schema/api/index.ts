import * as z from 'zod'
import { says } from '../says.ts'
import { integer, key } from '../values.ts'
import { authorizer } from './authorizer.ts'
import { cors } from './cors.ts'
import { QUOTAS } from './list-item.ts'
import { route } from './route.ts'
import { vpcLink } from './vpc-link.ts'

export const api = z
  .strictObject({
    vpcLink,
    auth: z
      .record(key('an authorizer', 24), authorizer)
      .refine(
        (written) => !Object.hasOwn(written, 'iam') && !Object.hasOwn(written, 'none'),
        says(
          'iam and none are not names for authorizers',
          'choose another name',
          'they already mean IAM authorization and an open route',
        ),
      )
      .refine(
        (written) => Object.keys(written).length <= 10,
        says<object>(
          (value) => `${Object.keys(value).length} authorizers are too many`,
          'use at most 10',
          `API Gateway allows 10 per API: ${QUOTAS}`,
        ),
      )
      .default({})
      .describe('Authorizers, by name')
      .meta({ examples: [{ customers: { jwt: { issuer: 'https://idp.example.com/', audience: ['orders'] } } }] }),
    defaultAuth: z
      .string()
      .optional()
      .describe(
        'Authorizer of routes that name none: the name of one, or iam. Left out: the only authorizer, if there is one',
      )
      .meta({ examples: ['customers'] }),
    routes: z
      .array(route)
      .min(
        1,
        says('the list of routes is empty', 'write a route, or remove the key to route every path of the services'),
      )
      .optional()
      .describe('Left out: every path of the services, for every method'),
    cors: cors.optional(),
    throttle: z
      .strictObject({
        rate: integer(1, 100_000).default(500).describe('Requests per second; default of ThrottleRate'),
        burst: integer(1, 100_000).default(1000).describe('Requests at once; default of ThrottleBurst'),
      })
      .prefault({})
      .describe('Limits of the whole API'),
    timeoutSeconds: integer(1, 30, `API Gateway waits at most 30 seconds: ${QUOTAS}`)
      .default(29)
      .describe('How long the API waits for a service'),
    probe: z
      .boolean()
      .default(false)
      .describe(
        'Make a deployment fail when the API answers without authorization or the load balancer has a public address',
      ),
  })
  .prefault({})
  .describe('The HTTP API; needs auth, or auth: none or iam on every route')
  .meta({ examples: [{ auth: { customers: { jwt: { issuer: 'https://idp.example.com/', audience: ['orders'] } } } }] })
