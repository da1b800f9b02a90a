import { allowedOrEmpty } from '../../aws/patterns.ts'
import { kindInWords, type SecretReference, textPattern } from '../../aws/secrets.ts'
import { defaultOrText, type Parameter } from './parameter.ts'
import { type Named, ofTask } from './task.ts'

/** `LOG_LEVEL` -> `LogLevel` */
const inPascalCase = (variable: string): string =>
  variable
    .split('_')
    .map((word) => (word === word.toUpperCase() ? word.charAt(0) + word.slice(1).toLowerCase() : word))
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')

export const variableKind = (name: string): string => `Variable${inPascalCase(name)}`
export const secretKind = (name: string): string => `Secret${inPascalCase(name)}`

/** CloudFormation takes no longer value. */
const LONGEST = 4096

/** Without a value, the variable is there only where an environment gives it one. */
export const variableParameter = (named: Named, name: string, value: string | undefined): Parameter => ({
  ...ofVariable(named, variableKind(name), ['environment', name], value === undefined),
  family: `<${named.kind}>Variable<Name>`,
  type: 'String',
  default: value ?? '',
  empty: { means: value === undefined ? 'nothing' : 'itself' },
  label: name,
  description: `Variable ${name} of the ${named.kind.toLowerCase()} ${named.key}${value === undefined ? '; left empty, there is none' : ''}.`,
  maxLength: LONGEST,
  constraintDescription: `must have at most ${LONGEST} characters`,
})

/** Holds the name or the ARN; what kind it is of, and which key of it is read, is fixed. */
export const secretParameter = (
  named: Named,
  name: string,
  reference: SecretReference,
  optional: boolean,
): Parameter => {
  const pattern = textPattern(reference)
  const description = `Secret that is the variable ${name} of the ${named.kind.toLowerCase()} ${named.key}: ${kindInWords(reference)}.`
  return {
    ...ofVariable(named, secretKind(name), ['secrets', name], optional),
    family: `<${named.kind}>Secret<Name>`,
    scope: reference.by === 'arn' ? ['region', 'account'] : [],
    ...(reference.by === 'arn' ? { followRegion: 'write {region} in the ARN' } : {}),
    type: 'String',
    label: name,
    ...(optional
      ? {
          default: '',
          empty: { means: 'nothing' as const },
          allowedPattern: allowedOrEmpty(pattern),
          description: `${description} Left empty, there is none.`,
        }
      : defaultOrText(reference.text, pattern, description)),
    maxLength: 2048,
    constraintDescription: `must be ${kindInWords(reference)}${reference.store === 'secretsmanager' && reference.by === 'name' ? ', not ending in a hyphen and six characters as ARNs do' : ''}`,
  }
}

const ofVariable = (named: Named, kind: string, path: readonly string[], optional: boolean) => {
  const { from, ...common } = ofTask(named, kind, path)
  return { ...common, varies: true, ...(optional ? {} : { from }) }
}
