import { type Fragment, fragment } from '../../cfn/fragment.ts'
import { ref } from '../../cfn/handle.ts'
import { resource } from '../../cfn/resource.ts'
import type { Api } from '../../model/api/api.ts'
import type { Domain } from '../../model/domain/domain.ts'
import { AlbIntegration, HttpApi, VpcLink, VpcLinkReady } from '../handles/api.ts'
import { HttpsListener } from '../handles/load-balancer.ts'
import { paramOf } from '../parameters.ts'

export const integration = ({ timeoutMs }: Api, { domainName }: Domain): Fragment =>
  fragment(
    resource(
      AlbIntegration,
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
        RequestParameters: { 'overwrite:path': '$request.path' },
        TimeoutInMillis: timeoutMs,
      },
      {
        dependsOn: [VpcLinkReady],
        why: 'To the listener, not the load balancer. The name on the certificate is verified, since the load balancer has no name of its own there; without TlsConfig API Gateway would speak plain HTTP. The path is set so that no stage name reaches the service.',
      },
    ),
  )
