/** What an action of IAM opens, if it is granted to tasks. */
import { covers, meets, words } from './action-patterns.ts'
import { harmlessActions, openingActions } from './rights.gen.ts'

/** `service:Name`, perhaps with a `*` at its end. */
export const ACTION = '[a-z0-9-]+:(?:[A-Za-z0-9]+\\*?|\\*)'

export type Judgement =
  | { readonly kind: 'harmless' }
  | { readonly kind: 'opens'; readonly action: string; readonly how: string }
  | { readonly kind: 'unknown' }

type Opening = { readonly action: string; readonly how: string }

/** What `verify` leaves undecided by itself, or judges by what else is granted, in words. */
const refused: readonly Opening[] = Object.entries({
  'hands on the rights of another role':
    'iam:PassRole sts:AssumeRole sts:AssumeRoleWithSAML sts:AssumeRoleWithWebIdentity',
  'starts tasks in any security group': 'ecs:RunTask ecs:StartTask ecs:RegisterTaskDefinition',
  'starts hosts in any security group': 'ec2:RunInstances ec2:RequestSpotInstances',
  'runs code with the rights of a function':
    'lambda:CreateFunction lambda:UpdateFunctionCode lambda:UpdateFunctionConfiguration',
  'edits target groups':
    'elasticloadbalancing:CreateTargetGroup elasticloadbalancing:ModifyTargetGroup elasticloadbalancing:RegisterTargets',
}).flatMap(([how, actions]) => words(actions).map((action) => ({ action, how })))

export const judgeAction = (action: string): Judgement => {
  const wanted = action.toLowerCase()
  const opening = [...openers(), ...refused].find((each) => meets(wanted, each.action.toLowerCase()))
  if (opening !== undefined) return { kind: 'opens', ...opening }
  return { kind: isHarmless(wanted) ? 'harmless' : 'unknown' }
}

const isHarmless = (wanted: string): boolean => {
  const [service = '', name = ''] = wanted.split(':')
  const patterns = harmless().get(service) ?? []
  return (
    patterns.some((each) => !each.startsWith('!') && covers(each, name)) &&
    !patterns.some((each) => each.startsWith('!') && meets(name, each.slice(1)))
  )
}

const linesOf = (text: string): (readonly [string, string[]])[] =>
  text
    .trim()
    .split('\n')
    .map((line) => {
      const [before = '', after = ''] = line.split(': ')
      return [before, words(after)] as const
    })

let actions: ReadonlyMap<string, readonly string[]> | undefined
let opening: readonly Opening[] | undefined

/** Read when they are asked for: most configs grant little, or nothing. */
const harmless = () => {
  actions ??= new Map(
    linesOf(harmlessActions).flatMap(([services, patterns]) => words(services).map((each) => [each, patterns])),
  )
  return actions
}
const openers = () => {
  opening ??= linesOf(openingActions).flatMap(([how, names]) => names.map((action) => ({ how, action })))
  return opening
}
