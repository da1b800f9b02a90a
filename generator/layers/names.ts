/** Values that many layers write the same way. */
import { empty, type Fragment } from '../cfn/fragment.ts'
import { equals, iff, not, param, sub } from '../cfn/intrinsics.ts'
import type { Intrinsic, Tag, Value } from '../cfn/value.ts'
import type { Model, Placeholders } from '../model/model.ts'

/** Tag `Name` = `<stack>/<role>`. */
export const nameTags = (role: string): Tag[] => [{ Key: 'Name', Value: sub(`\${AWS::StackName}/${role}`) }]

/** The condition that a parameter was given a value, `HasS3PrefixListId`. */
export const hasValue = (parameter: string): string => `Has${parameter}`

export const hasValueCondition = (parameter: string): Fragment => ({
  ...empty,
  conditions: { [hasValue(parameter)]: not(equals(param(parameter), '')) },
})

const hasPlaceholder = (text: Placeholders): boolean => /\{(?:region|account)\}/.test(text)

/** `{region}` and `{account}` filled in at deploy time; a text without them stays a literal. */
const filled = (text: Placeholders): Value<string> =>
  hasPlaceholder(text)
    ? sub(text.replaceAll('{region}', '${AWS::Region}').replaceAll('{account}', '${AWS::AccountId}'))
    : text

/**
 * A parameter whose config value may hold placeholders. CloudFormation cannot replace inside a parameter's value, so
 * such a parameter is empty by default and then means the config's text.
 */
export const paramOr = (parameter: string, text: Placeholders): Intrinsic =>
  hasPlaceholder(text) ? iff(hasValue(parameter), param(parameter), filled(text)) : param(parameter)

export const paramOrConditions = (parameter: string, text: Placeholders): Fragment =>
  hasPlaceholder(text) ? hasValueCondition(parameter) : empty

/** The API's name, which is also on the load balancer's certificate. */
export const domainName = (model: Model): Intrinsic => paramOr('DomainName', model.domain.name)
export const domainNameConditions = (model: Model): Fragment => paramOrConditions('DomainName', model.domain.name)
/** All names of the certificate, the API's name first. */
export const certificateNames = (model: Model): Value<string>[] => [
  domainName(model),
  ...model.domain.alternativeNames.map(filled),
]
