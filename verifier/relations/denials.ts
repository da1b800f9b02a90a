/** What takes rights away again: boundaries, and statements that deny. How far it reaches is not judged. */
import type { Facts } from '../facts/facts.ts'
import { isIt, resourceOf } from '../facts/identity.ts'
import { covers, normalised } from '../facts/rights/pattern.ts'
import type { Resource } from '../resolve/program.ts'
import { entry, isAbsent, piecesOf, textOf, type Value } from '../resolve/value.ts'

/**
 * Whether a right that a source gives is perhaps none: an explicit denial wins, and nobody has more rights than the
 * boundary, https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export const mayBeDenied = (facts: Facts, source: Resource, holders: readonly Resource[], action: string): boolean =>
  documentsIn(facts, source).some((document) => denies(document, action)) ||
  (holders.length > 0 &&
    holders.every(
      (holder) =>
        !isAbsent(facts.get(holder, 'PermissionsBoundary')) ||
        documentsOf(facts, holder).some((document) => denies(document, action)),
    ))

/** Documents that stand in the resource itself. */
const documentsIn = (facts: Facts, resource: Resource): readonly Value[] => [
  facts.get(resource, 'PolicyDocument'),
  facts.get(resource, 'InlinePolicy'),
  ...piecesOf(facts.get(resource, 'Policies')).map((policy) => entry(policy, 'PolicyDocument')),
]

const managedType = 'AWS::IAM::ManagedPolicy'
/** Policies beside the holder, and where they name it. */
const beside: Readonly<Record<string, readonly string[]>> = {
  'AWS::IAM::Policy': ['Roles', 'Users'],
  [managedType]: ['Roles', 'Users'],
  'AWS::IAM::RolePolicy': ['RoleName'],
  'AWS::IAM::UserPolicy': ['UserName'],
}

function documentsOf(facts: Facts, holder: Resource): readonly Value[] {
  const attached = piecesOf(facts.get(holder, 'ManagedPolicyArns')).flatMap(
    (arn) => resourceOf(facts, arn, managedType) ?? [],
  )
  const naming = Object.entries(beside).flatMap(([type, properties]) =>
    facts
      .candidates(type)
      .filter((policy) =>
        properties
          .flatMap((name) => piecesOf(facts.get(policy, name)))
          .some((value) => isIt(facts, value, holder.key).is === 'yes'),
      )
      .filter((policy) => facts.exists(policy)),
  )
  return [holder, ...attached, ...naming].flatMap((each) => documentsIn(facts, each))
}

const denies = (document: Value, action: string): boolean =>
  piecesOf(entry(document, 'Statement')).some((statement) => {
    if (statement.kind !== 'map' || textOf(entry(statement, 'Effect')) !== 'Deny') return false
    if (!isAbsent(entry(statement, 'NotAction'))) return true
    return piecesOf(entry(statement, 'Action')).some((denied) => {
      const pattern = textOf(denied)
      return pattern === undefined || covers(normalised(pattern), normalised(action))
    })
  })
