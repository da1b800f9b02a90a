/** Further names on the certificate, of which the API may answer to some. */
import * as z from 'zod'
import { says } from '../says.ts'
import { bareHostName, certificateName } from '../values.ts'

const published = z
  .strictObject({
    name: bareHostName()
      .describe('Host name; {account} and {region} are filled in at deploy time')
      .meta({ examples: ['www.example.com'] }),
    publish: z
      .boolean()
      .default(false)
      .describe(
        'Make it a custom domain of the API too, with a record of its own; declared to verify as a second domain',
      ),
  })
  .describe('A name with what is to be done with it')

export const alternativeNames = z
  .array(z.union([certificateName(), published]))
  .max(
    9,
    says<readonly unknown[]>(
      (value) => `${value.length} alternative names are too many`,
      'use at most 9, or one wildcard such as *.example.com',
      'ACM allows 10 names on a certificate: https://docs.aws.amazon.com/acm/latest/userguide/acm-limits.html',
    ),
  )
  .default([])
  .describe('Further names on the certificate; *.example.com works. A name with publish is one of the API too')
  .meta({ examples: [['*.example.com', { name: 'www.example.org', publish: true }]] })
