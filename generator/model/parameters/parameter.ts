/**
 * Scalars that can differ per account or environment, as CloudFormation parameters with the config's value as
 * default. Their names are public API. None accepts a value that opens the isolation: whatever reaches a group, a
 * scheme or a name has allowed values or a tight pattern.
 */
import { allowed, allowedOrEmpty, type PICKED } from '../../aws/patterns.ts'
import type { Path } from '../../errors/diagnostic.ts'
import { hasPlaceholder, type Placeholders } from '../placeholders.ts'

/** A CloudFormation parameter in our own terms. Everything known about it is here; nothing is inferred from its name. */
export type Parameter = {
  readonly name: string
  /** What it is called whatever names the config gives: `<Service>Image`. */
  readonly family: string
  /** The key of the config that is its default, or would be; none for what only the deployer knows. */
  readonly from?: Path
  /** What a value belongs to: in another region or account the same value is wrong. */
  readonly scope: readonly ('region' | 'account')[]
  /** What the config writes there, where the value is a part of it (an ARN says more than a name), or another word for it. */
  readonly written?: string
  /** How the config can follow the region instead of naming one. */
  readonly followRegion?: string
  /** Set where a value may be empty: then it means nothing, the config's text, or an empty text. */
  readonly empty?: { readonly means: 'nothing' | 'itself' } | { readonly means: 'text'; readonly text: Placeholders }
  /** Only there because some environment gives a value of its own, so that each must say which it takes. */
  readonly varies?: boolean
  /** The value with which the property is left out; what we deploy ourselves is deployed with it. */
  readonly none?: string
  readonly type: 'String' | 'Number' | 'CommaDelimitedList' | Picked
  /** Left out: the deployer must give it. */
  readonly default?: string
  readonly label: string
  readonly description: string
  /** Where the launch form shows it: a group's title (`Network`, `Service orders`). */
  readonly group: string
  readonly allowedValues?: readonly string[]
  readonly allowedPattern?: string
  readonly minValue?: number
  readonly maxValue?: number
  readonly maxLength?: number
  readonly constraintDescription: string
}

/** What consoles let the deployer pick from a list; never empty, and of the deploying account. */
export type Picked = keyof typeof PICKED

type OrText = Pick<Parameter, 'default' | 'allowedPattern' | 'empty' | 'description'>

/**
 * Nothing is replaced inside a parameter's value, so a config value with placeholders is what an empty parameter means.
 */
export const defaultOrText = (text: Placeholders, pattern: string, description: string): OrText =>
  hasPlaceholder(text)
    ? {
        default: '',
        allowedPattern: allowedOrEmpty(pattern),
        empty: { means: 'text', text },
        description: `${description} Left empty: ${text.replaceAll('{', '<').replaceAll('}', '>')}.`,
      }
    : { default: text, allowedPattern: allowed(pattern), description }

/** What a parameter means without a value: its default, and where that is empty, the config's text. */
export const meaningOf = ({ default: value, empty }: Parameter): string | undefined =>
  value === '' && empty?.means === 'text' ? empty.text : value

/** The same as the config says it, with region and account where it names them. */
export const writtenOf = (parameter: Parameter): string | undefined => parameter.written ?? meaningOf(parameter)
