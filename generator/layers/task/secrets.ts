import { isComplete, type SecretReference } from '../../aws/secrets.ts'
import { param, sub } from '../../cfn/intrinsics.ts'
import type { Value } from '../../cfn/value.ts'
import { byText } from '../../model/names.ts'
import type { Kept } from '../../model/task/secrets.ts'
import { filled, ifGiven, inSub } from '../parameters.ts'

/** From where ECS takes it: an ARN, whatever the config wrote, so that it is of this account and region. */
export const valueFrom = (secret: Kept): Value<string> => arnOf(secret, secret.part)

/**
 * What the execution role may read, each once. ECS takes JSON key, stage and version behind the ARN, IAM does not;
 * and Secrets Manager adds a hyphen and six characters to the name, which people leave out.
 */
export const readable = (secrets: readonly Kept[], store: SecretReference['store']): Value<string>[] => {
  const arns = secrets
    .filter((each) => each.store === store)
    .map((each) => arnOf(each, store === 'secretsmanager' && !isComplete(each) ? '-??????' : ''))
  return [...new Map(arns.map((each) => [textOf(each), each])).entries()]
    .sort(([a], [b]) => byText(a, b))
    .map(([, each]) => each)
}

const arnOf = (secret: Kept, end: string): Value<string> => {
  const { store, by, text, parameter } = secret
  const start =
    by === 'arn'
      ? ''
      : `arn:\${AWS::Partition}:${store}:\${AWS::Region}:\${AWS::AccountId}:${store === 'ssm' ? 'parameter' : 'secret:'}`
  const written = by === 'arn' ? filled(text + end) : sub(start + inSub(text) + end)
  if (parameter === undefined) return written
  const given = start + end === '' ? param(parameter.name) : sub(`${start}\${${parameter.name}}${end}`)
  return parameter.empty?.means === 'text' ? ifGiven(parameter, given, written) : given
}

const textOf = (value: Value<string>): string => (typeof value === 'string' ? value : JSON.stringify(value))
