import type * as acm from '@aws-sdk/client-acm'
import type * as route53 from '@aws-sdk/client-route-53'
import type * as sts from '@aws-sdk/client-sts'
import { clientOptions, load, type Operation } from '../runtime/aws.ts'

export interface Credentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken: string
  readonly expiration: Date
}
export interface Acm {
  requestCertificate: Operation<acm.RequestCertificateRequest, acm.RequestCertificateResponse>
  describeCertificate: Operation<acm.DescribeCertificateRequest, acm.DescribeCertificateResponse>
  deleteCertificate: Operation<acm.DeleteCertificateRequest, unknown>
  listCertificates: Operation<acm.ListCertificatesRequest, acm.ListCertificatesResponse>
  listTagsForCertificate: Operation<acm.ListTagsForCertificateRequest, acm.ListTagsForCertificateResponse>
  addTagsToCertificate: Operation<acm.AddTagsToCertificateRequest, unknown>
}
export interface Route53 {
  getHostedZone: Operation<route53.GetHostedZoneRequest, Pick<route53.GetHostedZoneResponse, 'HostedZone'>>
  listResourceRecordSets: Operation<
    route53.ListResourceRecordSetsRequest,
    Pick<route53.ListResourceRecordSetsResponse, 'ResourceRecordSets'>
  >
  changeResourceRecordSets: Operation<route53.ChangeResourceRecordSetsRequest, unknown>
}

/** All that the writer may do in AWS. */
export interface Clients {
  acm(region: string): Acm
  sts(region: string): { assumeRole: Operation<sts.AssumeRoleRequest, sts.AssumeRoleResponse> }
  /** With credentials: in the account of the zone. */
  route53(region: string, credentials?: () => Promise<Credentials>): Route53
}

export const clients: Clients = {
  acm: (region) =>
    new (load('@aws-sdk/client-acm', () => require('@aws-sdk/client-acm')).ACM)({ ...clientOptions, region }),
  sts: (region) =>
    new (load('@aws-sdk/client-sts', () => require('@aws-sdk/client-sts')).STS)({ ...clientOptions, region }),
  route53: (region, credentials) =>
    new (load('@aws-sdk/client-route-53', () => require('@aws-sdk/client-route-53')).Route53)({
      ...clientOptions,
      region,
      ...(credentials && { credentials }),
    }),
}
