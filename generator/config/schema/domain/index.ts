import * as z from 'zod'
import { CERTIFICATE_ARN, whole } from '../../../aws/patterns.ts'
import { isNot, says } from '../says.ts'
import { bareHostName, integer } from '../values.ts'
import { alternativeNames } from './alternative-names.ts'
import { basePath } from './base-path.ts'
import { zone } from './zone.ts'

export const domain = z
  .strictObject({
    name: bareHostName()
      .describe(
        'Host name: on the certificate of the load balancer and, if published, of the API. {account} and {region} are filled in at deploy time',
      )
      .meta({ examples: ['api.example.com'] }),
    alternativeNames,
    publish: z
      .boolean()
      .default(true)
      .describe(
        'Give the API the name as its custom domain; false: the name only serves TLS between API and load balancer',
      ),
    existing: z
      .boolean()
      .default(false)
      .describe(
        'The custom domain is made elsewhere, in the account and region of the deployment, with its DNS record; only a mapping to the API is made. Needs basePath, unless nothing else is mapped at the root of the domain',
      )
      .meta({ examples: [true] }),
    basePath: basePath
      .optional()
      .describe(
        'Path below the domain at which the API answers. Routes and services do not see it: each route has an integration of its own that puts the path together from the variables of the route, so $default cannot be a route',
      )
      .meta({ examples: ['orders'] }),
    zone: z
      .union([z.literal('manual'), zone])
      .optional()
      .describe(
        'Where the DNS records are written: a Route 53 zone, or manual when DNS lives elsewhere. Left out, HostedZoneId is a parameter without a default',
      )
      .meta({ examples: [{ id: 'Z0123456789ABCDEFGHIJ' }] }),
    certificate: z
      .string()
      .regex(
        whole(CERTIFICATE_ARN),
        says(
          isNot('the ARN of an ACM certificate'),
          'write arn:aws:acm:eu-west-1:111111111111:certificate/ and its id',
          'load balancers and regional API domains take certificates from ACM only',
        ),
      )
      .optional()
      .describe(
        'ARN of your own certificate instead of a validated one; publicly trusted, or API Gateway refuses to connect',
      )
      .meta({ examples: ['arn:aws:acm:eu-west-1:111111111111:certificate/12345678-90ab-cdef-1234-567890abcdef'] }),
    waitMinutes: integer(1, 168, 'every 14 minutes of waiting take one more resource')
      .optional()
      .describe('How long to wait for the validation when the zone lives in another account')
      .meta({ default: 28 }),
    validationRecords: z
      .enum(['retain', 'deleteIfUnused'])
      .optional()
      .describe('What happens to validation records in a zone of another account when the certificate is deleted')
      .meta({ default: 'retain' }),
  })
  .describe('Name, DNS and certificate')
  .meta({ examples: [{ name: 'api.example.com', zone: { id: 'Z0123456789ABCDEFGHIJ' } }] })
