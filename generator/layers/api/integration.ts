import { type Fragment, fragment } from '../../cfn/fragment.ts'
import { type Handle, ref } from '../../cfn/handle.ts'
import { type Entry, resource } from '../../cfn/resource.ts'
import type { Api } from '../../model/api/api.ts'
import type { Domain } from '../../model/domain/domain.ts'
import type { Service } from '../../model/service/service.ts'
import { AlbIntegration, HttpApi, serviceIntegration, VpcLink, VpcLinkReady } from '../handles/api.ts'
import { HttpsListener } from '../handles/load-balancer.ts'
import { paramOf } from '../parameters.ts'
import { SERVICE_HEADER } from '../service-header.ts'

/** No name of a service. */
const NO_SERVICE = '-'

/** One for all services that the load balancer finds by their paths, and one for each that it finds by the header. */
export const integrations = (api: Api, domain: Domain, services: readonly Service[]): Fragment => {
  const own = services.filter(({ key }) => api.routes.some(({ service }) => service?.key === key))
  const shared = own.length === 0 || api.routes.some(({ service }) => service === undefined)
  return fragment(
    ...(shared
      ? [
          integration(AlbIntegration, api, domain, {
            ...(services.some(({ deployment }) => deployment.shift) ? { header: NO_SERVICE } : {}),
            why: 'To the listener, not the load balancer. The name on the certificate is verified, since the load balancer has no name of its own there; without TlsConfig API Gateway would speak plain HTTP. The path is set so that no stage name reaches the service.',
          }),
        ]
      : []),
    ...own.map((service) =>
      integration(serviceIntegration(service), api, domain, {
        header: service.key,
        why: `For the routes of ${service.key} alone: the load balancer knows it by the header, which replaces what a client sends.`,
      }),
    ),
  )
}

type Options = { readonly header?: string; readonly why: string }

const integration = (
  target: Handle<'AWS::ApiGatewayV2::Integration'>,
  { timeoutMs }: Api,
  { domainName }: Domain,
  { header, why }: Options,
): Entry =>
  resource(
    target,
    {
      ApiId: ref(HttpApi),
      IntegrationType: 'HTTP_PROXY',
      IntegrationMethod: 'ANY',
      // The only version for integrations other than Lambda (AWS: http-api-develop-integrations).
      PayloadFormatVersion: '1.0',
      ConnectionType: 'VPC_LINK',
      ConnectionId: ref(VpcLink),
      IntegrationUri: ref(HttpsListener),
      TlsConfig: { ServerNameToVerify: paramOf(domainName) },
      RequestParameters: {
        'overwrite:path': '$request.path',
        ...(header === undefined ? {} : { [`overwrite:header.${SERVICE_HEADER}`]: header }),
      },
      TimeoutInMillis: timeoutMs,
    },
    { dependsOn: [VpcLinkReady], why },
  )
