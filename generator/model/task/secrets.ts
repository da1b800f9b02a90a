import { arnParts } from '../../aws/arns.ts'
import { sortedEntries, unique } from '../names.ts'

export type Secret = { readonly name: string; readonly valueFrom: string }

/** ARNs that the execution role may read (without JSON key and version suffixes), sorted and unique. */
export type SecretArns = { readonly secretsManager: readonly string[]; readonly parameterStore: readonly string[] }

export const secretsOf = (secrets: Readonly<Record<string, string>>): Secret[] =>
  sortedEntries(secrets).map(([name, valueFrom]) => ({ name, valueFrom }))

export const secretArns = (secrets: readonly Secret[]): SecretArns => {
  const arnsOf = (service: string): string[] =>
    unique(
      secrets
        .filter(({ valueFrom }) => arnParts(valueFrom).service === service)
        .map(({ valueFrom }) => resourceOf(valueFrom)),
    )
  return { secretsManager: arnsOf('secretsmanager'), parameterStore: arnsOf('ssm') }
}

/**
 * The ARN of a secret as IAM sees it. ECS takes JSON key, stage and version after the name, IAM does not; and
 * Secrets Manager adds a hyphen and six characters to the name, which people leave out.
 */
const resourceOf = (valueFrom: string): string => {
  if (arnParts(valueFrom).service !== 'secretsmanager') return valueFrom
  const arn = valueFrom.split(':').slice(0, 7).join(':')
  return /-[A-Za-z0-9]{6}$/.test(arn) ? arn : `${arn}-??????`
}
