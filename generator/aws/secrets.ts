/** The forms in which a config names a secret; all may hold {environment}, {account} and {region}. */
import { ACCOUNT, arn, whole } from './patterns.ts'

export type SecretReference = {
  /** As ARNs and endpoints call the service. */
  readonly store: 'secretsmanager' | 'ssm'
  readonly by: 'arn' | 'name'
  /** The ARN or the name, without what follows. */
  readonly text: string
  /** JSON key, stage and version, as ECS takes them behind the ARN of a secret: `:password::`, or nothing. */
  readonly part: string
}

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html; `!` is in names that RDS gives. */
const SECRET_LETTER = '[\\w/+=.@!-]'
const PARAMETER_LETTER = '[\\w./-]'
const PLACEHOLDER = '\\{(?:environment|account|region)\\}'
const SECRET_NAME = `(?:${SECRET_LETTER}|${PLACEHOLDER})+`
const PARAMETER_NAME = `/(?:${PARAMETER_LETTER}|${PLACEHOLDER})+`

const open = (service: string, resource: string): string =>
  `arn:aws[a-z-]*:${service}:(?:[a-z0-9-]+|\\{region\\}):(?:${ACCOUNT}|\\{account\\}):${resource}`

const SECRET_ARN = whole(`(?<text>${open('secretsmanager', `secret:${SECRET_NAME}`)})(?<part>(?::[^:\\s{}]*){3})?`)
const PARAMETER_ARN = whole(`(?<text>${open('ssm', `parameter${PARAMETER_NAME}`)})`)
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

/** Whether the text holds the six characters too. */
export const isComplete = ({ store, by, text }: SecretReference): boolean =>
  store === 'secretsmanager' && by === 'arn' && endsLikeArn(text)

/**
 * Whether an ARN that passes as whole may still lack the six characters: a word or a number stands in their place. Of
 * those that Secrets Manager makes, one in a hundred looks like that.
 */
export const mayLackItsEnd = (reference: SecretReference): boolean =>
  isComplete(reference) && /-(?:[a-z]{6}|[A-Z]{6}|\d{6})$/.test(reference.text)

/** Whether one can stand in for the other: the same form, and the same part of the secret. */
export const sameKind = (a: SecretReference, b: SecretReference): boolean =>
  a.store === b.store && a.by === b.by && a.part === b.part && isComplete(a) === isComplete(b)

/** What `text` of this kind looks like where nothing is filled in any more. */
export const textPattern = (reference: SecretReference): string => {
  const { store, by } = reference
  if (store === 'ssm') return by === 'arn' ? arn('ssm', `parameter/${PARAMETER_LETTER}+`) : `/${PARAMETER_LETTER}+`
  if (isComplete(reference)) return arn('secretsmanager', `secret:${SECRET_LETTER}+-[A-Za-z0-9]{6}`)
  const partial = '(?!.*-[A-Za-z0-9]{6}$)'
  return by === 'arn'
    ? `${partial}${arn('secretsmanager', `secret:${SECRET_LETTER}+`)}`
    : `(?!/|arn:)${partial}${SECRET_LETTER}+`
}

/** In words, as `must be ...`. */
export const kindInWords = (reference: SecretReference): string => {
  const { store, by, part } = reference
  if (store === 'ssm')
    return by === 'arn' ? 'the ARN of a parameter in Parameter Store' : 'the name of a parameter, with its first slash'
  const key = part === '' ? '' : `, of which ${part.replace(/^:|:+$/g, '')} is read`
  if (by === 'name') return `the name of a secret${key}`
  return `the ARN of a secret ${isComplete(reference) ? 'with' : 'without'} the six characters at its end${key}`
}
