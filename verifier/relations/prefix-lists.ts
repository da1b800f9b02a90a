/** Ranges in the prefix lists of the templates. */
import type { Facts } from '../facts/facts.ts'
import { resourceOf } from '../facts/identity.ts'
import type { Resource } from '../resolve/program.ts'
import { entry, itemsOf, type Value } from '../resolve/value.ts'

/** Undefined for a list from outside, and where entries are not in the list's own field. */
export function cidrsIn(facts: Facts, value: Value): readonly Value[] | undefined {
  const list = resourceOf(facts, value, 'AWS::EC2::PrefixList')
  const entries = list ? itemsOf(facts.get(list, 'Entries')) : undefined
  const isFilled =
    list && facts.candidates('AWS::EC2::IPAMPrefixListResolverTarget').some((each) => fills(facts, each, list))
  return isFilled ? undefined : entries?.map((item) => entry(item, 'Cidr'))
}

/** IPAM writes entries of its own: https://docs.aws.amazon.com/vpc/latest/ipam/automate-prefix-list-updates.html */
const fills = (facts: Facts, target: Resource, list: Resource): boolean => {
  const names = facts.around.names.get(target.key)
  return names === 'all' || (names?.has(list.key) ?? false)
}
