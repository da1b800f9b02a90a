/** Logical IDs are public API: renaming one replaces a live resource. They are spelt in this folder only. */
import { handle } from '../../cfn/handle.ts'
import type { Authorizer } from '../../model/api/authorizers.ts'
import type { RebuiltPath, Route } from '../../model/api/routes.ts'

export const VpcLink = handle('AWS::ApiGatewayV2::VpcLink', 'VpcLink')
export const VpcLinkSecurityGroup = handle('AWS::EC2::SecurityGroup', 'VpcLinkSecurityGroup')
export const VpcLinkEgress = handle('AWS::EC2::SecurityGroupEgress', 'VpcLinkEgressToLoadBalancer')
export const LoadBalancerIngress = handle('AWS::EC2::SecurityGroupIngress', 'LoadBalancerIngressFromVpcLink')
export const VpcLinkReady = handle('Custom::PortcullisVpcLinkReady', 'VpcLinkReady')
export const HttpApi = handle('AWS::ApiGatewayV2::Api', 'HttpApi')
export const AlbIntegration = handle('AWS::ApiGatewayV2::Integration', 'AlbIntegration')
/** Of a service that is not found by its paths. */
const serviceIntegration = ({ id }: { readonly id: string }) =>
  handle('AWS::ApiGatewayV2::Integration', `${id}ServiceIntegration`)
/** Of the routes of one path, below a base path. */
const pathIntegration = ({ id }: RebuiltPath) => handle('AWS::ApiGatewayV2::Integration', `${id}PathIntegration`)
/** Through which a route's requests go. */
export const integrationOf = ({ service, rebuilt }: Pick<Route, 'service' | 'rebuilt'>) => {
  if (rebuilt !== undefined) return pathIntegration(rebuilt)
  return service === undefined ? AlbIntegration : serviceIntegration(service)
}
export const route = ({ id }: Route) => handle('AWS::ApiGatewayV2::Route', `Route${id}`)
export const authorizer = ({ id, kind }: Authorizer) =>
  handle('AWS::ApiGatewayV2::Authorizer', `${id}${kind === 'jwt' ? 'Jwt' : 'Lambda'}Authorizer`)
export const authorizerPermission = ({ id }: Authorizer) =>
  handle('AWS::Lambda::Permission', `${id}LambdaAuthorizerPermission`)
export const DefaultStage = handle('AWS::ApiGatewayV2::Stage', 'DefaultStage')
export const ApiAccessLogGroup = handle('AWS::Logs::LogGroup', 'ApiAccessLogGroup')
/** Of each name of the API; `host` is empty for the first one. */
export const domainName = (host: string) => handle('AWS::ApiGatewayV2::DomainName', `ApiDomainName${host}`)
export const mapping = (host: string) => handle('AWS::ApiGatewayV2::ApiMapping', `ApiMapping${host}`)
export const aliasRecord = (host: string) => handle('AWS::Route53::RecordSet', `ApiAliasRecord${host}`)
export const aliasRecordIpv6 = (host: string) => handle('AWS::Route53::RecordSet', `ApiAliasRecord${host}Ipv6`)
export const zoneRoleAliasRecord = (host: string) =>
  handle('Custom::PortcullisAliasRecord', `ApiZoneRoleAliasRecord${host}`)
export const ApiDomainName = domainName('')
export const ApiMapping = mapping('')
export const IsolationProbe = handle('Custom::PortcullisIsolationProbe', 'IsolationProbe')
