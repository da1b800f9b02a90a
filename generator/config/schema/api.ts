import * as z from 'zod'
import { METHODS } from '../../aws/http-methods.ts'
import { FUNCTION_ARN, ISSUER, LIST_ITEM, ORIGIN, whole } from '../../aws/patterns.ts'
import { show } from '../../errors/show.ts'
import { isNot, says } from './says.ts'
import { integer, key, line } from './values.ts'

const QUOTAS = 'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html'

/** CommaDelimitedList parameters hold these, so a comma would split one into two. */
const withoutComma = (what: string, max: number) =>
  line(max).regex(whole(LIST_ITEM), says(isNot(what), 'leave out commas and spaces'))

const jwt = z
  .strictObject({
    issuer: z
      .string()
      .max(
        512,
        says((value) => `the address has ${value.length} characters`, 'use at most 512 characters'),
      )
      .regex(
        whole(ISSUER),
        says(
          isNot('an issuer'),
          (value) =>
            /^http:\/\//.test(value)
              ? `write ${value.replace(/^http/, 'https')}`
              : 'write the https address in the "iss" claim of the tokens, such as https://idp.example.com/',
          'API Gateway compares it with the "iss" claim character by character and reads the keys below it over HTTPS',
        ),
      )
      .describe('Address of the identity provider, exactly as in the "iss" claim; default of <Auth>Issuer')
      .meta({ examples: ['https://idp.example.com/'] }),
    audience: z
      .array(withoutComma('an audience', 256))
      .min(
        1,
        says(
          'the list of audiences is empty',
          'name the application that tokens must be meant for',
          'without it, a token for any other application of the issuer would be accepted',
        ),
      )
      .max(
        50,
        says<readonly string[]>(
          (value) => `${value.length} audiences are too many`,
          'use at most 50',
          `API Gateway allows 50 per authorizer: ${QUOTAS}`,
        ),
      )
      .describe('Accepted "aud" (or "client_id") claims; default of <Auth>Audience')
      .meta({ examples: [['orders']] }),
  })
  .describe('Tokens of an OpenID Connect or OAuth 2.0 issuer')
  .meta({ examples: [{ issuer: 'https://idp.example.com/', audience: ['orders'] }] })

const authorizer = z
  .strictObject({
    jwt: jwt.optional(),
    lambda: z
      .string()
      .regex(
        whole(FUNCTION_ARN),
        says(
          isNot('the ARN of a Lambda function'),
          'write arn:aws:lambda:eu-west-1:111111111111:function:authorizer with the region, account and name of your function',
        ),
      )
      .optional()
      .describe('Function that decides (payload format 2.0, simple response); default of <Auth>FunctionArn')
      .meta({ examples: ['arn:aws:lambda:eu-west-1:111111111111:function:authorizer'] }),
  })
  .refine(
    (written) => (written.jwt === undefined) !== (written.lambda === undefined),
    says(
      'an authorizer is either jwt or lambda',
      'write one of them: { jwt: { issuer: https://idp.example.com/, audience: [orders] } } or { lambda: arn:aws:lambda:... }',
    ),
  )
  .meta({ minProperties: 1, maxProperties: 1 })

const SEGMENT = '(?:(?!\\.{1,2}(?:/|$))[A-Za-z0-9._~-]+|\\{[A-Za-z_][A-Za-z0-9_]*\\})'

const routeRemedy = (value: string): string => {
  const [method = '', path = ''] = value.trim().split(/\s+/)
  if (/^[a-z]+$/.test(method) && path.startsWith('/')) return `write ${method.toUpperCase()} ${path}`
  if (method.startsWith('/')) return `write a method before the path: ANY ${method}`
  if (path.endsWith('/*')) return `write ${method} ${path.slice(0, -1)}{proxy+}`
  if (/[^/]\/$/.test(path)) return `write ${method} ${path.slice(0, -1)}`
  return `write a method (${METHODS.join(', ')}), a space and a path such as /orders, /orders/{id} or /orders/{proxy+} (last segment only), or $default`
}

const variablesOf = (route: string): string[] => [...route.matchAll(/\{(\w+)\+?\}/g)].map((match) => match[1] ?? '')

const route = z
  .strictObject({
    route: z
      .string()
      .max(
        512,
        says((value) => `the route has ${value.length} characters`, 'use at most 512 characters'),
      )
      .regex(
        new RegExp(
          `^(?:\\$default|(?:${METHODS.join('|')}) (?:/|(?:/${SEGMENT})+(?:/\\{[A-Za-z_][A-Za-z0-9_]*\\+\\})?|/\\{[A-Za-z_][A-Za-z0-9_]*\\+\\}))$`,
        ),
        says(isNot('a route'), routeRemedy),
      )
      .refine(
        (value) => new Set(variablesOf(value)).size === variablesOf(value).length,
        says((value) => `${show(value)} uses one variable twice`, 'give every variable its own name'),
      )
      .describe('Method and path')
      .meta({ examples: ['ANY /orders/{proxy+}'] }),
    auth: z
      .string()
      .optional()
      .describe('Name of an authorizer, iam, or none for an open route; left out: defaultAuth')
      .meta({ examples: ['customers'] }),
    scopes: z
      .array(withoutComma('a scope', 256))
      .max(
        10,
        says<readonly string[]>(
          (value) => `${value.length} scopes are too many`,
          'use at most 10',
          `API Gateway allows 10 per route: ${QUOTAS}`,
        ),
      )
      .default([])
      .describe('Scopes of which a token needs at least one; only with jwt')
      .meta({ examples: [['orders.read']] }),
  })
  .describe('A route')
  .meta({ examples: [{ route: 'ANY /orders/{proxy+}', auth: 'customers' }] })

const cors = z
  .strictObject({
    origins: z
      .array(
        z
          .string()
          .max(
            512,
            says((value) => `the origin has ${value.length} characters`, 'use at most 512 characters'),
          )
          .regex(
            whole(ORIGIN),
            says(isNot('an origin'), (value) =>
              /^https?:\/\/[^/]+\/.*$/.test(value)
                ? `write ${value.replace(/^(https?:\/\/[^/]+)\/.*$/, '$1').toLowerCase()}`
                : 'write scheme and host without a path, such as https://app.example.com',
            ),
          ),
      )
      .min(
        1,
        says(
          'the list of origins is empty',
          'name the pages that call the API, such as https://app.example.com, or take cors out',
        ),
      )
      .describe('Pages that may call the API from a browser; default of the parameter CorsOrigins')
      .meta({ examples: [['https://app.example.com']] }),
  })
  .describe('Answer preflight requests of browsers; left out: off')

export const api = z
  .strictObject({
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
        says('the list of routes is empty', 'write a route, or take the key out to route every path of the services'),
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
  .describe('The HTTP API; needs auth, or auth: none or iam on every route')
  .meta({ examples: [{ auth: { customers: { jwt: { issuer: 'https://idp.example.com/', audience: ['orders'] } } } }] })
