import { unique } from '../names.ts'
import type { Placeholders } from '../placeholders.ts'

/** In the partition of the deployment, whichever one is written. */
export const policiesOf = (arns: readonly Placeholders[]): Placeholders[] =>
  unique(arns.map((arn) => arn.replace(/^arn:aws[a-z-]*:/, 'arn:{partition}:')))

/** Of the account of the deployment: what it allows, nobody knows here. */
export const isOfAccount = (arn: Placeholders): boolean => arn.includes('::{account}:')
