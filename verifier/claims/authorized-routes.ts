/** Every route of every API on a link has an authorizer, except those that the command line calls open. */
import { apisOnLinks, httpApis, isPrivate, restApis } from '../facts/apis.ts'
import { resourceOf } from '../facts/identity.ts'
import { originsOf } from '../resolve/value.ts'
import { guard } from './guard.ts'
import { type Claim, hop } from './judgement.ts'

const integration = 'AWS::ApiGatewayV2::Integration'
const method = 'AWS::ApiGateway::Method'

export const authorizedRoutes: Claim = {
  id: 'authorized-routes',
  targets: [...httpApis, ...restApis, integration, method],
  judge: (facts, judgement, target) => {
    if (target.type === integration || target.type === method) {
      const isV2 = target.type === integration
      const id = facts.get(target, isV2 ? 'ApiId' : 'RestApiId')
      if (resourceOf(facts.around.program, id, ...(isV2 ? httpApis : restApis))) return false
      if (!isPrivate(facts.get(target, isV2 ? 'ConnectionType' : 'Integration.ConnectionType'))) return false
      judgement.doubt(
        id,
        'value',
        `${target.id} belongs to an API that is not in the templates, and so may have any routes`,
      )
      return true
    }
    const api = apisOnLinks(facts).find(({ resource }) => resource === target)
    if (!api) return false
    const { openRoutes } = facts.around.declarations
    let closed = 0
    for (const route of api.routes) {
      const path = [
        { node: 'internet' },
        { node: `route ${route.key}`, via: route.access.kind === 'closed' ? '' : route.access.because, ...route.place },
        { node: target.id },
      ]
      if (route.access.kind === 'closed') closed++
      else if (openRoutes.has(route.key)) judgement.reason(`${route.key} is open, as declared`)
      else if (route.access.kind === 'open')
        judgement.refute(
          `${route.key} needs no authorization: ${route.access.because}`,
          path,
          `give ${route.name} an authorizer, or declare it: --open-route "${route.key}"`,
        )
      else {
        const because = `who may call ${route.key} is not known: ${route.access.because}`
        const { value } = route.access
        if (originsOf(value).some(({ kind }) => kind === 'parameter' || kind === 'macro'))
          judgement.doubt(value, 'value', because, path)
        else judgement.gap(route.name, `--open-route "${route.key}"`, because, path)
      }
    }
    for (const value of api.unread)
      judgement.doubt(value, 'value', `${target.id} may have routes that cannot be read here`, [hop(facts, target)])
    judgement.reason(`${closed} of ${api.routes.length} routes have an authorizer of ${target.id}`)
    judgement.assume('no API outside the templates uses the VPC link')
    guard(facts, judgement, [
      target,
      ...facts
        .all('AWS::ApiGatewayV2::Route', 'AWS::ApiGatewayV2::Authorizer', integration)
        .filter((each) => resourceOf(facts.around.program, facts.get(each, 'ApiId'), ...httpApis) === target),
    ])
    return true
  },
}
