/** What managed policies of AWS open, if tasks have them. */
import { words } from './action-patterns.ts'
import { judgedPolicies } from './policies.gen.ts'
import { type Judgement, judgeAction } from './rights.ts'

/** Undefined for a name that AWS has not published. */
export const judgePolicy = (name: string): Judgement | undefined => {
  const judgement = judged().get(name)
  if (judgement === undefined) return undefined
  const [kind, action = ''] = judgement.split(' ')
  if (kind === 'harmless') return { kind }
  if (kind === 'unknown') return { kind }
  const { how } = { how: 'opens a way in', ...judgeAction(action) }
  return { kind: 'opens', action, how }
}

export const policyNames = (): readonly string[] => [...judged().keys()]

let table: ReadonlyMap<string, string> | undefined

/** Read when it is asked for: most configs name no managed policy. */
const judged = (): ReadonlyMap<string, string> => {
  table ??= new Map(
    judgedPolicies
      .trim()
      .split('\n')
      .flatMap((line) => {
        const [judgement = '', names = ''] = line.split(': ')
        return words(names).map((name) => [name, judgement] as const)
      }),
  )
  return table
}
