/** What stops requests though routes and groups would let them through. */
import type { Facts } from '../facts/facts.ts'
import { isIt, resourceOf, resourcesOf } from '../facts/identity.ts'
import { child, textOf as textOfNode } from '../read/node.ts'
import { mayName } from '../resolve/names.ts'
import type { Resource } from '../resolve/program.ts'
import { booleanOf, entry, integerOf, isAbsent, itemsOf, textOf, type Value } from '../resolve/value.ts'
import { restApiType } from './apis.ts'
import { certificatesOf } from './certificates.ts'
import { type Known, wordOf } from './known.ts'
import { subnetType } from './vpcs.ts'

/** Whether a listener demands a certificate of its clients: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/mutual-authentication.html */
export const mutualModeOf = (facts: Facts, listener: Resource): Known<'off' | 'passthrough' | 'verify'> =>
  wordOf(facts.get(listener, 'MutualAuthentication.Mode'), ['off', 'passthrough', 'verify'], 'off')

/** Only a REST API has one: https://docs.aws.amazon.com/apigateway/latest/developerguide/getting-started-client-side-ssl-authentication.html */
export const mayShowCertificate = (facts: Facts, api: Resource): boolean =>
  api.type === restApiType &&
  facts
    .candidates('AWS::ApiGateway::Stage', 'AWS::ApiGateway::Deployment')
    .some(
      (stage) =>
        isIt(facts, facts.get(stage, 'RestApiId'), api.key).is !== 'no' &&
        (!isAbsent(facts.get(stage, 'ClientCertificateId')) ||
          !isAbsent(facts.get(stage, 'StageDescription.ClientCertificateId'))),
    )

/** A certificate of the templates that AWS Private CA issues. Properties that cannot be read may name no authority. */
export function isOfPrivateAuthority(facts: Facts, certificate: Value): boolean {
  const own = resourceOf(facts, certificate, 'AWS::CertificateManager::Certificate')
  const properties = own && facts.resolver.properties(own)
  return properties?.kind === 'map' && !isAbsent(entry(properties, 'CertificateAuthorityArn'))
}

/** API Gateway knows public authorities only: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-supported-certificate-authorities-for-http-endpoints.html */
export function hasNoTrustedCertificate(facts: Facts, listener: Resource): boolean {
  const certificates = certificatesOf(facts, listener).filter((each) => !isAbsent(each))
  return certificates.length > 0 && certificates.every((each) => isOfPrivateAuthority(facts, each))
}

/** A web ACL of the templates on the load balancer that blocks whatever comes. */
export const blockingAcl = (facts: Facts, loadBalancer: Resource): Resource | undefined =>
  facts
    .candidates('AWS::WAFv2::WebACLAssociation')
    .filter((each) => mayName(facts.around.names, each.key, loadBalancer.key))
    .filter((each) => isIt(facts, facts.get(each, 'ResourceArn'), loadBalancer.key).is === 'yes' && facts.exists(each))
    .map((each) => resourceOf(facts, facts.get(each, 'WebACLArn'), 'AWS::WAFv2::WebACL'))
    .find((acl) => acl !== undefined && blocksAll(facts, acl))

/** Where it has no rule that allows: https://docs.aws.amazon.com/waf/latest/developerguide/web-acl-default-action.html */
function blocksAll(facts: Facts, acl: Resource): boolean {
  if (isAbsent(facts.get(acl, 'DefaultAction.Block'))) return false
  const value = facts.get(acl, 'Rules')
  const rules = isAbsent(value) ? [] : itemsOf(value)
  const stops = ['Block', 'Count', 'Captcha', 'Challenge']
  return (
    rules?.every((rule) => {
      const action = entry(rule, 'Action')
      return action.kind === 'map' && [...action.entries.keys()].every((name) => stops.includes(name))
    }) ?? false
  )
}

/** A network ACL of the templates, on one of the subnets, without a rule that lets anything in, or out. */
export function closedAcl(facts: Facts, subnets: Value): Resource | undefined {
  const { known } = resourcesOf(facts, subnets, subnetType)
  return facts
    .candidates('AWS::EC2::SubnetNetworkAclAssociation')
    .filter((each) => known.some(({ key }) => mayName(facts.around.names, each.key, key)))
    .filter(
      (each) =>
        known.some(({ key }) => isIt(facts, facts.get(each, 'SubnetId'), key).is === 'yes') && facts.exists(each),
    )
    .map((each) => resourceOf(facts, facts.get(each, 'NetworkAclId'), 'AWS::EC2::NetworkAcl'))
    .find((acl) => acl !== undefined && ![true, false].every((isEgress) => mayLet(facts, acl, isEgress)))
}

/** Its own rules deny: https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html */
const mayLet = (facts: Facts, acl: Resource, isEgress: boolean): boolean =>
  facts
    .candidates('AWS::EC2::NetworkAclEntry')
    .some(
      (each) =>
        isIt(facts, facts.get(each, 'NetworkAclId'), acl.key).is !== 'no' &&
        (booleanOf(facts.get(each, 'Egress'), false) ?? isEgress) === isEgress &&
        textOf(facts.get(each, 'RuleAction')) !== 'deny' &&
        facts.exists(each),
    )

/** Told to run no task, while nothing of the templates scales services: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html */
export const runsNoTask = (facts: Facts, service: Resource): boolean =>
  isZero(facts, facts.get(service, 'DesiredCount')) &&
  textOf(facts.get(service, 'SchedulingStrategy')) !== 'DAEMON' &&
  !facts.candidates('AWS::ApplicationAutoScaling::ScalableTarget').some((each) => facts.exists(each))

/** Also by the default of a parameter that may have any value. */
function isZero({ around: { program } }: Facts, value: Value): boolean {
  if (value.kind !== 'outside') return integerOf(value) === 0
  const { kind, parameter = '' } = value.origin
  return (
    kind === 'parameter' &&
    program.stacks.some(({ key, source }) => {
      const name = parameter.startsWith(`${key}:`) ? parameter.slice(key.length + 1) : undefined
      return name !== undefined && textOfNode(child(child(child(source.root, 'Parameters'), name), 'Default')) === '0'
    })
  )
}

/** Whether one is certainly made after the other: it says so, or names it or what comes after it. */
export function isMadeAfter(facts: Facts, later: Resource, earlier: readonly Resource[]): boolean {
  const { program, names } = facts.around
  const seen = new Set<Resource>()
  const left = [later]
  for (let here = left.pop(); here; here = left.pop()) {
    if (earlier.includes(here)) return true
    if (seen.has(here)) continue
    seen.add(here)
    const { stack, node } = here
    const named = names.get(here.key)
    if (named === 'all') return true
    for (const key of named ?? []) {
      const next = program.resources.get(key)
      if (next) left.push(next)
    }
    const said = node.entries.get('DependsOn')?.node
    const ids = said?.kind === 'list' ? said.items : said ? [said] : []
    for (const each of program.resources.values())
      if (each.stack === stack && ids.some((id) => id.kind === 'scalar' && id.text === each.id)) left.push(each)
  }
  return false
}
