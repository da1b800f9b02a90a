/** Who gets rights from the templates with which a way in could be opened. */
import type { Facts } from '../facts/facts.ts'
import { resourceOf, resourcesOf } from '../facts/identity.ts'
import { awsPolicyName, judgeAwsPolicy } from '../facts/rights/aws-policies.ts'
import { judgeDocument, type Tree } from '../facts/rights/document.ts'
import { type RightsAnswer, unknownPart } from '../facts/rights/judge.ts'
import type { Resource } from '../resolve/program.ts'
import { entry, isAbsent, itemsOf, piecesOf, textOf, type Value } from '../resolve/value.ts'
import { borrowedRoles, borrowers } from './borrowed-roles.ts'
import { mayBeDenied } from './denials.ts'
import { groupIn } from './groups.ts'
import { guardedGroups } from './guarded-groups.ts'
import { listenerRuleType } from './load-balancers.ts'
import { isOwnName } from './own-names.ts'
import { isGivenAway, isOfKnownPrograms, isOfStarters } from './programs.ts'
import { isShiftedWith } from './shifted-rules.ts'
import { definitionType } from './tasks.ts'

export type Editor =
  | { readonly kind: 'certain'; readonly action: string }
  /** An action that nobody judged, or one that only perhaps applies. */
  | { readonly kind: 'unjudged'; readonly action: string }
  /** What is given is not in the templates. */
  | { readonly kind: 'outside'; readonly value: Value; readonly what: string }

/** Properties that give rights. */
type Rights = {
  /** Inline policies with a name. */
  readonly policies?: string
  readonly document?: string
  /** Policies by ARN. */
  readonly managed?: string
  /** Customer policies by name. */
  readonly named?: string
  /** Groups or permission sets whose rights come with them. */
  readonly memberships?: readonly (readonly [property: string, type: string])[]
  /** The roles that get them; the resource itself when there is no such property. */
  readonly roles?: string
}

const sources: Readonly<Record<string, Rights>> = {
  'AWS::IAM::Role': { policies: 'Policies', managed: 'ManagedPolicyArns' },
  'AWS::IAM::RolePolicy': { document: 'PolicyDocument', roles: 'RoleName' },
  'AWS::IAM::Policy': { document: 'PolicyDocument', roles: 'Roles' },
  'AWS::IAM::ManagedPolicy': { document: 'PolicyDocument', roles: 'Roles' },
  'AWS::IAM::User': {
    policies: 'Policies',
    managed: 'ManagedPolicyArns',
    memberships: [['Groups', 'AWS::IAM::Group']],
  },
  // A key hands out what its user may do.
  'AWS::IAM::AccessKey': { memberships: [['UserName', 'AWS::IAM::User']] },
  'AWS::IAM::UserPolicy': { document: 'PolicyDocument' },
  'AWS::IAM::UserToGroupAddition': { memberships: [['GroupName', 'AWS::IAM::Group']] },
  'AWS::IAM::Group': { policies: 'Policies', managed: 'ManagedPolicyArns' },
  'AWS::IAM::GroupPolicy': { document: 'PolicyDocument' },
  'AWS::SSO::PermissionSet': {
    document: 'InlinePolicy',
    managed: 'ManagedPolicies',
    named: 'CustomerManagedPolicyReferences',
  },
  'AWS::SSO::Assignment': { memberships: [['PermissionSetArn', 'AWS::SSO::PermissionSet']] },
}

/**
 * Who signs in by them may take each role that trusts them, and existing roles may do so by the name that is written:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers.html
 */
const signIns: Readonly<Record<string, string>> = { 'AWS::IAM::OIDCProvider': 'Url', 'AWS::IAM::SAMLProvider': 'Name' }
const trusting = 'a role outside the templates that trusts it'
const itself = ({ id }: Resource): Value => ({
  kind: 'any',
  key: id,
  taint: 'all',
  origins: [{ kind: 'opaque', name: id }],
})

/** What may give rights, in any world. */
export const rightsSources = (facts: Facts): readonly Resource[] => [
  ...new Set([
    ...facts.candidates(...Object.keys(sources), ...Object.keys(signIns), scheduleType),
    ...facts.once(borrowers),
  ]),
]

export const editorsIn = (facts: Facts, resource: Resource): readonly Editor[] =>
  editorsOf(facts, resource).map((editor) =>
    editor.kind === 'certain' && mayBeDenied(facts, resource, holdersOf(facts, resource), editor.action)
      ? { ...editor, kind: 'unjudged' }
      : editor,
  )

function editorsOf(facts: Facts, resource: Resource): readonly Editor[] {
  const rights = sources[resource.type]
  const name = signIns[resource.type]
  if (name !== undefined) return isAbsent(facts.get(resource, name)) ? [] : [outside(itself(resource), trusting)]
  if (!rights)
    return [
      ...borrowedRoles(facts, resource).map(({ value, what }) => outside(value, what)),
      ...callsIn(facts, resource),
    ]
  const get = (name: string | undefined): readonly Value[] => {
    const value = name === undefined ? undefined : facts.get(resource, name)
    return value === undefined || isAbsent(value) ? [] : piecesOf(value)
  }
  const roles = holdersOf(facts, resource)
  const trust = trustOf(facts, roles)
  // What a program does with its rights is known.
  if (trust.size === 1 && trust.has('lambda') && roles.every((role) => isOfKnownPrograms(facts, role))) return []
  const isStarter = trust.size === 1 && trust.has('states') && roles.every((role) => isOfStarters(facts, role))
  const inside = (document: Value): readonly Editor[] => inDocument(facts, document, { roles, trust, isStarter })
  return [
    ...get(rights.policies).flatMap((policy) =>
      policy.kind === 'map' ? inside(entry(policy, 'PolicyDocument')) : [outside(policy, 'a policy')],
    ),
    ...get(rights.document).flatMap(inside),
    ...get(rights.managed).flatMap((arn) => inManaged(facts, arn, trust)),
    ...get(rights.named).map((value) =>
      outside(value.kind === 'map' ? entry(value, 'Name') : value, 'a customer managed policy'),
    ),
    ...(rights.memberships ?? []).flatMap(([property, type]) =>
      get(property)
        .filter((value) => resourceOf(facts, value, type) === undefined && !isOwnName(facts, textOf(value), type))
        .map((value) => outside(value, `a ${type} that is not in the templates`)),
    ),
  ]
}

const outside = (value: Value, what: string): Editor => ({ kind: 'outside', value, what })

function holdersOf(facts: Facts, resource: Resource): readonly Resource[] {
  const property = sources[resource.type]?.roles
  if (property === undefined) return [resource]
  const { known, others } = resourcesOf(facts, facts.get(resource, property), 'AWS::IAM::Role')
  return others.length > 0 ? [] : known
}

/** AWS services that alone may use the rights; none where anybody else may. */
type Trust = ReadonlySet<string>

function trustOf(facts: Facts, roles: readonly Resource[]): Trust {
  const services = new Set<string>()
  if (roles.length === 0 || roles.some(({ type }) => type !== 'AWS::IAM::Role')) return new Set()
  for (const role of roles) {
    // Who has the role's name may set the same service to another task.
    if (isGivenAway(facts, role)) return new Set()
    const statements = itemsOf(facts.get(role, 'AssumeRolePolicyDocument.Statement')) ?? []
    if (statements.length === 0) return new Set()
    for (const statement of statements) {
      const principal = entry(statement, 'Principal')
      if (principal.kind !== 'map' || [...principal.entries.keys()].some((name) => name !== 'Service')) return new Set()
      for (const service of piecesOf(entry(principal, 'Service'))) {
        const name = serviceIn(service)
        if (name === undefined) return new Set()
        services.add(name)
      }
    }
  }
  return services
}

/** The first label of a host; one that something unknown follows is no whole label. */
function serviceIn(host: Value): string | undefined {
  const first = host.kind === 'joined' ? host.parts[0] : host
  const [, name] = /^([^.]+)\./.exec((first && textOf(first)) ?? '') ?? []
  return name
}

const isOnly = (trust: Trust, service: string): boolean => trust.size === 1 && trust.has(service)

/** ECS uses it for the services that name the role: those of the templates are known, and whether there are others is not. */
const byEcs = (trust: Trust, action: string): boolean => isOnly(trust, 'ecs') && /^elasticloadbalancing:/i.test(action)

/** What ECS does with the rule of a service while it is deployed. */
const shifting = /^elasticloadbalancing:ModifyRule$/i

/**
 * Blue-green deployments of a service shift the weights of the rule that it names, between its own target groups:
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/AmazonECSInfrastructureRolePolicyForLoadBalancers.html.
 * A right over any other rule is no part of that, and neither is one that nobody names for certain.
 */
function shiftsOnly(facts: Facts, roles: readonly Resource[], statement: Value): boolean {
  const named = piecesOf(entry(statement, 'Resource'))
  const rules = named.map((arn) => resourceOf(facts, arn, listenerRuleType))
  return (
    isAsWritten(statement) &&
    textOf(entry(statement, 'Effect')) === 'Allow' &&
    roles.length > 0 &&
    rules.length > 0 &&
    rules.every((rule) => rule !== undefined && roles.every((role) => isShiftedWith(facts, rule, role)))
  )
}

/** Services whose program is in the templates, or that can do one thing only with a right. */
const boundTo: readonly { readonly services: readonly string[]; readonly actions: RegExp }[] = [
  // It only sets the number of tasks.
  { services: ['application-autoscaling', 'ecs'], actions: /^ecs:UpdateService$/i },
  // A rule, schedule or pipe of the templates says which tasks, in which groups; a state machine may be told by its caller.
  { services: ['events', 'scheduler', 'pipes'], actions: /^ecs:RunTask$/i },
  // It registers the tasks of services that name the role.
  { services: ['ecs'], actions: /^elasticloadbalancing:(?:De)?RegisterTargets$/i },
]

const isBound = (trust: Trust, action: string): boolean =>
  trust.size > 0 &&
  boundTo.some(({ services, actions }) => actions.test(action) && [...trust].every((each) => services.includes(each)))

/**
 * What a state machine that only starts tasks may do, and no more than it needs: start the task definitions that it
 * names, which are those of the templates, and hear of their end.
 */
const ofStarters: readonly { readonly action: RegExp; readonly on: (facts: Facts, resource: Value) => boolean }[] = [
  {
    action: /^ecs:RunTask$/i,
    on: (facts, resource) => resourceOf(facts, resource, definitionType) !== undefined,
  },
  {
    action: /^events:Put(?:Rule|Targets)$/i,
    on: (_, resource) =>
      /:rule\/StepFunctionsGetEventsForECSTaskRule$/.test(
        textOf(resource.kind === 'joined' ? (resource.parts.at(-1) ?? resource) : resource) ?? '',
      ),
  },
]

function isOfStarter(facts: Facts, statement: Value, action: string): boolean {
  const named = ofStarters.find((each) => each.action.test(action))
  const resources = piecesOf(entry(statement, 'Resource'))
  return (
    named !== undefined &&
    isAsWritten(statement) &&
    isAbsent(entry(statement, 'NotResource')) &&
    resources.length > 0 &&
    resources.every((resource) => named.on(facts, resource))
  )
}

/** The roles that a state machine hands to its tasks must be those of the templates. */
function passesOthers(facts: Facts, statement: Value): boolean {
  if (textOf(entry(statement, 'Effect')) === 'Deny') return false
  const passes = piecesOf(entry(statement, 'Action')).some((action) =>
    /^iam:(?:PassRole|.*\*.*)$/i.test(textOf(action) ?? '*'),
  )
  const roles = resourcesOf(facts, entry(statement, 'Resource'), 'AWS::IAM::Role')
  return passes && (roles.others.length > 0 || roles.known.length === 0)
}

/** Who gets the rights, and who alone may use them. */
type Holders = { readonly roles: readonly Resource[]; readonly trust: Trust; readonly isStarter: boolean }

function inDocument(facts: Facts, document: Value, { roles, trust, isStarter }: Holders): readonly Editor[] {
  if (document.kind === 'outside' || document.kind === 'any') return [outside(document, 'a policy document')]
  const statements = piecesOf(entry(document, 'Statement'))
  const single = statements.map((statement) => ({ statement, tree: treeOf(statement) }))
  if (document.kind !== 'map' || isAbsent(entry(document, 'Statement')))
    return [{ kind: 'unjudged', action: 'do what a policy document says that is not understood' }]
  return single.flatMap(({ statement, tree }) => {
    const alone: Tree = new Map([['Statement', [tree]]])
    const groups = groupsEdited(facts, statement)
    const isWhole = piecesOf(entry(statement, 'Action')).some((action) => textOf(action) === '*')
    const isCertain = isAsWritten(statement)
    const isOwn = isOnly(trust, 'ecs') && shiftsOnly(facts, roles, statement)
    const found = judgeDocument(alone)
      .filter(({ answer }) => !(isStarter && isOfStarter(facts, statement, answer.action)))
      .filter(({ answer }) => !(isOwn && shifting.test(answer.action)))
      .flatMap(({ answer }) => editor(answer, trust, groups, isWhole, isCertain))
    return isStarter && passesOthers(facts, statement) && found.length === 0
      ? [{ kind: 'unjudged', action: 'iam:PassRole' }]
      : found
  })
}

function editor(
  answer: RightsAnswer,
  trust: Trust,
  groups: Edited,
  isWhole: boolean,
  isRead: boolean,
): readonly Editor[] {
  if (answer.kind === 'harmless' || isBound(trust, answer.action)) return []
  const isOfGroups = answer.action.includes('SecurityGroup')
  if (isOfGroups && groups === 'others') return []
  const isCertain =
    isRead && !byEcs(trust, answer.action) && (answer.kind === 'opens' || (isOfGroups && groups === 'guarded'))
  const action = isCertain && isWhole ? '*' : answer.action.replaceAll(unknownPart, '...')
  return [{ kind: isCertain ? 'certain' : 'unjudged', action }]
}

const elements = new Set(['Sid', 'Effect', 'Principal', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'])

/** Another spelling may mean the same or nothing. */
const isAsWritten = (statement: Value): boolean =>
  statement.kind === 'map' && [...statement.entries.keys()].every((name) => elements.has(name))

/** Of which groups a statement speaks: a guarded one, or others only, as that of the CDK that empties the default group. */
type Edited = 'guarded' | 'others' | 'unknown'

function groupsEdited(facts: Facts, statement: Value): Edited {
  const arns = piecesOf(entry(statement, 'Resource'))
  const answers = arns.map((arn): Edited => {
    if (arn.kind === 'text') return /:security-group\/(?:sg-)?\*$/.test(arn.text) ? 'guarded' : 'unknown'
    if (arn.kind !== 'joined') return 'unknown'
    const [before, last] = arn.parts.slice(-2)
    if (last && /security-group\/(?:sg-)?\*$/.test(textOf(last) ?? '')) return 'guarded'
    const group = last && groupIn(facts, last)
    if (!before || !textOf(before)?.endsWith(':security-group/') || !group) return 'unknown'
    return facts.once(guardedGroups).has(group.key) ? 'guarded' : 'others'
  })
  const isConditional =
    !isAsWritten(statement) ||
    !isAbsent(entry(statement, 'Condition')) ||
    textOf(entry(statement, 'Effect')) !== 'Allow'
  if (answers.includes('guarded')) return isConditional ? 'unknown' : 'guarded'
  return answers.length > 0 && answers.every((each) => each === 'others') ? 'others' : 'unknown'
}

const scheduleType = 'AWS::Scheduler::Schedule'

/** A schedule may call any API: https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html */
function callsIn(facts: Facts, resource: Resource): readonly Editor[] {
  if (resource.type !== scheduleType) return []
  const target = facts.get(resource, 'Target.Arn')
  const tree = treeOf(target)
  const [, service, action] = /:aws-sdk:([^:]*):(.*)$/i.exec(typeof tree === 'string' ? tree : '') ?? []
  if (service === undefined) return []
  const called = `${service}:${action}`
  const answers = judgeDocument(
    new Map([
      [
        'Statement',
        [
          new Map<string, Tree>([
            ['Effect', 'Allow'],
            ['Action', called],
            ['Resource', '*'],
          ]),
        ],
      ],
    ]),
  )
  return answers.map(
    ({ answer }): Editor => ({
      kind: answer.kind === 'opens' ? 'certain' : 'unjudged',
      action: `call ${called}`,
    }),
  )
}

function inManaged(facts: Facts, arn: Value, trust: Trust): readonly Editor[] {
  // A managed policy of the templates is looked at by itself.
  if (resourceOf(facts, arn, 'AWS::IAM::ManagedPolicy')) return []
  const written = arnText(arn)
  const name = written === undefined ? undefined : awsPolicyName(written)
  const answer = name === undefined ? undefined : judgeAwsPolicy(name)
  if (!answer) return [outside(arn, 'a managed policy')]
  if (answer.kind === 'harmless' || isBound(trust, answer.action)) return []
  const isCertain = answer.kind === 'opens' && !byEcs(trust, answer.action)
  return [{ kind: isCertain ? 'certain' : 'unjudged', action: `${answer.action}, by ${name}` }]
}

/** The partition may be left to the deployer. */
function arnText(value: Value): string | undefined {
  if (value.kind !== 'joined') return textOf(value)
  const parts = value.parts.map(
    (part, index, all) => textOf(part) ?? (index === 1 && textOf(all[0] ?? part) === 'arn:' ? 'aws' : undefined),
  )
  return parts.includes(undefined) ? undefined : parts.join('')
}

function treeOf(value: Value): Tree {
  switch (value.kind) {
    case 'text':
      return value.text
    case 'list':
      return value.isLoose ? undefined : value.items.map(treeOf)
    case 'map':
      return new Map([...value.entries].map(([name, item]) => [name, treeOf(item)]))
    case 'joined':
      return value.parts.map((part) => textOf(part) ?? unknownPart).join('')
    case 'ref':
      return unknownPart
    default:
      return undefined
  }
}
