/** TLS from the client to the load balancer, with a name that the listener's certificate covers. */
import type { Claim } from '../judge/claim.ts'
import type { Hop } from '../judge/findings.ts'
import { hop, inFile, type Judgement } from '../judge/judgement.ts'
import { allRead, nothingUnread } from '../obligations/unread.ts'
import {
  apiOf,
  apiTypes,
  belongsTo,
  definedIn,
  integrationOf,
  integrationSources,
  isOnLink,
  isPrivate,
  unreadOfApi,
} from '../relations/apis.ts'
import { isOfPrivateAuthority } from '../relations/barriers.ts'
import { certificatesOf, covers, isOpenName, labelOf, namesOf } from '../relations/certificates.ts'
import { mappedBy, mappingSources, mapsTo, policiesOf } from '../relations/domains.ts'
import { mayBePartOf } from '../relations/ground.ts'
import { listenersAt, nameOfProtocol, protocolOf } from '../relations/listeners.ts'
import { groupsBehind, outsideListenerIn } from '../relations/outside-listeners.ts'
import type { Integration } from '../relations/route.ts'
import type { Resource } from '../resolve/program.ts'

export const verifiedTls: Claim = {
  id: 'verified-tls',
  title: 'TLS from the client to the load balancer, with a name that its certificate covers',
  about: 'each API on a link',
  text: "TLS all the way to the load balancer, with a name that the listener's certificate covers.",
  targets: apiTypes,
  judge: (judgement, target) => {
    const { facts } = judgement
    const api = apiOf(target)
    if (!isOnLink(facts, api)) return false
    const body = definedIn(facts, api)
    for (const value of [...unreadOfApi(facts, api), ...body.unread])
      judgement.doubt(value, 'opens', `${target.id} may have integrations that cannot be read here`, [
        hop(facts, target),
      ])
    judgement.each(body.integrations, (each, integration) => judgeIntegration(each, target, integration))
    judgement.each(integrationSources(facts, api), (each, part) => {
      const answer = belongsTo(each.facts, part, api)
      if (answer.is === 'no' || !isPrivate(each.facts, part) || !each.facts.exists(part)) return
      const path = [hop(each.facts, part, `perhaps of ${target.id}`), hop(each.facts, target)]
      if (each.holds(answer, 'value', `whether ${part.id} belongs to ${target.id} is not known`, path))
        judgeIntegration(each, target, integrationOf(each.facts, part))
    })
    judgement.each(mappingSources(facts), (each, by) => {
      if (mapsTo(each.facts, by, target).is !== 'yes' || !each.facts.exists(by)) return
      const { resource } = mappedBy(each.facts, by)
      if (resource) judgeDomain(each, resource)
    })
    nothingUnread(judgement, [
      target,
      ...integrationSources(facts, api).filter((each) => belongsTo(facts, each, api).is === 'yes'),
    ])
    allRead(judgement, (each, below) => mayBePartOf(below, each, target, 'way'))
    return true
  },
}

function judgeIntegration(judgement: Judgement, api: Resource, integration: Integration): void {
  const { facts } = judgement
  const listeners = listenersAt(facts, integration)
  const [listener] = listeners.known
  const path: Hop[] = [
    hop(facts, api),
    { node: integration.name, ...integration.place },
    ...(listener ? [hop(facts, listener)] : []),
  ]
  const { verified } = integration
  if (verified.kind === 'none') {
    judgement.refute(verified.because, path, verified.remedy)
    return
  }
  if (verified.kind === 'unknown') {
    judgement.doubt(verified.value, 'value', `which name ${integration.name} verifies is not known`, path)
    return
  }
  if (!listener) {
    judgeOutside(judgement, integration, verified.value, path)
    return
  }
  const protocol = protocolOf(facts, listener)
  if ('unknown' in protocol) {
    judgement.doubt(protocol.unknown, 'value', `the protocol of ${listener.id} is not known`, path)
    return
  }
  if (protocol.known !== 'HTTPS' && protocol.known !== 'TLS') {
    judgement.refute(
      `${listener.id} speaks ${nameOfProtocol(facts, listener)}, so the last hop has no TLS`,
      path,
      `make ${listener.id} HTTPS with a certificate`,
    )
    return
  }
  judgeCertificates(judgement, listener, verified.value, path)
  nothingUnread(judgement, [listener])
}

/** What a listener that is not in the templates shows is for the user to know. */
function judgeOutside(judgement: Judgement, integration: Integration, name: Name, path: readonly Hop[]): void {
  const { facts } = judgement
  const outside = outsideListenerIn(facts, integration.target)
  const because = `the listener behind ${integration.name} is not in the templates`
  if (!outside || groupsBehind(facts, outside).length === 0) {
    judgement.doubt(integration.target, 'value', because, path)
    return
  }
  const names = judgement.declared(outside.name, 'covers').flatMap(facts.meant)
  if (names.some((each) => covers(each, name))) {
    judgement.assume(`${outside.name} speaks TLS, with a certificate that covers ${labelOf(name)}, as declared`)
    judgement.reason(`the certificate of ${outside.name} covers the name that the API verifies`)
  } else if (names.length === 0) judgement.doubt(integration.target, 'covers', because, path)
  else
    judgement.refute(
      `no certificate of ${outside.name} covers ${labelOf(name)}, as declared`,
      path,
      'verify a name that is on the certificate',
    )
}

type Name = Extract<Integration['verified'], { kind: 'name' }>['value']

function judgeCertificates(judgement: Judgement, listener: Resource, name: Name, path: readonly Hop[]): void {
  const { facts } = judgement
  const unknown: Name[] = []
  const known: Name[] = []
  let isPrivate = false
  for (const value of certificatesOf(facts, listener)) {
    const ofPrivate = isOfPrivateAuthority(facts, value)
    if ('known' in ofPrivate && ofPrivate.known) {
      isPrivate = true
      continue
    }
    const names = namesOf(facts, value, (each) => judgement.declared(each, 'covers'))
    if ('unknown' in names) unknown.push(names.unknown)
    else if (names.names.some((each) => covers(each, name))) {
      judgement.reason(
        `the certificate of ${listener.id} (${inFile(facts.place(listener))}) covers the name that the API verifies`,
      )
      return
    } else known.push(...names.names)
  }
  const [first] = unknown
  const open = isOpenName(name) ? name : known.find(isOpenName)
  if (first) judgement.doubt(first, 'covers', `which names the certificate of ${listener.id} covers is not known`, path)
  else if (open)
    judgement.doubt(
      open,
      'value',
      `whether the certificate of ${listener.id} covers the name that the API verifies is not known`,
      path,
    )
  else if (isPrivate && known.length === 0)
    judgement.refute(
      `the certificate of ${listener.id} is of a private authority, which API Gateway does not trust`,
      path,
      'use a certificate of a public authority: remove CertificateAuthorityArn',
    )
  else
    judgement.refute(
      `no certificate of ${listener.id} covers ${labelOf(name)}`,
      path,
      'verify a name that is on the certificate',
    )
}

/** TLS 1.0 is what an old policy of a domain name admits. */
function judgeDomain(judgement: Judgement, domain: Resource): void {
  const path = [{ node: 'internet' }, hop(judgement.facts, domain)]
  for (const policy of policiesOf(judgement.facts, domain))
    if (policy.is === 'unknown')
      judgement.doubt(policy.value, 'value', `the security policy of ${domain.id} is not known`, path)
    else if (policy.is === 'old')
      judgement.refute(`${domain.id} accepts TLS below 1.2`, path, 'set SecurityPolicy to TLS_1_2 or newer')
}
