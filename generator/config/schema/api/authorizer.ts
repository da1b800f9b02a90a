import * as z from 'zod'
import { notTheIssuer } from '../../../aws/issuers.ts'
import { FUNCTION_ARN, ISSUER, whole } from '../../../aws/patterns.ts'
import { isNot, says } from '../says.ts'
import { QUOTAS, withoutComma } from './list-item.ts'

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
              : (notTheIssuer(value)?.remedy ??
                'write the https address in the "iss" claim of the tokens, such as https://idp.example.com/'),
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
          'name the application that the tokens are for',
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

export const authorizer = z
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
      .describe('Function that authorizes requests (payload format 2.0, simple response); default of <Auth>FunctionArn')
      .meta({ examples: ['arn:aws:lambda:eu-west-1:111111111111:function:authorizer'] }),
  })
  .refine((written) => (written.jwt === undefined) !== (written.lambda === undefined), {
    ...says(
      'an authorizer is either jwt or lambda',
      'write one of them: { jwt: { issuer: https://idp.example.com/, audience: [orders] } } or { lambda: arn:aws:lambda:... }',
    ),
    // A key that is neither says so itself.
    when: ({ value, issues }) =>
      typeof value === 'object' && value !== null && issues.every(({ code }) => code !== 'unrecognized_keys'),
  })
  .meta({ minProperties: 1, maxProperties: 1 })
