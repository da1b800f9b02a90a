/** Whether anything on the way stops requests though routes and groups would let them through. */
import type { Hop } from '../judge/findings.ts'
import { hop, type Judgement } from '../judge/judgement.ts'
import {
  blockingAcls,
  closedAcls,
  hasNoTrustedCertificate,
  isMadeAfter,
  mayShowCertificate,
  mutualModeOf,
  runsNoTask,
} from '../relations/barriers.ts'
import { protocolOf } from '../relations/listeners.ts'
import { subnetsOf } from '../relations/load-balancers.ts'
import { hasEntrance } from '../relations/stages.ts'
import { taskSubnets } from '../relations/tasks.ts'
import type { WayIn } from '../relations/ways.ts'
import type { Resource } from '../resolve/program.ts'
import type { Value } from '../resolve/value.ts'

type Path = readonly Hop[]

/** Whether the API has an endpoint of its own, or a domain that looks at what leads to it. */
export function judgeEntrance(judgement: Judgement, api: Resource, path: Path): void {
  const entrance = hasEntrance(judgement.facts, api)
  if (entrance.is === 'yes') return
  if (entrance.is === 'maybe') {
    const because = `whether ${api.id} has an endpoint is not known`
    judgement.doubt(entrance.value, 'value', because, path)
    return
  }
  const { ignored, astray } = entrance
  if (!ignored && astray)
    judgement.refute(
      `${astray.by.id} leads to a stage that ${api.id} does not have`,
      [...path, hop(judgement.facts, astray.by, 'Stage')],
      `name a stage of ${api.id}`,
    )
  else if (!ignored?.resource)
    judgement.refute(
      `the execute-api endpoint of ${api.id} is disabled, and no custom domain leads to it`,
      path,
      'map a custom domain to it',
    )
  else
    judgement.refute(
      `the execute-api endpoint of ${api.id} is disabled, and ${ignored.resource.id} does not look at ${ignored.by.id}, by its RoutingMode`,
      path,
      'write RoutingMode: ROUTING_RULE_THEN_API_MAPPING',
    )
}

/** Whether a listener takes a connection of the API: it may ask for a certificate, and shows one itself. */
export function takesFromApi(judgement: Judgement, way: WayIn, listeners: readonly Resource[], path: Path): void {
  const { facts } = judgement
  for (const listener of listeners) {
    const mode = mutualModeOf(facts, listener)
    if ('unknown' in mode)
      judgement.doubt(mode.unknown, 'value', `whether ${listener.id} asks for a certificate is not known`, path)
    else if (mode.known === 'verify' && !mayShowCertificate(facts, way.api))
      judgement.refute(
        `${listener.id} takes only clients with a certificate, and ${way.api.id} shows none`,
        [...path, hop(facts, listener, 'MutualAuthentication')],
        'write Mode: passthrough, or leave MutualAuthentication out',
      )
    const protocol = protocolOf(facts, listener)
    const isTls = 'known' in protocol && (protocol.known === 'HTTPS' || protocol.known === 'TLS')
    if (!isTls || way.integration.verified.kind !== 'name') continue
    const untrusted = hasNoTrustedCertificate(facts, listener)
    const at = [...path, hop(facts, listener, 'Certificates')]
    if ('unknown' in untrusted)
      judgement.doubt(untrusted.unknown, 'value', `who issues the certificate of ${listener.id} is not known`, at)
    else if (untrusted.known)
      judgement.refute(
        `the certificate of ${listener.id} is of a private authority, which API Gateway does not trust`,
        at,
        'use a certificate of a public authority: remove CertificateAuthorityArn',
      )
  }
}

/** Web ACLs and network ACLs in front of the load balancer. */
export function answersClients(judgement: Judgement, target: Resource, link: Resource | undefined, path: Path): void {
  const { facts } = judgement
  for (const { resource: acl, isClosed } of blockingAcls(facts, target)) {
    const at = [...path, hop(facts, acl, 'DefaultAction')]
    if ('unknown' in isClosed)
      judgement.doubt(
        isClosed.unknown,
        'value',
        `whether ${acl.id} blocks every request to ${target.id} is not known`,
        at,
      )
    else
      judgement.refute(
        `${acl.id} blocks every request to ${target.id}`,
        at,
        'write a rule that allows, or Allow as its DefaultAction',
      )
  }
  passesAcl(judgement, subnetsOf(facts, target), path)
  if (link) passesAcl(judgement, facts.get(link, 'SubnetIds'), path)
}

/** Inside of one subnet it stops nothing, so that it leaves open what it does. */
function passesAcl(judgement: Judgement, subnets: Value, path: Path): void {
  for (const { resource: acl, isClosed } of closedAcls(judgement.facts, subnets)) {
    const at = [...path, hop(judgement.facts, acl)]
    if ('unknown' in isClosed)
      judgement.doubt(isClosed.unknown, 'value', `whether ${acl.id} lets anything through is not known`, at)
    else
      judgement.unsettled(
        acl.id,
        `write an AWS::EC2::NetworkAclEntry in ${acl.id} that allows what comes in, and one for what goes out`,
        `${acl.id} lets nothing into its subnets, or nothing out of them`,
        at,
      )
  }
}

/** Whether tasks are told to run, where requests can come to them. */
export function hasTasks(judgement: Judgement, service: Resource, path: Path): void {
  const { facts } = judgement
  passesAcl(judgement, taskSubnets(facts, service), path)
  const none = runsNoTask(facts, service)
  if ('unknown' in none) {
    const at = [...path, hop(facts, service, 'DesiredCount')]
    judgement.doubt(none.unknown, 'value', `whether ${service.id} runs a task is not known`, at)
  }
  if ('unknown' in none || !none.known) return
  const because = `${service.id} runs no task: its DesiredCount is 0, and nothing in the templates scales it`
  const count = facts.get(service, 'DesiredCount')
  if (count.kind === 'outside') {
    judgement.doubt(count, 'value', because, [...path, hop(facts, service, 'DesiredCount')])
    return
  }
  judgement.unsettled(
    service.id,
    `write a DesiredCount above 0 in ${service.id}, or an AWS::ApplicationAutoScaling::ScalableTarget`,
    because,
    [...path, hop(facts, service, 'DesiredCount')],
  )
}

/** A deployment is a copy of the API at that moment: https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-deploy-api.html */
export function deployedAfter(
  judgement: Judgement,
  deployment: Resource,
  routes: readonly Resource[],
  path: Path,
): void {
  if (routes.length === 0 || isMadeAfter(judgement.facts, deployment, routes)) return
  const ids = routes.map(({ id }) => id)
  judgement.unsettled(
    deployment.id,
    `write DependsOn: ${ids[0]} in ${deployment.id}`,
    `${deployment.id} may be made before ${ids.join(' and ')}, and then leaves it out`,
    [...path, hop(judgement.facts, deployment)],
  )
}
