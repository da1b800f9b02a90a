/** The one place where logical IDs are spelt. They are public API: renaming one replaces a live resource. */
import { type Handle, handle } from '../cfn/handle.ts'
import type { Authorizer } from '../model/api/authorizers.ts'
import type { Route } from '../model/api/routes.ts'
import type { ListenerRule } from '../model/load-balancer/listener-rules.ts'
import type { Service } from '../model/service/service.ts'

// custom-resources
export const WaiterFunction = handle('AWS::Lambda::Function', 'WaiterFunction')
export const WaiterRole = handle('AWS::IAM::Role', 'WaiterRole')
export const WriterFunction = handle('AWS::Lambda::Function', 'WriterFunction')
export const WriterRole = handle('AWS::IAM::Role', 'WriterRole')

// network
export const Vpc = handle('AWS::EC2::VPC', 'Vpc')
export const privateSubnet = (zone: number) => handle('AWS::EC2::Subnet', `PrivateSubnet${zone}`)
export const privateRouteTable = (zone: number) => handle('AWS::EC2::RouteTable', `PrivateRouteTable${zone}`)
export const privateRouteTableAssociation = (zone: number) =>
  handle('AWS::EC2::SubnetRouteTableAssociation', `PrivateRouteTableAssociation${zone}`)
export const FlowLogGroup = handle('AWS::Logs::LogGroup', 'FlowLogGroup')
export const FlowLogRole = handle('AWS::IAM::Role', 'FlowLogRole')
export const FlowLog = handle('AWS::EC2::FlowLog', 'FlowLog')

// network, the way out through endpoints
export const EndpointSecurityGroup = handle('AWS::EC2::SecurityGroup', 'EndpointSecurityGroup')
export const S3Endpoint = handle('AWS::EC2::VPCEndpoint', 'S3Endpoint')
/** `ecr.api` -> `EcrApiEndpoint` */
export const interfaceEndpoint = (name: string) =>
  handle('AWS::EC2::VPCEndpoint', `${endpointNames[name] ?? fail(name)}Endpoint`)

// network, the way out through NAT
export const InternetGateway = handle('AWS::EC2::InternetGateway', 'InternetGateway')
export const InternetGatewayAttachment = handle('AWS::EC2::VPCGatewayAttachment', 'InternetGatewayAttachment')
export const PublicRouteTable = handle('AWS::EC2::RouteTable', 'PublicRouteTable')
export const PublicDefaultRoute = handle('AWS::EC2::Route', 'PublicDefaultRoute')
export const publicSubnet = (zone: number) => handle('AWS::EC2::Subnet', `PublicSubnet${zone}`)
export const publicRouteTableAssociation = (zone: number) =>
  handle('AWS::EC2::SubnetRouteTableAssociation', `PublicRouteTableAssociation${zone}`)
export const natAddress = (zone: number) => handle('AWS::EC2::EIP', `NatAddress${zone}`)
export const natGateway = (zone: number) => handle('AWS::EC2::NatGateway', `NatGateway${zone}`)
export const RegionalNatGateway = handle('AWS::EC2::NatGateway', 'RegionalNatGateway')
export const defaultRoute = (zone: number) => handle('AWS::EC2::Route', `PrivateDefaultRoute${zone}`)

const endpointNames: Readonly<Record<string, string>> = {
  'ecr.api': 'EcrApi',
  'ecr.dkr': 'EcrDkr',
  logs: 'Logs',
  secretsmanager: 'SecretsManager',
  ssm: 'Ssm',
}
const fail = (name: string): never => {
  throw new Error(`no logical ID for the endpoint ${name}`)
}

// certificate
export const Certificate = handle('AWS::CertificateManager::Certificate', 'Certificate')
export const CertificateRequest = handle('Custom::PortcullisCertificate', 'CertificateRequest')
export const certificateIssued = (attempt: number) =>
  handle('Custom::PortcullisCertificateIssued', `CertificateIssued${attempt}`)

// load-balancer
export const LoadBalancer = handle('AWS::ElasticLoadBalancingV2::LoadBalancer', 'LoadBalancer')
export const LoadBalancerSecurityGroup = handle('AWS::EC2::SecurityGroup', 'LoadBalancerSecurityGroup')
export const HttpsListener = handle('AWS::ElasticLoadBalancingV2::Listener', 'HttpsListener')
export const LogBucket = handle('AWS::S3::Bucket', 'LogBucket')
export const LogBucketPolicy = handle('AWS::S3::BucketPolicy', 'LogBucketPolicy')

// cluster
export const Cluster = handle('AWS::ECS::Cluster', 'Cluster')

// service-<name>
export const targetGroup = ({ id }: Service) => handle('AWS::ElasticLoadBalancingV2::TargetGroup', `${id}TargetGroup`)
export const listenerRule = ({ id }: Service, { suffix }: ListenerRule) =>
  handle('AWS::ElasticLoadBalancingV2::ListenerRule', `${id}ListenerRule${suffix}`)
export const taskSecurityGroup = ({ id }: Service) => handle('AWS::EC2::SecurityGroup', `${id}TaskSecurityGroup`)
export const loadBalancerEgressTo = ({ id }: Service) =>
  handle('AWS::EC2::SecurityGroupEgress', `LoadBalancerEgressTo${id}`)
export const taskIngress = ({ id }: Service) =>
  handle('AWS::EC2::SecurityGroupIngress', `${id}TaskIngressFromLoadBalancer`)
export const taskEgressToEndpoints = ({ id }: Service) =>
  handle('AWS::EC2::SecurityGroupEgress', `${id}TaskEgressToEndpoints`)
export const endpointIngressFrom = ({ id }: Service) =>
  handle('AWS::EC2::SecurityGroupIngress', `EndpointIngressFrom${id}`)
export const taskEgressToS3 = ({ id }: Service) => handle('AWS::EC2::SecurityGroupEgress', `${id}TaskEgressToS3`)
export const taskEgressToInternet = ({ id }: Service) =>
  handle('AWS::EC2::SecurityGroupEgress', `${id}TaskEgressToInternet`)
export const serviceLogGroup = ({ id }: Service) => handle('AWS::Logs::LogGroup', `${id}LogGroup`)
export const executionRole = ({ id }: Service) => handle('AWS::IAM::Role', `${id}ExecutionRole`)
export const taskRole = ({ id }: Service) => handle('AWS::IAM::Role', `${id}TaskRole`)
export const taskDefinition = ({ id }: Service) => handle('AWS::ECS::TaskDefinition', `${id}TaskDefinition`)
export const fargateService = ({ id }: Service) => handle('AWS::ECS::Service', `${id}Service`)
export const scalingPolicy = ({ id }: Service, metric: string) =>
  handle('AWS::ApplicationAutoScaling::ScalingPolicy', `${id}${metric}Scaling`)
export const scalableTarget = ({ id }: Service) =>
  handle('AWS::ApplicationAutoScaling::ScalableTarget', `${id}ScalableTarget`)

// api
export const VpcLink = handle('AWS::ApiGatewayV2::VpcLink', 'VpcLink')
export const VpcLinkSecurityGroup = handle('AWS::EC2::SecurityGroup', 'VpcLinkSecurityGroup')
export const VpcLinkEgress = handle('AWS::EC2::SecurityGroupEgress', 'VpcLinkEgressToLoadBalancer')
export const LoadBalancerIngress = handle('AWS::EC2::SecurityGroupIngress', 'LoadBalancerIngressFromVpcLink')
export const VpcLinkReady = handle('Custom::PortcullisVpcLinkReady', 'VpcLinkReady')
export const HttpApi = handle('AWS::ApiGatewayV2::Api', 'HttpApi')
export const AlbIntegration = handle('AWS::ApiGatewayV2::Integration', 'AlbIntegration')
export const route = ({ id }: Route) => handle('AWS::ApiGatewayV2::Route', `Route${id}`)
export const authorizer = ({ id, kind }: Authorizer) =>
  handle('AWS::ApiGatewayV2::Authorizer', `${id}${kind === 'jwt' ? 'Jwt' : 'Lambda'}Authorizer`)
export const authorizerPermission = ({ id }: Authorizer) =>
  handle('AWS::Lambda::Permission', `${id}LambdaAuthorizerPermission`)
export const DefaultStage = handle('AWS::ApiGatewayV2::Stage', 'DefaultStage')
export const ApiAccessLogGroup = handle('AWS::Logs::LogGroup', 'ApiAccessLogGroup')
export const ApiDomainName = handle('AWS::ApiGatewayV2::DomainName', 'ApiDomainName')
export const ApiMapping = handle('AWS::ApiGatewayV2::ApiMapping', 'ApiMapping')
export const ApiAliasRecord = handle('AWS::Route53::RecordSet', 'ApiAliasRecord')
export const ApiAliasRecordIpv6 = handle('AWS::Route53::RecordSet', 'ApiAliasRecordIpv6')
export const ZoneRoleAliasRecord = handle('Custom::PortcullisAliasRecord', 'ApiZoneRoleAliasRecord')
export const IsolationProbe = handle('Custom::PortcullisIsolationProbe', 'IsolationProbe')

/** The policy that a custom resource brings along, in its own layer. */
export const policyOf = ({ id }: Handle) => handle('AWS::IAM::Policy', `${id}Policy`)
