/** Managed policies of AWS, by name. */
import { judgedPolicies } from './aws-policies.gen.ts'
import type { RightsAnswer } from './judge.ts'
import { openers } from './openers.ts'

/**
 * Judges a policy of AWS by the last part of its ARN; undefined for a name that AWS has not published. It opens by
 * `ecs:UpdateService` only if nothing else in it is in doubt.
 */
export function judgeAwsPolicy(name: string): RightsAnswer | undefined {
  const judgement = answers().get(name)
  if (judgement === undefined) return undefined
  const [kind, action = ''] = judgement.split(' ', 2)
  if (kind === 'harmless') return { kind }
  if (kind === 'unknown') return { kind, action }
  const how = openers.find((each) => each.action === action)?.how ?? 'edits what keeps the way closed'
  return { kind: 'opens', action, how }
}

/**
 * The name of the policy when the ARN is that of a policy of AWS. Only these have `aws` where others have an account;
 * anyone may give a policy of his own such a path.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns
 */
export const awsPolicyName = (arn: string): string | undefined =>
  /^arn:aws(?:-[a-z]+)*:iam::aws:policy\/(?:[\w.+=,@-]+\/)*([\w.+=,@-]+)$/.exec(arn)?.[1]

let table: ReadonlyMap<string, string> | undefined

/** Read when it is asked for: most templates name few policies, or none. */
function answers(): ReadonlyMap<string, string> {
  table ??= new Map(
    judgedPolicies
      .trim()
      .split('\n')
      .flatMap((line) => {
        const [judgement = '', names = ''] = line.split(': ')
        return names.split(' ').map((name) => [name, judgement] as const)
      }),
  )
  return table
}
