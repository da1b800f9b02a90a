import * as z from 'zod'
import { ENDPOINTS } from '../../../aws/endpoints.ts'

export const endpoints = z
  .array(z.enum(ENDPOINTS))
  .default([])
  .describe(
    'VPC endpoints that the application needs beyond those of permissions, such as for policies; each costs something, but s3 and dynamodb. All actions of a named service go through, for principals of this account',
  )
  .meta({ examples: [['dynamodb', 'sqs']] })
