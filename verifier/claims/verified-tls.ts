/** TLS from the client to the load balancer, with a name that the listener's certificate covers. */
import { apisOnLinks, httpApis, restApis } from '../facts/apis.ts'
import { covers, namesOf } from '../facts/certificates.ts'
import { domainsOf } from '../facts/domains.ts'
import type { Facts } from '../facts/facts.ts'
import { resourceOf } from '../facts/identity.ts'
import { listenerType } from '../facts/load-balancers.ts'
import type { Integration } from '../facts/route.ts'
import type { Resource } from '../resolve/program.ts'
import { entry, isAbsent, itemsOf, keyOf, textOf, type Value } from '../resolve/value.ts'
import { type Claim, type Hop, hop, type Judgement } from './judgement.ts'

export const verifiedTls: Claim = {
  id: 'verified-tls',
  targets: [...httpApis, ...restApis],
  judge: (facts, judgement, target) => {
    const api = apisOnLinks(facts).find(({ resource }) => resource === target)
    if (!api) return false
    for (const integration of api.integrations) judgeIntegration(facts, judgement, target, integration)
    for (const value of api.unread)
      judgement.doubt(value, 'value', `${target.id} may have integrations that cannot be read here`, [
        hop(facts, target),
      ])
    for (const { resource } of domainsOf(facts, target)) if (resource) judgeDomain(facts, judgement, resource)
    return true
  },
}

function judgeIntegration(facts: Facts, judgement: Judgement, api: Resource, integration: Integration): void {
  const listener = resourceOf(facts.around.program, integration.target, listenerType)
  const path: Hop[] = [
    { ...hop(facts, api) },
    { node: integration.name, ...integration.place },
    ...(listener ? [hop(facts, listener)] : []),
  ]
  const name = integration.serverName
  if (isAbsent(name)) {
    judgement.refute(
      `${integration.name} has no TlsConfig.ServerNameToVerify, so API Gateway does not use TLS with a verified name`,
      path,
      'set TlsConfig.ServerNameToVerify to a name on the certificate',
    )
    return
  }
  if (!listener) {
    judgement.doubt(
      integration.target,
      'value',
      `the listener behind ${integration.name} is not in the templates`,
      path,
    )
    return
  }
  const protocol = facts.get(listener, 'Protocol')
  const word = textOf(protocol)
  if (word !== undefined && word !== 'HTTPS' && word !== 'TLS') {
    judgement.refute(
      `${listener.id} speaks ${word}, so the last hop has no TLS`,
      path,
      `make ${listener.id} HTTPS with a certificate`,
    )
    return
  }
  if (word === undefined) {
    judgement.doubt(protocol, 'value', `the protocol of ${listener.id} is not known`, path)
    return
  }
  judgeCertificates(facts, judgement, listener, name, path)
}

function judgeCertificates(facts: Facts, judgement: Judgement, listener: Resource, name: Value, path: Hop[]): void {
  const values = certificatesOf(facts, listener)
  const unknown: Value[] = []
  const known: Value[] = []
  for (const value of values) {
    const names = namesOf(facts, value)
    if ('unknown' in names) unknown.push(names.unknown)
    else if (names.names.some((each) => covers(each, name))) {
      judgement.reason(
        `the certificate of ${listener.id} (line ${facts.place(listener).line}) covers the name that the API verifies`,
      )
      return
    } else known.push(...names.names)
  }
  const [first] = unknown
  if (first) judgement.doubt(first, 'covers', `which names the certificate of ${listener.id} covers is not known`, path)
  else if (isOpen(name) || known.some(isOpen))
    judgement.doubt(
      isOpen(name) ? name : (known.find(isOpen) as Value),
      'value',
      `whether the certificate of ${listener.id} covers the name that the API verifies is not known`,
      path,
    )
  else
    judgement.refute(
      `no certificate of ${listener.id} covers ${textOf(name) ?? keyOf(name)}`,
      path,
      'verify a name that is on the certificate',
    )
}

const isOpen = (value: Value): boolean => value.kind === 'unknown' || value.kind === 'joined' || value.kind === 'ref'

function certificatesOf(facts: Facts, listener: Resource): Value[] {
  const lists = [
    facts.get(listener, 'Certificates'),
    ...facts
      .all('AWS::ElasticLoadBalancingV2::ListenerCertificate')
      .filter((each) => resourceOf(facts.around.program, facts.get(each, 'ListenerArn'), listenerType) === listener)
      .map((each) => facts.get(each, 'Certificates')),
  ]
  return lists.flatMap((list) => {
    const items = itemsOf(list)
    return items ? items.map((item) => (item.kind === 'map' ? entry(item, 'CertificateArn') : item)) : [list]
  })
}

const oldPolicy = 'TLS_1_0'
/** https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-security-policies-list.html */
const newPolicies = /^(?:TLS_1_2|SecurityPolicy_TLS1[23]_.+)$/

/** TLS 1.0 is what an old policy of a domain name admits. */
function judgeDomain(facts: Facts, judgement: Judgement, domain: Resource): void {
  const isV2 = domain.type === 'AWS::ApiGatewayV2::DomainName'
  const configurations = isV2
    ? itemsOf(facts.get(domain, 'DomainNameConfigurations'))
    : [facts.get(domain, 'SecurityPolicy')]
  for (const configuration of configurations ?? [facts.get(domain, 'DomainNameConfigurations')]) {
    const policy = isV2 && configuration.kind === 'map' ? entry(configuration, 'SecurityPolicy') : configuration
    if (isAbsent(policy)) continue
    const word = textOf(policy)
    const path = [{ node: 'internet' }, hop(facts, domain)]
    if (word === undefined || !(word === oldPolicy || newPolicies.test(word)))
      judgement.doubt(policy, 'value', `the security policy of ${domain.id} is not known`, path)
    else if (word === oldPolicy)
      judgement.refute(`${domain.id} accepts TLS below 1.2`, path, 'set SecurityPolicy to TLS_1_2 or newer')
  }
}
