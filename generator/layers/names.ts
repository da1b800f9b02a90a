/** Values that many layers write the same way. */
import { empty, type Fragment } from '../cfn/fragment.ts'
import { equals, iff, not, param, sub } from '../cfn/intrinsics.ts'
import type { Intrinsic, Tag, Value } from '../cfn/value.ts'
import type { Model } from '../model/model.ts'
import type { Parameter } from '../model/parameters/parameter.ts'
import { hasPlaceholder, type Placeholders } from '../model/placeholders.ts'

/** Tag `Name` = `<stack>/<role>`. */
export const nameTags = (role: string): Tag[] => [{ Key: 'Name', Value: sub(`\${AWS::StackName}/${role}`) }]

/** The condition that a parameter was given a value, `HasS3PrefixListId`. */
export const hasValue = (parameter: string): string => `Has${parameter}`

export const hasValueCondition = (parameter: string): Fragment => ({
  ...empty,
  conditions: { [hasValue(parameter)]: not(equals(param(parameter), '')) },
})

/** `{region}` and `{account}` filled in at deploy time; a text without them stays a literal. */
const filled = (text: Placeholders): Value<string> =>
  hasPlaceholder(text)
    ? sub(text.replaceAll('{region}', '${AWS::Region}').replaceAll('{account}', '${AWS::AccountId}'))
    : text

/** The value of a parameter; where an empty one means the config's text, that text. */
export const paramOr = ({ name, empty }: Parameter): Intrinsic =>
  empty?.means === 'text' ? iff(hasValue(name), param(name), filled(empty.text)) : param(name)

export const paramOrConditions = ({ name, empty: meaning }: Parameter): Fragment =>
  meaning?.means === 'text' ? hasValueCondition(name) : empty

/** The API's name, which is also on the load balancer's certificate. */
export const domainName = (model: Model): Intrinsic => paramOr(model.domain.domainName)
export const domainNameConditions = (model: Model): Fragment => paramOrConditions(model.domain.domainName)
/** All names of the certificate, the API's name first. */
export const certificateNames = (model: Model): Value<string>[] => [
  domainName(model),
  ...model.domain.alternativeNames.map(filled),
]
