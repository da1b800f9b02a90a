import * as z from 'zod'
import { ACCOUNT, policyArn, whole } from '../../aws/patterns.ts'
import { isNot, says } from './says.ts'

export const permissionsBoundary = z
  .string()
  .regex(
    whole(policyArn(`${ACCOUNT}|\\{account\\}`)),
    says(
      isNot('the ARN of a managed policy'),
      'write arn:aws:iam::{account}:policy/boundary with the name of your policy, or an account id instead of {account}',
    ),
  )
  .optional()
  .describe(
    'Managed policy that is set as the permissions boundary of every role of the application, {account} becomes the account of the deployment. Default of the parameter PermissionsBoundaryArn',
  )
  .meta({ examples: ['arn:aws:iam::{account}:policy/boundary'] })
