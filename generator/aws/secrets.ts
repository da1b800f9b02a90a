/** The forms in which a config names a secret; all may hold {environment}, {account} and {region}. */
import { ACCOUNT, whole } from './patterns.ts'

export type SecretReference = {
  /** As ARNs and endpoints call the service. */
  readonly store: 'secretsmanager' | 'ssm'
  readonly by: 'arn' | 'name'
  /** The ARN or the name, without what follows. */
  readonly text: string
  /** JSON key, stage and version, as ECS takes them behind the ARN of a secret: `:password::`, or nothing. */
  readonly part: string
}

const PLACEHOLDER = '\\{(?:environment|account|region)\\}'
/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html; `!` is in names that RDS gives. */
const SECRET_NAME = `(?:[\\w/+=.@!-]|${PLACEHOLDER})+`
const PARAMETER_NAME = `/(?:[\\w./-]|${PLACEHOLDER})+`

const arn = (service: string, resource: string): string =>
  `arn:aws[a-z-]*:${service}:(?:[a-z0-9-]+|\\{region\\}):(?:${ACCOUNT}|\\{account\\}):${resource}`

const SECRET_ARN = whole(`(?<text>${arn('secretsmanager', `secret:${SECRET_NAME}`)})(?<part>(?::[^:\\s{}]*){3})?`)
const PARAMETER_ARN = whole(`(?<text>${arn('ssm', `parameter${PARAMETER_NAME}`)})`)
const NAMED_PARAMETER = whole(`(?<text>${PARAMETER_NAME})`)
const NAMED_SECRET = whole(`(?!/|arn:)(?<text>${SECRET_NAME})(?::(?<key>(?!/)[^:\\s{}]+))?`)

const forms: readonly (readonly [RegExp, Pick<SecretReference, 'store' | 'by'>])[] = [
  [SECRET_ARN, { store: 'secretsmanager', by: 'arn' }],
  [PARAMETER_ARN, { store: 'ssm', by: 'arn' }],
  [NAMED_PARAMETER, { store: 'ssm', by: 'name' }],
  [NAMED_SECRET, { store: 'secretsmanager', by: 'name' }],
]

/** What a text of the config names, or nothing when it has none of the forms. */
export const secretReference = (written: string): SecretReference | undefined => {
  for (const [form, kind] of forms) {
    const groups = form.exec(written)?.groups
    if (groups !== undefined)
      return {
        ...kind,
        text: groups['text'] ?? '',
        part: groups['key'] === undefined ? (groups['part'] ?? '') : `:${groups['key']}::`,
      }
  }
  return undefined
}

/**
 * Secrets Manager adds a hyphen and six characters to the name in an ARN, and takes a name that ends like that for a
 * whole one. https://docs.aws.amazon.com/secretsmanager/latest/userguide/troubleshoot.html#ARN_secretnamehyphen
 */
export const endsLikeArn = (name: string): boolean => /-[A-Za-z0-9]{6}$/.test(name)
