/** Roles of the templates that could open a way in by themselves. */
import type { Facts } from '../facts/facts.ts'
import type { Resource } from '../resolve/program.ts'
import { entry, isAbsent, itemsOf, textOf, type Value } from '../resolve/value.ts'

export type Editor =
  | { readonly kind: 'certain'; readonly resource: Resource; readonly action: string }
  | { readonly kind: 'perhaps'; readonly resource: Resource; readonly action: string; readonly value: Value }

/** Actions with which a way around the VPC link can be made. */
const openers = [
  'apigateway:PATCH',
  'apigateway:POST',
  'apigateway:PUT',
  'ec2:AuthorizeSecurityGroupEgress',
  'ec2:AuthorizeSecurityGroupIngress',
  'ec2:ModifyNetworkInterfaceAttribute',
  'ec2:ModifySecurityGroupRules',
  'ecs:ExecuteCommand',
  'elasticloadbalancing:SetSecurityGroups',
  'elasticloadbalancing:SetSubnets',
  'iam:AttachRolePolicy',
  'iam:CreatePolicyVersion',
  'iam:PutRolePolicy',
]

/** Managed policies of AWS that hold one of them. */
const powerful = new Set([
  'AdministratorAccess',
  'AmazonAPIGatewayAdministrator',
  'AmazonEC2FullAccess',
  'AmazonECS_FullAccess',
  'AmazonVPCFullAccess',
  'ElasticLoadBalancingFullAccess',
  'IAMFullAccess',
  'NetworkAdministrator',
  'PowerUserAccess',
  'SystemAdministrator',
])

export function editorsOf(facts: Facts): Editor[] {
  return [
    ...facts
      .all('AWS::IAM::Role')
      .flatMap((role) => [
        ...policiesOf(facts.get(role, 'Policies')).flatMap((policy) =>
          inDocument(role, entry(policy, 'PolicyDocument')),
        ),
        ...managed(role, facts.get(role, 'ManagedPolicyArns')),
      ]),
    ...facts
      .all('AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy')
      .flatMap((policy) => inDocument(policy, facts.get(policy, 'PolicyDocument'))),
    ...facts.all('AWS::Serverless::Function').flatMap((resource) => inSam(resource, facts.get(resource, 'Policies'))),
  ]
}

const policiesOf = (value: Value): readonly Value[] => itemsOf(value) ?? [value]

function inDocument(resource: Resource, document: Value): Editor[] {
  const statements = itemsOf(entry(document, 'Statement'))
  if (!statements) return [{ kind: 'perhaps', resource, action: 'anything', value: document }]
  return statements.flatMap((statement): Editor[] => {
    if (statement.kind !== 'map') return [{ kind: 'perhaps', resource, action: 'anything', value: statement }]
    const effect = entry(statement, 'Effect')
    if (textOf(effect) === 'Deny') return []
    const actions = entry(statement, 'Action')
    const others = entry(statement, 'NotAction')
    if (!isAbsent(others)) {
      const kept = (itemsOf(others) ?? []).map((each) => textOf(each) ?? '')
      const open = openers.find((opener) => !kept.some((pattern) => matches(pattern, opener)))
      return open ? [{ kind: 'certain', resource, action: open }] : []
    }
    const items = itemsOf(actions)
    if (!items) return [{ kind: 'perhaps', resource, action: 'anything', value: actions }]
    return items.flatMap((item): Editor[] => {
      const pattern = textOf(item)
      if (pattern === undefined) return [{ kind: 'perhaps', resource, action: 'anything', value: item }]
      const open = openers.find((opener) => matches(pattern, opener))
      return open ? [{ kind: 'certain', resource, action: pattern === '*' ? 'do everything' : open }] : []
    })
  })
}

/** `*` and `?` of IAM, without case; in time proportional to both lengths, whoever wrote the pattern. */
function matches(pattern: string, action: string): boolean {
  const [wanted, given] = [pattern.toLowerCase(), action.toLowerCase()]
  let [p, g, star, retry] = [0, 0, -1, 0]
  while (g < given.length) {
    if (wanted[p] === '*') [star, retry, p] = [p, g, p + 1]
    else if (p < wanted.length && (wanted[p] === '?' || wanted[p] === given[g])) [p, g] = [p + 1, g + 1]
    else if (star >= 0) [p, retry, g] = [star + 1, retry + 1, retry + 1]
    else return false
  }
  return /^\**$/.test(wanted.slice(p))
}

function managed(resource: Resource, value: Value): Editor[] {
  const items = itemsOf(value)
  if (!items) return [{ kind: 'perhaps', resource, action: 'anything', value }]
  return items.flatMap((item): Editor[] => {
    // A managed policy of the templates is looked at by itself.
    if (item.kind === 'ref') return []
    const end = item.kind === 'joined' ? item.parts.at(-1) : item
    const arn = end ? textOf(end) : undefined
    if (arn === undefined) return [{ kind: 'perhaps', resource, action: 'anything', value: item }]
    const name = arn.slice(arn.lastIndexOf('/') + 1)
    const isOfAws = /:aws:policy\/|^policy\/|iam::aws:policy/.test(arn)
    if (powerful.has(name)) return [{ kind: 'certain', resource, action: `do what ${name} allows` }]
    return isOfAws || item.kind === 'text' ? [] : [{ kind: 'perhaps', resource, action: 'anything', value: item }]
  })
}

/** Names of policies, documents, or policy templates of SAM, none of which edits groups. */
function inSam(resource: Resource, value: Value): Editor[] {
  return policiesOf(value).flatMap((policy): Editor[] => {
    if (isAbsent(policy)) return []
    const text = textOf(policy)
    if (text !== undefined)
      return powerful.has(text.slice(text.lastIndexOf('/') + 1))
        ? [{ kind: 'certain', resource, action: `do what ${text} allows` }]
        : []
    if (policy.kind !== 'map')
      return policy.kind === 'ref' ? [] : [{ kind: 'perhaps', resource, action: 'anything', value: policy }]
    return isAbsent(entry(policy, 'Statement')) ? [] : inDocument(resource, policy)
  })
}
