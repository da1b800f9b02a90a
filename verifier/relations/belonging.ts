/** Which rules belong to a group: inside it, or separate resources. */
import type { Facts } from '../facts/facts.ts'
import { type Answer, isIt, sameOutside, yes } from '../facts/identity.ts'
import { isOneOfSeveral, type Resource } from '../resolve/program.ts'
import { any, isAbsent, keyOf, nothing, textOf, type Value } from '../resolve/value.ts'
import { Infeasible, Undecided } from '../resolve/world.ts'
import { type Direction, type Group, groupOf, groupType } from './groups.ts'
import { type Rule, rulesOf } from './rules.ts'
import { unreadOf } from './unread.ts'

const beside = { ingress: 'AWS::EC2::SecurityGroupIngress', egress: 'AWS::EC2::SecurityGroupEgress' } as const

/** Where rules of a group may be: inside it, or separate. Each is asked by itself whether it exists and is of this group. */
export const ruleSources = (facts: Facts, group: Group, direction: Direction): readonly Resource[] => [
  group.resource,
  ...facts.candidates(beside[direction]).filter((rule) => !isSurelyOfAnother(facts, rule, group)),
]

/** Known here without any choice, and so in every world below. */
function isSurelyOfAnother(facts: Facts, rule: Resource, group: Group): boolean {
  try {
    const answer = belongs(facts, rule, group)
    return answer.is === 'no' && answer.because === 'another resource'
  } catch (error) {
    if (error instanceof Undecided || error instanceof Infeasible) return false
    throw error
  }
}

export type Belonging = { readonly answer: Answer; readonly rules: readonly Rule[]; readonly unread: readonly Value[] }

/** The rules that a source gives to the group, if it is its own. */
export function rulesFrom(facts: Facts, group: Group, source: Resource, direction: Direction): Belonging {
  if (source === group.resource) return { answer: yes, ...rulesOf(facts, group, direction) }
  const answer = belongs(facts, source, group)
  if (answer.is === 'no') return { answer, rules: [], unread: [] }
  return { answer, ...given(facts, source, direction) }
}

/** A property that the model does not read may admit anything. */
function given(facts: Facts, source: Resource, direction: Direction): Omit<Belonging, 'answer'> {
  const { rules, unread } = rulesOf(facts, source.type === groupType ? groupOf(facts, source.key) : source, direction)
  const open = unreadOf(facts, source)
  if (open?.kind !== 'property') return { rules, unread }
  const name = `${open.path} of ${source.id}`
  return { rules, unread: [...unread, any(name, nothing, { kind: 'unreadable', name })] }
}

/** What may give rules to a group from outside: separate resources, and the groups of other templates that are given. */
export const rulesBeside = (facts: Facts, direction: Direction): readonly Resource[] =>
  facts.candidates(beside[direction], ...(isOneOfSeveral(facts.around.program) ? [groupType] : []))

/** The rules that a source gives to a group from outside. */
export function rulesInto(facts: Facts, outside: Value, source: Resource, direction: Direction): Belonging {
  const answer =
    source.type === groupType
      ? isIt(facts, outside, source.key)
      : sameOutside(facts, facts.get(source, 'GroupId'), outside)
  if (answer.is === 'no') return { answer, rules: [], unread: [] }
  return { answer, ...given(facts, source, direction) }
}

/** A group of the default VPC may be meant by its name. */
function belongs(facts: Facts, rule: Resource, group: Group): Answer {
  const id = facts.get(rule, 'GroupId')
  if (!isAbsent(id)) return isIt(facts, id, group.key)
  const name = facts.get(rule, 'GroupName')
  if (isAbsent(name)) return isOpenAsAWhole(facts, rule) ?? isIt(facts, id, group.key)
  const byId = isIt(facts, name, group.key)
  if (byId.is !== 'no' || group.isDefault) return byId
  const given = facts.get(group.resource, 'GroupName')
  if (keyOf(given) === keyOf(name)) return { is: 'yes', because: 'the same name' }
  if (isAbsent(given)) return byId
  return textOf(given) !== undefined && textOf(name) !== undefined
    ? { is: 'no', because: 'another text' }
    : { is: 'maybe', value: textOf(name) === undefined ? name : given }
}

/** Properties that come from elsewhere may name any group. */
function isOpenAsAWhole(facts: Facts, rule: Resource): Answer | undefined {
  const whole = facts.get(rule, 'IpProtocol')
  return whole.kind === 'any' && whole.taint === 'all' ? { is: 'maybe', value: whole } : undefined
}
