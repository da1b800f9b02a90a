/** Every route of every API on a link has an authorizer, except those that the command line calls open. */
import type { Claim } from '../judge/claim.ts'
import { hop, type Judgement } from '../judge/judgement.ts'
import { isAskedByFlag, quoted } from '../judge/settle.ts'
import { allRead, nothingUnread } from '../obligations/unread.ts'
import {
  apiOf,
  apiOfPart,
  apiTypes,
  belongsTo,
  definedIn,
  integrationSources,
  integrationType,
  isOnLink,
  isPrivate,
  leadsInto,
  methodType,
  overridesOf,
  ownerValue,
  routeOf,
  routeSources,
  unreadOfApi,
} from '../relations/apis.ts'
import { mayBePartOf } from '../relations/ground.ts'
import { isByParameter } from '../relations/known.ts'
import type { Api, ApiRoute } from '../relations/route.ts'
import type { Resource } from '../resolve/program.ts'

export const authorizedRoutes: Claim = {
  id: 'authorized-routes',
  title: 'Every route of every API on the link has an authorizer',
  about: 'each API on a link',
  text: 'Every route has an authorizer of the same API, or IAM. A Lambda authorizer keeps no answer of one caller for all others.',
  targets: [...apiTypes, integrationType, methodType],
  judge: (judgement, target) =>
    target.type === integrationType || target.type === methodType
      ? judgeStray(judgement, target)
      : judgeApi(judgement, target),
}

/** An integration through a link that belongs to an API from outside. */
function judgeStray(judgement: Judgement, target: Resource): boolean {
  const { facts } = judgement
  if (apiOfPart(facts, target) || !isPrivate(facts, target)) return false
  judgement.doubt(
    ownerValue(facts, target),
    'value',
    `${target.id} belongs to an API that is not in the templates, and so may have any routes`,
    [hop(facts, target)],
  )
  return true
}

function judgeApi(judgement: Judgement, target: Resource): boolean {
  const { facts } = judgement
  const api = apiOf(target)
  if (!isOnLink(facts, api)) return false
  for (const value of unreadOfApi(facts, api))
    judgement.doubt(value, 'opens', `${target.id} may have routes that cannot be read here`, [hop(facts, target)])
  const body = definedIn(facts, api)
  for (const value of body.unread)
    judgement.doubt(value, 'opens', `${target.id} may have routes that cannot be read here`, [hop(facts, target)])
  judgement.each(body.routes, (each, route) => judgeRoute(each, target, route))
  judgement.each(routeSources(facts, api), (each, part) => judgePart(each, api, part))
  judgement.each(overridesOf(facts, api), (each, overrides) => {
    if (each.facts.exists(overrides))
      each.gap(overrides.id, 'opens', `${overrides.id} changes routes of ${target.id}`, [hop(each.facts, overrides)])
  })
  judgement.assume('no API outside the templates uses the VPC link')
  judgement.reason(`every known route of ${target.id} has an authorizer`)
  nothingUnread(judgement, [
    target,
    ...[...routeSources(facts, api), ...integrationSources(facts, api)].filter(
      (each) => belongsTo(facts, each, api).is === 'yes',
    ),
    ...facts.candidates('AWS::ApiGatewayV2::Authorizer', 'AWS::ApiGateway::Authorizer'),
  ])
  allRead(judgement, (each, below) => mayBePartOf(below, each, target, 'access'))
  return true
}

/** A route of some other API that leads to an integration of this one counts too. */
function judgePart(judgement: Judgement, api: Api, part: Resource): void {
  const { facts } = judgement
  const owner = belongsTo(facts, part, api)
  const path = [hop(facts, part, `perhaps of ${api.resource.id}`), hop(facts, api.resource)]
  if (owner.is === 'no') {
    const target = part.type === methodType ? owner : leadsInto(facts, part, api)
    if (target.is === 'no' || apiOfPart(facts, part)) {
      judgement.holds(owner, 'value', '')
      return
    }
    if (!facts.exists(part)) return
    if (target.is === 'maybe') {
      judgement.doubt(target.value, 'value', `where ${part.id} leads is not known`, path)
      return
    }
  }
  if (!facts.exists(part)) return
  const route = routeOf(facts, part, api)
  if (owner.is === 'yes') {
    judgeRoute(judgement, api.resource, route)
    return
  }
  if (route.access.kind === 'closed' || route.isMock || judgement.isOpenRoute(api.resource.id, route.key)) return
  if (owner.is === 'maybe')
    judgement.doubt(owner.value, 'value', `whether ${part.id} belongs to ${api.resource.id} is not known`, path)
  else {
    // API Gateway takes integrations of the same API only, so what is written as another one may yet be this one.
    const because = `${part.id} leads to an integration of ${api.resource.id}, and names another API as its own`
    if (owner.because === 'by assumption') judgement.doubt(owner.value, 'value', because, path)
    else judgement.unsettled(part.id, `write !Ref ${api.resource.id} as the ApiId of ${part.id}`, because, path)
  }
}

function judgeRoute(judgement: Judgement, api: Resource, route: ApiRoute): void {
  if (route.access.kind === 'closed') return
  if (route.isMock) {
    judgement.reason(`${route.key} is answered by ${api.id} itself`)
    return
  }
  if (judgement.isOpenRoute(api.id, route.key)) {
    judgement.reason(`${route.key} is open, as declared`)
    return
  }
  const flag = `--open-route ${quoted(`${api.id}:${route.key}`)}`
  const path = [
    { node: 'internet' },
    { node: `route ${route.key}`, via: route.access.because, ...route.place },
    { node: api.id },
  ]
  if (route.access.kind === 'open')
    judgement.refute(
      `${route.key} needs no authorization: ${route.access.because}`,
      path,
      `give ${route.name} an authorizer, or declare it: ${flag}`,
    )
  else {
    const { value, isElsewhere } = route.access
    const because = `who may call ${route.key} is not known: ${route.access.because}`
    const chosen = judgement.chosen()
    if (isByParameter(value)) judgement.doubt(value, 'value', because, path)
    else if (chosen !== undefined) judgement.unsettled(chosen.name, chosen.settle, because, path)
    else if (isElsewhere)
      judgement.unsettled(route.name, `name an authorizer of the templates, or declare: ${flag}`, because, path)
    else if (isAskedByFlag(judgement.facts, value)) judgement.doubt(value, 'value', because, path)
    else judgement.unsettled(route.name, flag, because, path)
  }
}
