import * as z from 'zod'
import { SECRET_ARN, SSM_PARAMETER_ARN, whole } from '../../../aws/patterns.ts'
import { isNot, says } from '../says.ts'

const variableName = z
  .string()
  .max(
    255,
    says((value) => `the name has ${value.length} characters`, 'use at most 255 characters'),
  )
  .regex(
    /^[A-Za-z_][A-Za-z0-9_]*$/,
    says(isNot('a name of an environment variable'), 'use letters, digits and underscores, such as LOG_LEVEL'),
  )

const secretRemedy = (value: string): string =>
  /^arn:[^:]*:secretsmanager:/.test(value)
    ? 'write arn:aws:secretsmanager:<region>:<account>:secret:<name>, and :<json-key>:: after it for one key of a JSON secret'
    : 'write the ARN of a Secrets Manager secret (arn:aws:secretsmanager:...:secret:...) or of a Systems Manager parameter (arn:aws:ssm:...:parameter/...)'

export const environment = z
  .record(variableName, z.union([z.string(), z.number(), z.boolean()]).describe('Text, number, true or false'))
  .default({})
  .describe('Environment variables of the container')
  .meta({ examples: [{ LOG_LEVEL: 'info' }] })

export const secrets = z
  .record(
    variableName,
    z
      .string()
      .refine(
        (value) => whole(SECRET_ARN).test(value) || whole(SSM_PARAMETER_ARN).test(value),
        says(isNot('the ARN of a secret'), secretRemedy),
      ),
  )
  .default({})
  .describe('Environment variables that are read from Secrets Manager or Parameter Store when a task starts')
  .meta({ examples: [{ SIGNING_KEY: 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:signing-key' }] })
