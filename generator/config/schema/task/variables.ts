import * as z from 'zod'
import { KEY_ARN, whole } from '../../../aws/patterns.ts'
import { secretReference } from '../../../aws/secrets.ts'
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

const secretRemedy = (value: string): string => {
  if (/^arn:[^:]*:secretsmanager:/.test(value))
    return 'write arn:aws:secretsmanager:<region>:<account>:secret:<name>, and :<json-key>:: after it for one key of a JSON secret'
  if (value.startsWith('arn:'))
    return 'write the ARN of a Secrets Manager secret (arn:aws:secretsmanager:...:secret:...) or of a Systems Manager parameter (arn:aws:ssm:...:parameter/...)'
  if (value.includes('{')) return 'the placeholders are {environment}, {account} and {region}, and a JSON key has none'
  if (value.startsWith('/'))
    return 'the name of a parameter has letters, digits, dots, hyphens, underscores and slashes, such as /orders/database-url'
  return 'write the name of a Secrets Manager secret (orders/database), with :<json-key> after it for one key, or the name of a parameter with its slash (/orders/database-url)'
}

/** Variables by name, as they are. */
export const plainVariables = z.record(
  variableName,
  z.union([z.string(), z.number(), z.boolean()]).describe('Text, number, true or false'),
)

/** Variables by name, as they are called where they are kept. */
export const secretVariables = z.record(
  variableName,
  z.string().refine((value) => secretReference(value) !== undefined, says(isNot('a secret'), secretRemedy)),
)

export const environment = plainVariables
  .default({})
  .describe('Environment variables of the container')
  .meta({ examples: [{ LOG_LEVEL: 'info' }] })

export const secrets = secretVariables
  .default({})
  .describe(
    'Environment variables that are read when a task starts: the /name of a parameter in Parameter Store, the name of a secret in Secrets Manager, NAME:key for one key of a JSON secret, or an ARN of either. {environment}, {account} and {region} are filled in at deploy time',
  )
  .meta({ examples: [{ SIGNING_KEY: 'orders/{environment}/signing-key', DATABASE_URL: '/orders/database-url' }] })

/** `{region}` and `{account}` where the ARN has them. */
const KEY = whole(
  KEY_ARN.replace('[a-z0-9-]+', '(?:[a-z0-9-]+|\\{region\\})').replace('[0-9]{12}', '(?:[0-9]{12}|\\{account\\})'),
)

export const secretsKey = (parameter: string) =>
  z
    .string()
    .regex(
      KEY,
      says(
        isNot('the ARN of a key'),
        'write the ARN of a KMS key, such as arn:aws:kms:eu-west-1:111111111111:key/12345678-90ab-cdef-1234-567890abcdef; {region} and {account} may stand for theirs',
        'rights name a key by its id: an alias can be given to another key',
      ),
    )
    .optional()
    .describe(
      `KMS key of your own that the secrets are encrypted with: tasks may decrypt with it what they read from Secrets Manager and Parameter Store. The policy of the key must let this account decide. Default of ${parameter}`,
    )
    .meta({ examples: ['arn:aws:kms:eu-west-1:111111111111:key/12345678-90ab-cdef-1234-567890abcdef'] })
