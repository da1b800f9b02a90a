/** Whether a rule covers the port of a listener. */
import type { Facts } from '../facts/facts.ts'
import { unlessWritten } from '../relations/known.ts'
import { isTcp, portIn, portOf } from '../relations/load-balancers.ts'
import type { Rule } from '../relations/rules.ts'
import type { Resource } from '../resolve/program.ts'
import type { Value } from '../resolve/value.ts'

/** True, false, or what keeps it from being known: the rule, or else the port. */
export function carriedTo(facts: Facts, rule: Rule, listener: Resource): boolean | Value {
  const port = portOf(facts, listener)
  const known = rule.carries(port ?? 'unknown', isTcp(facts, listener))
  if (known !== undefined) return known
  const isOfRule = port !== undefined || rule.carries('any', isTcp(facts, listener)) === undefined
  return isOfRule ? rule.open : unlessWritten(portIn(facts, listener), ['a number'])
}
