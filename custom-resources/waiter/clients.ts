import type { DescribeCertificateRequest, DescribeCertificateResponse } from '@aws-sdk/client-acm'
import type { GetVpcLinkRequest, GetVpcLinkResponse } from '@aws-sdk/client-apigatewayv2'
import { clientOptions, load, type Operation } from '../runtime/aws.ts'

/** All that the waiter may ask AWS: two questions. */
export interface Clients {
  acm(region: string): { describeCertificate: Operation<DescribeCertificateRequest, DescribeCertificateResponse> }
  apigateway(region: string): { getVpcLink: Operation<GetVpcLinkRequest, GetVpcLinkResponse> }
}

export const clients: Clients = {
  acm: (region) =>
    new (load('@aws-sdk/client-acm', () => require('@aws-sdk/client-acm')).ACM)({ ...clientOptions, region }),
  apigateway: (region) =>
    new (load('@aws-sdk/client-apigatewayv2', () => require('@aws-sdk/client-apigatewayv2')).ApiGatewayV2)({
      ...clientOptions,
      region,
    }),
}
