/** Who gets rights from the templates with which a way in could be opened. */
import type { Facts } from '../facts/facts.ts'
import { resourceOf, resourcesOf } from '../facts/identity.ts'
import { kindOf, loadBalancerType } from '../facts/load-balancers.ts'
import { openingPolicies, otherPolicies } from '../facts/managed-policies.gen.ts'
import { type Opener, openersBeside, openersIn } from '../facts/opening-actions.ts'
import { runsTasks, taskGroups, taskTypes } from '../facts/services.ts'
import { groupsIn, groupsOf } from '../network/groups.ts'
import type { Resource } from '../resolve/program.ts'
import { entry, isAbsent, itemsOf, textOf, type Value } from '../resolve/value.ts'

export type Editor =
  | { readonly kind: 'certain'; readonly resource: Resource; readonly action: string }
  /** A value of the templates decides. */
  | { readonly kind: 'perhaps'; readonly resource: Resource; readonly value: Value }
  /** What is given is not in the templates, or not in a form that is read. */
  | { readonly kind: 'unread'; readonly resource: Resource; readonly what: string }

/** Properties that give rights; of a list of documents, each is one. */
type Rights = {
  /** Inline policies with a name. */
  readonly policies?: string
  readonly document?: string
  readonly managed?: string
  /** The form of SAM: names, documents, or templates of SAM, none of which opens anything. */
  readonly sam?: string
  /** The roles that get them; the resource itself when there is no such property. */
  readonly roles?: string
}

const sources: Readonly<Record<string, Rights>> = {
  'AWS::IAM::Role': { policies: 'Policies', managed: 'ManagedPolicyArns' },
  'AWS::IAM::RolePolicy': { document: 'PolicyDocument', roles: 'RoleName' },
  'AWS::IAM::Policy': { document: 'PolicyDocument', roles: 'Roles' },
  'AWS::IAM::ManagedPolicy': { document: 'PolicyDocument', roles: 'Roles' },
  'AWS::IAM::User': { policies: 'Policies', managed: 'ManagedPolicyArns' },
  'AWS::IAM::UserPolicy': { document: 'PolicyDocument' },
  'AWS::IAM::Group': { policies: 'Policies', managed: 'ManagedPolicyArns' },
  'AWS::IAM::GroupPolicy': { document: 'PolicyDocument' },
  'AWS::SSO::PermissionSet': { document: 'InlinePolicy', managed: 'ManagedPolicies' },
  'AWS::Serverless::Function': { sam: 'Policies' },
  'AWS::Serverless::StateMachine': { sam: 'Policies' },
}

export const editorsOf = (facts: Facts): Editor[] =>
  Object.entries(sources).flatMap(([type, rights]) =>
    facts.all(type).flatMap((resource) => {
      const get = (name: string | undefined): readonly Value[] => {
        const value = name === undefined ? undefined : facts.get(resource, name)
        return value === undefined || isAbsent(value) ? [] : (itemsOf(value) ?? [value])
      }
      const isHarmless = harmlessIn(facts, rights.roles === undefined ? [resource] : holders(facts, resource, rights))
      return [
        ...get(rights.policies).flatMap((policy) =>
          inDocument(facts, resource, entry(policy, 'PolicyDocument'), isHarmless),
        ),
        ...get(rights.document).flatMap((document) => inDocument(facts, resource, document, isHarmless)),
        ...get(rights.managed).flatMap((arn) => inManaged(facts, resource, arn, isHarmless)),
        ...get(rights.sam).flatMap((policy) => inSam(facts, resource, policy)),
      ]
    }),
  )

const holders = (facts: Facts, resource: Resource, { roles = '' }: Rights): readonly Resource[] => {
  const { known, others } = resourcesOf(facts.around.program, facts.get(resource, roles), 'AWS::IAM::Role')
  return others.length > 0 ? [] : known
}

type IsHarmless = (opener: Opener) => boolean

/** A service that only sets the number of tasks cannot do more with the right to it. */
function harmlessIn(facts: Facts, roles: readonly Resource[]): IsHarmless {
  return (opener) =>
    opener === 'ecs:UpdateService' && roles.length > 0 && roles.every((role) => isForScaling(facts, role))
}

function isForScaling(facts: Facts, role: Resource): boolean {
  const statements = itemsOf(facts.get(role, 'AssumeRolePolicyDocument.Statement')) ?? []
  return (
    statements.length > 0 &&
    statements.every((statement) => {
      const principal = entry(statement, 'Principal')
      if (principal.kind !== 'map' || [...principal.entries.keys()].some((name) => name !== 'Service')) return false
      const services = itemsOf(entry(principal, 'Service')) ?? []
      return (
        services.length > 0 &&
        services.every((service) => {
          const first = service.kind === 'joined' ? service.parts[0] : service
          return first !== undefined && textOf(first)?.startsWith('application-autoscaling.')
        })
      )
    })
  )
}

/** Rights to edit other groups only, as the function of the CDK has that empties the default group. */
function besideGuarded(facts: Facts, statement: Value): IsHarmless {
  const arns = itemsOf(entry(statement, 'Resource')) ?? []
  const isBeside =
    arns.length > 0 &&
    arns.every((arn) => {
      if (arn.kind !== 'joined') return false
      const [before, last] = arn.parts.slice(-2)
      const group = last && groupsOf(facts).of(last)
      return (
        before && textOf(before)?.endsWith(':security-group/') && group && !facts.once(guardedGroups).has(group.key)
      )
    })
  return (opener) => isBeside && opener.includes('SecurityGroup')
}

/** Groups of load balancers, tasks and VPC links. What names none has the default group. */
function guardedGroups(facts: Facts): ReadonlySet<string> {
  const groups = groupsOf(facts)
  const loadBalancers = facts.all(loadBalancerType)
  const tasks = facts.all(...taskTypes).filter((each) => runsTasks(facts, each))
  const withDefault = [
    ...loadBalancers
      .filter((each) => kindOf(facts, each) !== 'network')
      .map((each) => facts.get(each, 'SecurityGroups')),
    ...tasks.map((each) => taskGroups(facts, each)),
  ]
  const carried = [
    ...withDefault,
    ...loadBalancers.map((each) => facts.get(each, 'SecurityGroups')),
    ...facts.all('AWS::ApiGatewayV2::VpcLink').map((each) => facts.get(each, 'SecurityGroupIds')),
  ]
  const isWithout = withDefault.some((value) => itemsOf(value)?.length === 0)
  const defaults = isWithout ? facts.all('AWS::EC2::VPC').map(({ key }) => `${key}.DefaultSecurityGroup`) : []
  return new Set([
    ...carried.flatMap((value) => groupsIn(facts, groups, value).known.map(({ key }) => key)),
    ...defaults,
  ])
}

function inDocument(facts: Facts, resource: Resource, document: Value, isHarmlessHere: IsHarmless): Editor[] {
  const unread: Editor = { kind: 'unread', resource, what: `a policy document of ${resource.id}` }
  if (document.kind === 'text' || isAbsent(entry(document, 'Statement'))) return [unread]
  const statements = itemsOf(entry(document, 'Statement'))
  if (!statements) return [{ kind: 'perhaps', resource, value: document }]
  return statements.flatMap((statement): Editor[] => {
    if (statement.kind !== 'map') return [{ kind: 'perhaps', resource, value: statement }]
    if (textOf(entry(statement, 'Effect')) === 'Deny') return []
    const beside = besideGuarded(facts, statement)
    const isHarmless: IsHarmless = (opener) => isHarmlessHere(opener) || beside(opener)
    const others = entry(statement, 'NotAction')
    if (!isAbsent(others)) {
      const kept = (itemsOf(others) ?? []).map((each) => textOf(each) ?? '')
      return certain(resource, openersBeside(kept), isHarmless)
    }
    const actions = entry(statement, 'Action')
    if (isAbsent(actions)) return [unread]
    return (itemsOf(actions) ?? [actions]).flatMap((item): Editor[] => {
      const pattern = textOf(item)
      if (pattern === undefined) return [{ kind: 'perhaps', resource, value: item }]
      return certain(resource, openersIn(pattern), isHarmless, pattern === '*' ? 'do everything' : undefined)
    })
  })
}

function certain(resource: Resource, openers: readonly Opener[], isHarmless: IsHarmless, action?: string): Editor[] {
  const opener = openers.find((each) => !isHarmless(each))
  return opener ? [{ kind: 'certain', resource, action: action ?? opener }] : []
}

function inManaged(facts: Facts, resource: Resource, arn: Value, isHarmless: IsHarmless): Editor[] {
  // A managed policy of the templates is looked at by itself.
  if (resourceOf(facts.around.program, arn, 'AWS::IAM::ManagedPolicy')) return []
  const end = textOf(arn.kind === 'joined' ? (arn.parts.at(-1) ?? arn) : arn)
  if (end === undefined || (arn.kind === 'joined' && !end.includes('policy/')))
    return [{ kind: 'perhaps', resource, value: arn }]
  return byName(resource, end, /:aws:policy\//.test(end) ? end.slice(end.lastIndexOf('/') + 1) : undefined, isHarmless)
}

/** `name` when it is a policy of AWS. */
function byName(resource: Resource, written: string, name: string | undefined, isHarmless: IsHarmless): Editor[] {
  const openers = name === undefined ? undefined : openingPolicies[name]
  if (openers) return certain(resource, openers, isHarmless, `do what ${name} allows`)
  return name !== undefined && otherPolicies.has(name)
    ? []
    : [{ kind: 'unread', resource, what: `the policy ${written}` }]
}

function inSam(facts: Facts, resource: Resource, policy: Value): Editor[] {
  if (policy.kind === 'map')
    return isAbsent(entry(policy, 'Statement')) ? [] : inDocument(facts, resource, policy, () => false)
  const name = textOf(policy)
  return name === undefined || name.startsWith('arn:')
    ? inManaged(facts, resource, policy, () => false)
    : byName(resource, name, name, () => false)
}
