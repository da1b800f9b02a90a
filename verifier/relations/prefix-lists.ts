/** Ranges in the prefix lists of the templates. */
import type { Facts } from '../facts/facts.ts'
import { resourceOf } from '../facts/identity.ts'
import type { Resource } from '../resolve/program.ts'
import { entry, itemsOf, type Value } from '../resolve/value.ts'
import { isKnownProgram } from './programs.ts'
import { strangersTo, unreadIn, unreadOf } from './unread.ts'

/** Undefined for a list from outside, and where entries may not be in the list's own field. */
export function cidrsIn(facts: Facts, value: Value): readonly Value[] | undefined {
  const list = resourceOf(facts, value, 'AWS::EC2::PrefixList')
  if (!list || unreadOf(facts, list) !== undefined || mayBeFilled(facts, list)) return undefined
  return itemsOf(facts.get(list, 'Entries'))?.map((item) => entry(item, 'Cidr'))
}

/**
 * IPAM writes entries of its own, and so may anything else that is given the list:
 * https://docs.aws.amazon.com/vpc/latest/ipam/automate-prefix-list-updates.html
 */
function mayBeFilled(facts: Facts, list: Resource): boolean {
  const keys = new Map([[list.key, list]])
  return strangersTo(facts, [list.key]).some(
    (each) =>
      each !== list && !isKnownProgram(facts, each) && unreadIn(facts, each, keys) !== undefined && facts.exists(each),
  )
}
