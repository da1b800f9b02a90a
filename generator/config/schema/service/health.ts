import * as z from 'zod'
import { isNot, says } from '../says.ts'

export const health = z
  .strictObject({
    path: z
      .string()
      .max(
        1024,
        says((value) => `the path has ${value.length} characters`, 'use at most 1024 characters'),
      )
      .regex(
        /^\/[A-Za-z0-9._~!$&'()*+,;=:@%/?-]*$/,
        says(isNot('a path'), 'write a path that starts with /, such as /health'),
      )
      .default('/')
      .describe('Path that the load balancer asks for'),
    statuses: z
      .string()
      .regex(
        /^[2-4][0-9]{2}(?:-[2-4][0-9]{2})?(?:,[2-4][0-9]{2}(?:-[2-4][0-9]{2})?)*$/,
        says(isNot('a list of status codes'), 'write codes between 200 and 499, such as "200", "200-299" or "200,204"'),
      )
      .default('200-399')
      .describe('Status codes of a healthy task'),
  })
  .prefault({})
  .describe('Health check of the load balancer')
