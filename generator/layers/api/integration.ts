import { type Fragment, fragment } from '../../cfn/fragment.ts'
import { ref } from '../../cfn/handle.ts'
import { type Entry, resource } from '../../cfn/resource.ts'
import type { Api } from '../../model/api/api.ts'
import type { Route } from '../../model/api/routes.ts'
import type { Domain } from '../../model/domain/domain.ts'
import type { LoadBalancer } from '../../model/load-balancer/load-balancer.ts'
import { byText } from '../../model/names.ts'
import type { Service } from '../../model/service/service.ts'
import { applicationName } from '../application-name.ts'
import { HttpApi, integrationOf, VpcLink, VpcLinkReady } from '../handles/api.ts'
import { HttpsListener } from '../handles/load-balancer.ts'
import { APPLICATION_HEADER, SERVICE_HEADER } from '../headers.ts'
import { paramOf } from '../parameters.ts'

/** No name of a service. */
const NO_SERVICE = '-'

type Way = Pick<Route, 'service' | 'rebuilt'>

type Slice = {
  readonly api: Api
  readonly domain: Domain
  readonly loadBalancer: LoadBalancer
  readonly services: readonly Service[]
}

/**
 * One for all services that the load balancer finds by their paths, and one for each that it finds by the header; below
 * a base path, one for each path.
 */
export const integrations = (slice: Slice): Fragment => {
  const { api, services } = slice
  const ways = new Map<string, Way>()
  const anywhere: Way = {}
  for (const way of api.routes.length === 0 ? [anywhere] : api.routes) ways.set(integrationOf(way).id, way)
  const isShifting = services.some(({ deployment }) => deployment.shift)
  return fragment(
    ...[...ways.values()]
      .sort((a, b) => byText(orderOf(a), orderOf(b)))
      .map((way) => integration(way, slice, isShifting)),
  )
}

/** The shared one comes first. */
const orderOf = ({ service, rebuilt }: Way): string => rebuilt?.path ?? service?.key ?? ''

const integration = (way: Way, { api, domain, loadBalancer }: Slice, isShifting: boolean): Entry =>
  resource(
    integrationOf(way),
    {
      ApiId: ref(HttpApi),
      IntegrationType: 'HTTP_PROXY',
      IntegrationMethod: 'ANY',
      // The only version for integrations other than Lambda (AWS: http-api-develop-integrations).
      PayloadFormatVersion: '1.0',
      ConnectionType: 'VPC_LINK',
      ConnectionId: ref(VpcLink),
      IntegrationUri: ref(HttpsListener),
      TlsConfig: {
        ServerNameToVerify: paramOf(loadBalancer.kind === 'existing' ? loadBalancer.serverName : domain.domainName),
      },
      RequestParameters: {
        'overwrite:path': way.rebuilt?.path ?? '$request.path',
        // By itself, API Gateway does not hand it on.
        ...(api.tellsHost ? { 'overwrite:header.Host': '$context.domainName' } : {}),
        ...(isShifting ? { [`overwrite:header.${SERVICE_HEADER}`]: way.service?.key ?? NO_SERVICE } : {}),
        ...(loadBalancer.isShared ? { [`overwrite:header.${APPLICATION_HEADER}`]: applicationName } : {}),
      },
      TimeoutInMillis: api.timeoutMs,
    },
    { dependsOn: api.link.kind === 'new' ? [VpcLinkReady] : [], why: whyOf(way) },
  )

const whyOf = ({ service, rebuilt }: Way): string => {
  if (rebuilt !== undefined)
    return 'The path is put together from what the route knows, since it is not documented whether $request.path holds the base path.'
  return service === undefined
    ? 'To the listener, not the load balancer. The name on the certificate is verified, since the load balancer has no name of its own there; without TlsConfig API Gateway would speak plain HTTP. The path is set so that no stage name reaches the service.'
    : `For the routes of ${service.key} alone: the load balancer knows it by the header, which replaces what a client sends.`
}
