import { type Fragment, fragment } from '../../cfn/fragment.ts'
import { ref } from '../../cfn/handle.ts'
import { resource } from '../../cfn/resource.ts'
import type { Certificate } from '../../model/domain/certificate.ts'
import { certificateArn } from '../certificate/arn.ts'
import { HttpsListener, LoadBalancer } from '../handles/load-balancer.ts'

export const listener = (certificate: Certificate): Fragment =>
  fragment(
    resource(
      HttpsListener,
      {
        LoadBalancerArn: ref(LoadBalancer),
        Port: 443,
        Protocol: 'HTTPS',
        // TLS 1.2 and 1.3; left out, it would be a policy of 2016 with TLS 1.0 (AWS: describe-ssl-policies).
        SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09',
        Certificates: [{ CertificateArn: certificateArn(certificate) }],
        DefaultActions: [
          {
            Type: 'fixed-response',
            FixedResponseConfig: { StatusCode: '404', ContentType: 'text/plain', MessageBody: 'Not found' },
          },
        ],
      },
      { why: 'Requests that no service claims are answered here with 404, not passed on.' },
    ),
  )
