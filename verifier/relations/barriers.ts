/** What stops requests though routes and groups would let them through. */
import type { Facts } from '../facts/facts.ts'
import { isIt, resourceOf, resourcesOf } from '../facts/identity.ts'
import { child, textOf as textOfNode } from '../read/node.ts'
import { mayName } from '../resolve/names.ts'
import type { Resource } from '../resolve/program.ts'
import { booleanOf, entry, integerOf, isAbsent, itemsOf, type Origin, originsOf, type Value } from '../resolve/value.ts'
import { restApiType } from './apis.ts'
import { certificatesOf } from './certificates.ts'
import { allOf, anyOf, isWord, type Known, knownIf, opposite, unlessBoolean, wordOf } from './known.ts'
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

/** Whether AWS Private CA issues a certificate of the templates. Properties that cannot be read may name an authority. */
export function isOfPrivateAuthority(facts: Facts, certificate: Value): Known<boolean> {
  const own = resourceOf(facts, certificate, 'AWS::CertificateManager::Certificate')
  const properties = own && facts.resolver.properties(own)
  if (properties?.kind === 'any') return { unknown: properties }
  return { known: properties?.kind === 'map' && !isAbsent(entry(properties, 'CertificateAuthorityArn')) }
}

/** API Gateway knows public authorities only: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-supported-certificate-authorities-for-http-endpoints.html */
export function hasNoTrustedCertificate(facts: Facts, listener: Resource): Known<boolean> {
  const certificates = certificatesOf(facts, listener).filter((each) => !isAbsent(each))
  if (certificates.length === 0) return { known: false }
  return allOf(certificates.map((each) => () => isOfPrivateAuthority(facts, each)))
}

/** An access list of the templates, and whether it lets nothing through. */
export type Acl = { readonly resource: Resource; readonly isClosed: Known<boolean> }

/** Web ACLs of the templates on the load balancer that block whatever comes, or may. */
export const blockingAcls = (facts: Facts, loadBalancer: Resource): readonly Acl[] =>
  joinedBy(
    facts,
    facts
      .candidates('AWS::WAFv2::WebACLAssociation')
      .filter((each) => mayName(facts.around.names, each.key, loadBalancer.key)),
    [loadBalancer],
    ['ResourceArn', 'WebACLArn', 'AWS::WAFv2::WebACL'],
    blocksAll,
  )

/** Where it has no rule that allows: https://docs.aws.amazon.com/waf/latest/developerguide/web-acl-default-action.html */
function blocksAll(facts: Facts, acl: Resource): Known<boolean> {
  const written = facts.get(acl, 'DefaultAction')
  if (written.kind === 'map' && !written.entries.has('Block')) return { known: false }
  const rules = facts.get(acl, 'Rules')
  const items = isAbsent(rules) ? [] : itemsOf(rules)
  return allOf([
    () => (written.kind === 'map' ? { known: true } : { unknown: written }),
    ...(items?.map((rule) => () => stops(rule)) ?? [() => ({ unknown: rules })]),
  ])
}

/** A rule by a group of rules has no action of its own, and may allow. */
function stops(rule: Value): Known<boolean> {
  const action = entry(rule, 'Action')
  if (action.kind !== 'map') return isAbsent(action) ? { known: false } : { unknown: action }
  return { known: [...action.entries.keys()].every((name) => stopping.includes(name)) }
}
const stopping = ['Block', 'Count', 'Captcha', 'Challenge']

/** Network ACLs of the templates, on one of the subnets, without a rule that lets anything in, or out; or perhaps so. */
export function closedAcls(facts: Facts, subnets: Value): readonly Acl[] {
  const { known: targets } = resourcesOf(facts, subnets, subnetType)
  const associations = facts
    .candidates('AWS::EC2::SubnetNetworkAclAssociation')
    .filter((each) => targets.some(({ key }) => mayName(facts.around.names, each.key, key)))
  const properties = ['SubnetId', 'NetworkAclId', 'AWS::EC2::NetworkAcl'] as const
  return joinedBy(facts, associations, targets, properties, (_, acl) =>
    anyOf([true, false].map((isEgress) => () => opposite(lets(facts, acl, isEgress)))),
  )
}

/** Its own rules deny: https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html */
const lets = (facts: Facts, acl: Resource, isEgress: boolean): Known<boolean> =>
  anyOf(
    facts.candidates('AWS::EC2::NetworkAclEntry').map((each) => () => {
      const action = facts.get(each, 'RuleAction')
      const egress = facts.get(each, 'Egress')
      const direction = booleanOf(egress, false)
      return allOf([
        () => knownIf(isIt(facts, facts.get(each, 'NetworkAclId'), acl.key)),
        () => (direction === undefined ? { unknown: unlessBoolean(egress) } : { known: direction === isEgress }),
        () => opposite(isWord(action, 'deny', ['allow', 'deny'])),
        () => ({ known: facts.exists(each) }),
      ])
    }),
  )

/** What associations join to one of these, as far as it is closed, and as far as that is known. */
function joinedBy(
  facts: Facts,
  associations: readonly Resource[],
  targets: readonly Resource[],
  [of, by, type]: readonly [string, string, string],
  isClosed: (facts: Facts, acl: Resource) => Known<boolean>,
): readonly Acl[] {
  return associations.flatMap((each) => {
    const resource = resourceOf(facts, facts.get(each, by), type)
    if (!resource) return []
    const answer = allOf([
      () =>
        anyOf(
          targets.map(
            ({ key }) =>
              () =>
                knownIf(isIt(facts, facts.get(each, of), key)),
          ),
        ),
      () => ({ known: facts.exists(each) }),
      () => isClosed(facts, resource),
    ])
    return 'known' in answer && !answer.known ? [] : [{ resource, isClosed: answer }]
  })
}

/** Told to run no task, while nothing of the templates scales services: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html */
export const runsNoTask = (facts: Facts, service: Resource): Known<boolean> =>
  allOf([
    () => isZero(facts, facts.get(service, 'DesiredCount')),
    () => opposite(isWord(facts.get(service, 'SchedulingStrategy'), 'DAEMON', ['DAEMON', 'REPLICA'])),
    () => ({
      known: !facts.candidates('AWS::ApplicationAutoScaling::ScalableTarget').some((each) => facts.exists(each)),
    }),
  ])

/** Also by the default of a parameter that may have any value. A number that somebody gives is not zero. */
function isZero({ around: { program } }: Facts, value: Value): Known<boolean> {
  if (value.kind === 'any' && originsOf(value).some(isForUsToRead)) return { unknown: value }
  if (value.kind !== 'outside') return { known: integerOf(value) === 0 }
  const { kind, parameter = '' } = value.origin
  const isByDefault = program.stacks.some(({ key, source }) => {
    const name = parameter.startsWith(`${key}:`) ? parameter.slice(key.length + 1) : undefined
    return name !== undefined && textOfNode(child(child(child(source.root, 'Parameters'), name), 'Default')) === '0'
  })
  return { known: kind === 'parameter' && isByDefault }
}

/** It stands in the templates, if only they could be read, or a parameter picks it out of them. */
const isForUsToRead = ({ kind, parameter }: Origin): boolean =>
  kind === 'macro' || kind === 'unreadable' || parameter !== undefined

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
