import * as z from 'zod'
import { secretReference } from '../../../aws/secrets.ts'
import { isNot, says } from '../says.ts'

const EXAMPLE = 'arn:aws:secretsmanager:{region}:{account}:secret:registry-AbCdEf'

/** ECS takes the whole secret, which holds a user name and a password. */
const isCredentials = (value: string): boolean => {
  const reference = secretReference(value)
  return reference?.store === 'secretsmanager' && reference.by === 'arn' && reference.part === ''
}

const remedy = (value: string): string => {
  const reference = secretReference(value)
  if (reference?.store === 'secretsmanager' && reference.by === 'arn')
    return `write ${reference.text}: ECS takes the whole secret, with a username and a password`
  if (reference?.store === 'secretsmanager' && reference.part === '')
    return `write arn:aws:secretsmanager:{region}:{account}:secret:${reference.text}`
  return `write the ARN of a secret in Secrets Manager, such as ${EXAMPLE}`
}

export const credentialsArn = z
  .string()
  .max(
    2048,
    says((value) => `the ARN has ${value.length} characters`, 'use at most 2048 characters'),
  )
  .refine(isCredentials, says(isNot('the ARN of credentials'), remedy))

/** `of`: the parameter that it is the default of. */
export const registryCredentials = (of?: string) =>
  credentialsArn
    .optional()
    .describe(
      `Secret of Secrets Manager with the username and the password of a private registry outside ECR, by its ARN; {environment}, {account} and {region} are filled in at deploy time.${of === undefined ? '' : ` Default of ${of}.`} https://docs.aws.amazon.com/AmazonECS/latest/developerguide/private-auth.html`,
    )
    .meta({ examples: [EXAMPLE] })
