/** Resources whose program is known, whatever they are given. */
import type { Facts } from '../facts/facts.ts'
import { isOwn, isOwnFunction } from '../facts/own-functions.ts'
import { mayName } from '../resolve/names.ts'
import type { Resource } from '../resolve/program.ts'
import { isAbsent, type Taint } from '../resolve/value.ts'
import { leavesBy } from './outputs.ts'
import { startedBy } from './state-machines.ts'
import { isReadContainer } from './unread.ts'

export const isCustom = (type: string): boolean =>
  type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource'

export const isKnownProgram = (facts: Facts, resource: Resource): boolean =>
  resource.type.startsWith('Custom::') && isOwn(facts.resolver, resource, facts.around)

/**
 * Whether nothing but functions whose code is known runs with the role: nothing else is given it, it does not leave the
 * templates, and it has no name by which something could ask for it. Policies only add rights to it.
 */
export const isOfKnownPrograms = (facts: Facts, role: Resource): boolean =>
  runsOnly(facts, role, (each) => isOwnFunction(facts.resolver, each, facts.around))

/** Whether nothing but state machines that only start tasks acts with the role. */
export const isOfStarters = (facts: Facts, role: Resource): boolean =>
  runsOnly(facts, role, (each) => startedBy(facts, each) !== undefined)

function runsOnly(facts: Facts, role: Resource, isKnown: (user: Resource) => boolean): boolean {
  const { program, names } = facts.around
  if (!isAbsent(facts.get(role, 'RoleName')) || leavesBy(facts, [role]).length > 0) return false
  const users = [...program.resources.values()].filter(
    (each) =>
      each !== role &&
      !policies.has(each.type) &&
      !isReadContainer(each) &&
      mayName(names, each.key, role.key) &&
      isNamed(facts.taint(facts.resolver.properties(each)), role),
  )
  return users.length > 0 && users.every(isKnown)
}

/** Whether something gets hold of the role whose program is not known: it may give it to another one. */
export const isGivenAway = (facts: Facts, role: Resource): boolean =>
  [...facts.around.program.resources.values()].some(
    (each) =>
      (isContainer(each) || (isCustom(each.type) && !isKnownProgram(facts, each))) &&
      mayName(facts.around.names, each.key, role.key) &&
      isNamed(facts.taint(facts.resolver.properties(each)), role),
  )

const isContainer = (resource: Resource): boolean =>
  resource.type.startsWith('AWS::CloudFormation::Stack') && !isReadContainer(resource)

const isNamed = (taint: Taint, { key }: Resource): boolean => taint === 'all' || taint.has(key)

const policies: ReadonlySet<string> = new Set(['AWS::IAM::Policy', 'AWS::IAM::RolePolicy', 'AWS::IAM::ManagedPolicy'])
