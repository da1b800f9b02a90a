/** Parameters as values of resources. A condition that one needs comes along automatically. */
import { type Condition, equals, iff, not, noValue, param, sub } from '../cfn/intrinsics.ts'
import type { Intrinsic, Value } from '../cfn/value.ts'
import type { Domain } from '../model/domain/domain.ts'
import { environmentName } from '../model/parameters/environment.ts'
import type { Parameter } from '../model/parameters/parameter.ts'
import { hasPlaceholder, type Placeholders } from '../model/placeholders.ts'

/** What a parameter has been given; where an empty one means the config's text, that text. */
export const paramOf = (parameter: Parameter): Intrinsic => {
  const { name, empty, none } = parameter
  const value = empty?.means === 'text' ? ifGiven(parameter, param(name), filled(empty.text)) : param(name)
  return none === undefined ? value : iff({ condition: `No${name}`, holds: equals(param(name), none) }, noValue, value)
}

export const ifGiven = ({ name }: Parameter, then: unknown, otherwise: unknown): Intrinsic =>
  iff(given(name), then, otherwise)

/** `HasS3PrefixListId` */
const given = (name: string): Condition => ({ condition: `Has${name}`, holds: not(equals(param(name), '')) })

/** Placeholders filled in at deploy time; a text without them stays a literal. */
export const filled = (text: Placeholders): Value<string> => (hasPlaceholder(text) ? sub(inSub(text)) : text)

/** Placeholders as Fn::Sub writes them. */
export const inSub = (text: Placeholders): string =>
  text
    .replaceAll('{region}', '${AWS::Region}')
    .replaceAll('{account}', '${AWS::AccountId}')
    .replaceAll('{partition}', '${AWS::Partition}')
    .replaceAll('{environment}', `\${${environmentName.name}}`)

/** All names of the certificate, the API's name first. */
export const certificateNames = ({ domainName, alternativeNames }: Domain): Value<string>[] => [
  paramOf(domainName),
  ...alternativeNames.map(filled),
]
