import * as z from 'zod'
import { ORIGIN, whole } from '../../../aws/patterns.ts'
import { isNot, says } from '../says.ts'

export const cors = z
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
          'name the pages that call the API, such as https://app.example.com, or remove cors',
        ),
      )
      .describe('Pages that may call the API from a browser; default of the parameter CorsOrigins')
      .meta({ examples: [['https://app.example.com']] }),
  })
  .describe('Answer preflight requests of browsers; left out: off')
