/**
 * Actions of IAM that open a way around the VPC link by changing what stands: groups, interfaces, routes, the load
 * balancer, the service, the API, a shell, or the rights themselves. To start new hosts is not among them: that is
 * assumed, as joining a group is.
 */
const openers = [
  'apigateway:PATCH',
  'apigateway:POST',
  'apigateway:PUT',
  'ec2:AssociateRouteTable',
  'ec2:AssociateSecurityGroupVpc',
  'ec2:AuthorizeSecurityGroupEgress',
  'ec2:AuthorizeSecurityGroupIngress',
  'ec2:CreateRoute',
  'ec2:ModifyManagedPrefixList',
  'ec2:ModifyNetworkInterfaceAttribute',
  'ec2:ModifySecurityGroupRules',
  'ec2:ReplaceRoute',
  'ec2:ReplaceRouteTableAssociation',
  'ecs:ExecuteCommand',
  'ecs:UpdateService',
  'elasticloadbalancing:SetSecurityGroups',
  'elasticloadbalancing:SetSubnets',
  'iam:AttachGroupPolicy',
  'iam:AttachRolePolicy',
  'iam:AttachUserPolicy',
  'iam:CreatePolicyVersion',
  'iam:PutGroupPolicy',
  'iam:PutRolePolicy',
  'iam:PutUserPolicy',
  'iam:SetDefaultPolicyVersion',
] as const

export type Opener = (typeof openers)[number]

/** Those that a pattern of an Action covers. */
export const openersIn = (pattern: string): Opener[] => openers.filter((opener) => matches(pattern, opener))

/** Those that no pattern of a NotAction keeps. */
export const openersBeside = (kept: readonly string[]): Opener[] =>
  openers.filter((opener) => !kept.some((pattern) => matches(pattern, opener)))

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
