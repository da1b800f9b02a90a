/** What a resource does to a thing that it names, and that may be somebody else's: one word for each property. */
import { pathsOf } from './judgement.ts'
import { pathsWithRole } from './table.ts'

export type Act =
  /** A rule of a group, an entry of a network ACL. */
  | 'rule'
  /** An interface that carries the group. */
  | 'member'
  /** Starts hosts as it says, with whatever groups. */
  | 'plan'
  /** A route, and what else changes or joins a network. */
  | 'route'
  /** A way from a domain to an API, or a part of an API. */
  | 'mapping'
  | 'listener'
  /** Sends requests to it, or becomes one of its targets. */
  | 'target'
  /** Says who may do what with it, or what it may do. */
  | 'policy'

type Rows = Readonly<Record<string, string>>

/** Type without `AWS::` -> property paths, list indices left out. Members are not here: the table of types knows them. */
const rows: Readonly<Record<Exclude<Act, 'member' | 'plan'>, Rows>> = {
  rule: {
    'EC2::NetworkAclEntry': 'NetworkAclId',
    'EC2::SecurityGroupEgress': 'GroupId',
    'EC2::SecurityGroupIngress': 'GroupId GroupName',
    'EC2::SecurityGroupVpcAssociation': 'GroupId VpcId',
    'EC2::IPAMPrefixListResolverTarget': 'PrefixListId',
    'NetworkManager::CoreNetworkPrefixListAssociation': 'CoreNetworkId PrefixListArn',
  },
  route: {
    'DirectConnect::DirectConnectGatewayAssociation': 'AssociatedGatewayId DirectConnectGatewayId',
    'DirectConnect::PrivateVirtualInterface': 'DirectConnectGatewayId VirtualGatewayId',
    'DirectConnect::TransitVirtualInterface': 'DirectConnectGatewayId',
    'EC2::CarrierGateway': 'VpcId',
    'EC2::ClientVpnAuthorizationRule': 'ClientVpnEndpointId',
    'EC2::ClientVpnEndpoint': 'TransitGatewayConfiguration.TransitGatewayId',
    'EC2::ClientVpnRoute': 'ClientVpnEndpointId TargetVpcSubnetId',
    'EC2::ClientVpnTargetNetworkAssociation': 'ClientVpnEndpointId SubnetId',
    'EC2::EIP': 'InstanceId',
    'EC2::EIPAssociation': 'AllocationId EIP InstanceId NetworkInterfaceId',
    'EC2::EgressOnlyInternetGateway': 'VpcId',
    'EC2::GatewayRouteTableAssociation': 'GatewayId RouteTableId',
    'EC2::IpPoolRouteTableAssociation': 'RouteTableId',
    'EC2::LocalGatewayRoute': 'LocalGatewayRouteTableId NetworkInterfaceId',
    'EC2::LocalGatewayRouteTableVPCAssociation': 'LocalGatewayRouteTableId VpcId',
    'EC2::NetworkInterfaceAttachment': 'InstanceId NetworkInterfaceId',
    'EC2::Route': 'RouteTableId',
    'EC2::RouteServerAssociation': 'RouteServerId VpcId',
    'EC2::RouteServerEndpoint': 'RouteServerId',
    'EC2::RouteServerPeer': 'RouteServerEndpointId',
    'EC2::RouteServerPropagation': 'RouteServerId RouteTableId',
    'EC2::SubnetCidrBlock': 'SubnetId',
    'EC2::SubnetNetworkAclAssociation': 'NetworkAclId SubnetId',
    'EC2::SubnetRouteTableAssociation': 'RouteTableId SubnetId',
    'EC2::TrafficMirrorSession': 'NetworkInterfaceId',
    'EC2::TransitGatewayAttachment': 'TransitGatewayId VpcId',
    'EC2::TransitGatewayConnect': 'TransportTransitGatewayAttachmentId',
    'EC2::TransitGatewayConnectPeer': 'TransitGatewayAttachmentId',
    'EC2::TransitGatewayMulticastDomain': 'TransitGatewayId',
    'EC2::TransitGatewayMulticastDomainAssociation':
      'SubnetId TransitGatewayAttachmentId TransitGatewayMulticastDomainId',
    'EC2::TransitGatewayMulticastGroupMember': 'NetworkInterfaceId TransitGatewayMulticastDomainId',
    'EC2::TransitGatewayMulticastGroupSource': 'NetworkInterfaceId TransitGatewayMulticastDomainId',
    'EC2::TransitGatewayPeeringAttachment': 'PeerTransitGatewayId TransitGatewayId',
    'EC2::TransitGatewayPolicyTable': 'TransitGatewayId',
    'EC2::TransitGatewayPolicyTableAssociation': 'TransitGatewayAttachmentId TransitGatewayPolicyTableId',
    'EC2::TransitGatewayPolicyTableEntry': 'TargetRouteTableId TransitGatewayPolicyTableId',
    'EC2::TransitGatewayRoute': 'TransitGatewayAttachmentId TransitGatewayRouteTableId',
    'EC2::TransitGatewayRouteTable': 'TransitGatewayId',
    'EC2::TransitGatewayRouteTableAssociation': 'TransitGatewayAttachmentId TransitGatewayRouteTableId',
    'EC2::TransitGatewayRouteTablePropagation': 'TransitGatewayAttachmentId TransitGatewayRouteTableId',
    'EC2::TransitGatewayVpcAttachment': 'TransitGatewayId VpcId',
    'EC2::VPCBlockPublicAccessExclusion': 'SubnetId VpcId',
    'EC2::VPCCidrBlock': 'VpcId',
    'EC2::VPCDHCPOptionsAssociation': 'VpcId',
    'EC2::VPCEndpoint': 'RouteTableIds',
    'EC2::VPCGatewayAttachment': 'InternetGatewayId VpcId VpnGatewayId',
    'EC2::VPCPeeringConnection': 'PeerVpcId VpcId',
    'EC2::VPNConcentrator': 'TransitGatewayId',
    'EC2::VPNConnection': 'TransitGatewayId TransportTransitGatewayAttachmentId VpnConcentratorId VpnGatewayId',
    'EC2::VPNConnectionRoute': 'VpnConnectionId',
    'EC2::VPNGatewayRoutePropagation': 'RouteTableIds',
    'FSx::FileSystem': 'OntapConfiguration.RouteTableIds OpenZFSConfiguration.RouteTableIds',
    'GameLift::Fleet': 'PeerVpcId',
    'GameLiftStreams::StreamGroup': 'LocationConfigurations.VpcTransitConfiguration.VpcId',
    'Interconnect::Connection': 'AttachPoint.Arn AttachPoint.DirectConnectGateway',
    'NetworkFirewall::Firewall': 'TransitGatewayId',
    'NetworkManager::ConnectAttachment': 'CoreNetworkId TransportAttachmentId',
    'NetworkManager::ConnectPeer': 'ConnectAttachmentId',
    'NetworkManager::CoreNetwork': 'GlobalNetworkId',
    'NetworkManager::DirectConnectGatewayAttachment': 'CoreNetworkId DirectConnectGatewayArn',
    'NetworkManager::SiteToSiteVpnAttachment': 'CoreNetworkId VpnConnectionArn',
    'NetworkManager::TransitGatewayPeering': 'CoreNetworkId TransitGatewayArn',
    'NetworkManager::TransitGatewayRouteTableAttachment': 'PeeringId TransitGatewayRouteTableArn',
    'NetworkManager::VpcAttachment': 'CoreNetworkId VpcArn',
    'ODB::OdbPeeringConnection': 'OdbNetworkId PeerNetworkId PeerNetworkRouteTableIds',
    'RefactorSpaces::Service': 'VpcId',
    'VpcLattice::ServiceNetworkVpcAssociation': 'ServiceNetworkIdentifier VpcIdentifier',
  },
  mapping: {
    'ApiGateway::Authorizer': 'RestApiId',
    'ApiGateway::BasePathMapping': 'DomainName RestApiId',
    'ApiGateway::BasePathMappingV2': 'DomainNameArn RestApiId',
    'ApiGateway::Deployment': 'RestApiId',
    'ApiGateway::DomainNameAccessAssociation': 'DomainNameArn',
    'ApiGateway::GatewayResponse': 'RestApiId',
    'ApiGateway::Method': 'RestApiId',
    'ApiGateway::Resource': 'RestApiId',
    'ApiGateway::Stage': 'RestApiId',
    'ApiGatewayV2::ApiGatewayManagedOverrides': 'ApiId',
    'ApiGatewayV2::ApiMapping': 'ApiId DomainName',
    'ApiGatewayV2::Authorizer': 'ApiId',
    'ApiGatewayV2::Deployment': 'ApiId',
    'ApiGatewayV2::Integration': 'ApiId',
    'ApiGatewayV2::Route': 'ApiId',
    'ApiGatewayV2::RoutingRule': 'Actions.InvokeApi.ApiId DomainNameArn',
    'ApiGatewayV2::Stage': 'ApiId',
    'AppSync::DataSource': 'ApiId',
    'AppSync::FunctionConfiguration': 'ApiId',
    'AppSync::Resolver': 'ApiId',
    'CloudFront::DistributionTenant': 'DistributionId',
  },
  listener: {
    'ElasticLoadBalancingV2::Listener': 'LoadBalancerArn',
    'ElasticLoadBalancingV2::ListenerCertificate': 'ListenerArn',
    'ElasticLoadBalancingV2::ListenerRule': 'ListenerArn',
    'GlobalAccelerator::EndpointGroup': 'ListenerArn',
    'VpcLattice::Listener': 'ServiceIdentifier',
    'VpcLattice::Rule': 'ListenerIdentifier ServiceIdentifier',
  },
  target: {
    'ApiGateway::Method': 'Integration.ConnectionId Integration.IntegrationTarget',
    'ApiGateway::VpcLink': 'TargetArns',
    // Where there is a link; else it is an address that anybody may call.
    'ApiGatewayV2::Integration': 'ConnectionId IntegrationUri',
    'AppRunner::VpcIngressConnection': 'ServiceArn',
    'AutoScaling::AutoScalingGroup': 'LoadBalancerNames TargetGroupARNs TrafficSources.Identifier',
    'Batch::ComputeEnvironment': 'EksConfiguration.EksClusterArn',
    'CloudFront::Distribution': 'DistributionConfig.Origins.VpcOriginConfig.VpcOriginId',
    'CloudFront::VpcOrigin': 'VpcOriginEndpointConfig.Arn',
    'CodeDeploy::DeploymentGroup': 'AutoScalingGroups',
    'EC2::ApplicationStatusCheck': 'HealthCheckPaths.Destinations.SecurityGroupId',
    'EC2::SpotFleet':
      'SpotFleetRequestConfigData.LoadBalancersConfig.ClassicLoadBalancersConfig.ClassicLoadBalancers.Name SpotFleetRequestConfigData.LoadBalancersConfig.TargetGroupsConfig.TargetGroups.Arn',
    'EC2::TrafficMirrorTarget': 'GatewayLoadBalancerEndpointId NetworkInterfaceId NetworkLoadBalancerArn',
    'EC2::VPCEndpointService': 'GatewayLoadBalancerArns NetworkLoadBalancerArns',
    'EC2::VerifiedAccessEndpoint':
      'LoadBalancerOptions.LoadBalancerArn NetworkInterfaceOptions.NetworkInterfaceId RdsOptions.RdsDbClusterArn RdsOptions.RdsDbInstanceArn RdsOptions.RdsDbProxyArn VerifiedAccessGroupId',
    'EC2::VerifiedAccessGroup': 'VerifiedAccessInstanceId',
    'ECS::CapacityProvider': 'AutoScalingGroupProvider.AutoScalingGroupArn ClusterName',
    'ECS::ClusterCapacityProviderAssociations': 'Cluster',
    'ECS::GatewayClusterAssociations': 'Cluster Gateway',
    'ECS::PrimaryTaskSet': 'Service',
    'ECS::Service':
      'LoadBalancers.AdvancedConfiguration.AlternateTargetGroupArn LoadBalancers.AdvancedConfiguration.ProductionListenerRule LoadBalancers.AdvancedConfiguration.TestListenerRule LoadBalancers.LoadBalancerName LoadBalancers.TargetGroupArn VpcLatticeConfigurations.AdvancedConfiguration.AlternateTargetGroupArn VpcLatticeConfigurations.AdvancedConfiguration.ProductionListenerRule VpcLatticeConfigurations.AdvancedConfiguration.TestListenerRule VpcLatticeConfigurations.TargetGroupArn',
    'ECS::TaskSet': 'LoadBalancers.TargetGroupArn Service',
    'EKS::Addon': 'ClusterName',
    'EKS::FargateProfile': 'ClusterName',
    'EKS::Nodegroup': 'ClusterName',
    'ElasticLoadBalancing::LoadBalancer': 'Instances',
    'ElasticLoadBalancingV2::Listener':
      'DefaultActions.ForwardConfig.TargetGroups.TargetGroupArn DefaultActions.TargetGroupArn',
    'ElasticLoadBalancingV2::ListenerRule': 'Actions.ForwardConfig.TargetGroups.TargetGroupArn Actions.TargetGroupArn',
    'ElasticLoadBalancingV2::TargetGroup': 'Targets.Id',
    'GlobalAccelerator::CrossAccountAttachment': 'Resources.EndpointId',
    'GlobalAccelerator::EndpointGroup': 'EndpointConfigurations.EndpointId',
    'ImageBuilder::DistributionConfiguration':
      'Distributions.FastLaunchConfigurations.LaunchTemplate.LaunchTemplateId Distributions.FastLaunchConfigurations.LaunchTemplate.LaunchTemplateName Distributions.LaunchTemplateConfigurations.LaunchTemplateId',
    'Lambda::Url': 'TargetFunctionArn',
    'Lambda::WebFunction': 'FunctionName',
    'Lambda::WebFunctionEndpoint': 'FunctionName',
    'Lambda::WebFunctionRevision': 'FunctionName',
    'RDS::DBProxyTargetGroup': 'DBClusterIdentifiers DBInstanceIdentifiers',
    'RTBFabric::InboundExternalLink': 'GatewayId',
    'RTBFabric::Link': 'GatewayId PeerGatewayId',
    'RTBFabric::LinkRoutingRule': 'GatewayId',
    'RTBFabric::OutboundExternalLink': 'GatewayId',
    'RTBFabric::ResponderGateway':
      'ManagedEndpointConfiguration.AutoScalingGroupsConfiguration.AutoScalingGroupNameList',
    'RefactorSpaces::Route': 'ServiceIdentifier',
    'VpcLattice::Listener': 'DefaultAction.Forward.TargetGroups.TargetGroupIdentifier',
    'VpcLattice::ResourceConfiguration':
      'ResourceConfigurationDefinition.ArnResource ResourceConfigurationGroupId ResourceGatewayId',
    'VpcLattice::Rule': 'Action.Forward.TargetGroups.TargetGroupIdentifier',
    'VpcLattice::ServiceNetworkResourceAssociation': 'ResourceConfigurationId ServiceNetworkId',
    'VpcLattice::ServiceNetworkServiceAssociation': 'ServiceIdentifier ServiceNetworkIdentifier',
    'VpcLattice::TargetGroup': 'Targets.Id',
  },
  policy: {
    'EC2::NetworkInterfacePermission': 'NetworkInterfaceId',
    'EC2::VPCEndpointServicePermissions': 'ServiceId',
    'EKS::AccessEntry': 'ClusterName',
    'EKS::IdentityProviderConfig': 'ClusterName',
    'EKS::PodIdentityAssociation': 'ClusterName',
    'Events::EventBusPolicy': 'EventBusName',
    'IAM::GroupPolicy': 'GroupName',
    'IAM::ManagedPolicy': 'Groups Roles Users',
    'IAM::Policy': 'Groups Roles Users',
    'IAM::RolePolicy': 'RoleName',
    'IAM::UserPolicy': 'UserName',
    'IAM::UserToGroupAddition': 'GroupName Users',
    'Lambda::LayerVersionPermission': 'LayerVersionArn',
    'Lambda::Permission': 'FunctionName',
    'Lambda::ResourcePolicy': 'ResourceArn',
    'RAM::PermissionAssociation': 'ResourceShareArn',
    'RAM::PrincipalAssociation': 'ResourceShareArn',
    'RAM::ResourceAssociation': 'ResourceArn ResourceShareArn',
    'RAM::ResourceShare': 'ResourceArns',
    'RAM::SourceAssociation': 'ResourceShareArn',
    'S3::BucketPolicy': 'Bucket',
    'SNS::TopicInlinePolicy': 'TopicArn',
    'SNS::TopicPolicy': 'Topics',
    'SQS::QueueInlinePolicy': 'Queue',
    'SQS::QueuePolicy': 'Queues',
    'SecretsManager::ResourcePolicy': 'SecretId',
    'VpcLattice::AuthPolicy': 'ResourceIdentifier',
    'VpcLattice::ResourcePolicy': 'ResourceArn',
  },
}

/** What names a thing as its owner or target, but does nothing to it: reason -> type -> paths. */
export const innocent: Readonly<Record<string, Rows>> = {
  'puts something of its own into the network, where groups and routes still decide': {
    'EC2::ClientVpnEndpoint': 'VpcId',
    'EC2::NetworkAcl': 'VpcId',
    'EC2::RouteServerEndpoint': 'SubnetId',
    'EC2::RouteTable': 'VpcId',
    'EC2::SecurityGroup': 'VpcId',
    'EC2::Subnet': 'VpcId',
    'EC2::TransitGatewayAttachment': 'SubnetIds',
    'EC2::TransitGatewayVpcAttachment': 'AddSubnetIds RemoveSubnetIds SubnetIds',
    'EC2::VPCEndpoint': 'VpcId',
    'ElasticLoadBalancingV2::TargetGroup': 'VpcId',
    'NetworkManager::ConnectPeer': 'CoreNetworkAddress SubnetArn',
    'NetworkManager::VpcAttachment': 'SubnetArns',
    'RefactorSpaces::Application': 'VpcId',
    'VpcLattice::ResourceGateway': 'VpcIdentifier',
    'VpcLattice::TargetGroup': 'Config.VpcIdentifier',
  },
  'runs tasks of its own in a cluster, which only holds them': {
    'ECS::Daemon': 'ClusterArn',
    'ECS::ExpressGatewayService': 'Cluster',
    'ECS::PrimaryTaskSet': 'Cluster',
    'ECS::Service': 'Cluster',
    'ECS::TaskSet': 'Cluster',
  },
  'sends its own packets there; what lets them in is elsewhere': {
    'EC2::LocalGatewayRoute': 'LocalGatewayVirtualInterfaceGroupId',
    'EC2::Route':
      'CarrierGatewayId CoreNetworkArn EgressOnlyInternetGatewayId GatewayId InstanceId LocalGatewayId NatGatewayId NetworkInterfaceId OdbNetworkArn TransitGatewayId VpcEndpointId VpcPeeringConnectionId',
    'EC2::VPCEndpoint': 'ResourceConfigurationArn ServiceName ServiceNetworkArn',
    'EC2::VPNConnection': 'CustomerGatewayId',
    'EC2::VPNGatewayRoutePropagation': 'VpnGatewayId',
  },
  'follows from the API, which another property names': {
    'ApiGateway::Method': 'ResourceId',
    'ApiGateway::Resource': 'ParentId',
    'ApiGatewayV2::ApiGatewayManagedOverrides': 'Route.Target',
    'ApiGatewayV2::Route': 'Target',
  },
  'names the side that is let in': { 'ApiGateway::DomainNameAccessAssociation': 'AccessAssociationSource' },
  'copies it': { 'ApiGateway::RestApi': 'CloneFrom' },
  'calls an address or a service like any client, which has to let it in': {
    'Amplify::App': 'CustomRules',
    'ApiGateway::Method': 'Integration.Uri',
    'ApiGatewayV2::Api': 'Target',
    'AppSync::DataSource': 'HttpConfig LambdaConfig.LambdaFunctionArn',
    'BedrockAgentCore::Gateway': 'AuthorizerConfiguration',
    'BedrockAgentCore::GatewayTarget': 'PrivateEndpoint TargetConfiguration',
    'BedrockAgentCore::Harness': 'AuthorizerConfiguration',
    'BedrockAgentCore::OAuth2CredentialProvider': 'Oauth2ProviderConfigInput',
    'BedrockAgentCore::Runtime': 'AuthorizerConfiguration',
    'CloudFront::Distribution':
      'DistributionConfig.CustomOrigin DistributionConfig.Origins DistributionConfig.S3Origin',
    'Deadline::Fleet': 'Configuration',
    'DevOpsAgent::PrivateConnection': 'ConnectionConfiguration',
    'Events::ApiDestination': 'InvocationEndpoint',
    'Events::Connection': 'AuthParameters InvocationConnectivityParameters',
    'Events::Rule': 'Targets',
    'EventsV2::Subscriber': 'InvokeConfiguration',
    'Lambda::EventSourceMapping': 'EventSourceArn SelfManagedEventSource',
    'Pipes::Pipe': 'Enrichment Source Target',
    'RTBFabric::ResponderGateway': 'DomainName ManagedEndpointConfiguration',
    'RefactorSpaces::Service': 'LambdaEndpoint UrlEndpoint',
    'Scheduler::Schedule': 'Target',
    'Transfer::Connector': 'EgressConfig Url',
    'VpcLattice::ResourceConfiguration': 'ResourceConfigurationDefinition',
  },
  'is an address, a number or a word': {
    'AutoScaling::AutoScalingGroup': 'TrafficSources.Type',
    'Batch::ComputeEnvironment': 'EksConfiguration',
    'EC2::ApplicationStatusCheck': 'HealthCheckPaths.Destinations.SubnetId',
    'EC2::ClientVpnEndpoint': 'TransitGatewayConfiguration',
    'EC2::VerifiedAccessEndpoint': 'CidrOptions RdsOptions',
    'ElasticLoadBalancingV2::TargetGroup': 'Targets',
    'GameLiftStreams::StreamGroup': 'LocationConfigurations',
    'GlobalAccelerator::CrossAccountAttachment': 'Resources.Cidr',
    'ImageBuilder::DistributionConfiguration': 'Distributions',
    'NetworkManager::CoreNetworkPrefixListAssociation': 'PrefixListAlias',
    'VpcLattice::TargetGroup': 'Targets',
  },
  'changes names in DNS only': {
    'EC2::VPCDHCPOptionsAssociation': 'DhcpOptionsId',
    'Route53Resolver::ResolverRule': 'ResolverEndpointId TargetIps',
  },
  'takes addresses from a pool': {
    'EC2::IPAMAllocation': 'IpamPoolId',
    'EC2::IPAMPoolCidr': 'IpamPoolId',
    'EC2::IPAMPrefixListResolverTarget': 'IpamPrefixListResolverId',
  },
  'chooses among tables of its own': {
    'EC2::TransitGateway': 'AssociationDefaultRouteTableId PropagationDefaultRouteTableId',
  },
}

export type Acting = { readonly path: string; readonly act: Act }

const byType = new Map<string, Acting[]>()
for (const [act, types] of Object.entries(rows))
  for (const [type, paths] of Object.entries(types))
    byType.set(`AWS::${type}`, [
      ...(byType.get(`AWS::${type}`) ?? []),
      ...pathsOf(paths).map((path) => ({ path, act: act as Act })),
    ])

/** The rows that are written here. */
export const actingTypes: ReadonlyMap<string, readonly Acting[]> = byType

/** Groups that interfaces carry, and interfaces that come with theirs; the subnets beside them only hold them. */
const member =
  /^(?!AssociateDefault).*SecurityGroup(?!Management)|^EmrManaged|^Group(?:s|Set|Id)?$|^NetworkInterfaceId$/
/** What says elsewhere which groups hosts carry. */
const plan = /^LaunchTemplate(?:Id|Name)$|^LaunchConfigurationName$/

const lastOf = (path: string): string => path.slice(path.lastIndexOf('.') + 1)

function carried(type: string): readonly Acting[] {
  const carrier = pathsWithRole(type, 'carrier')
  return [
    ...[...carrier, ...pathsWithRole(type, 'passive')]
      .filter((path) => member.test(lastOf(path)))
      .map((path): Acting => ({ path, act: 'member' })),
    ...carrier.filter((path) => plan.test(lastOf(path))).map((path): Acting => ({ path, act: 'plan' })),
  ]
}

/** Subnets in which an interface that names no group gets the default group of their VPC. */
export const subnetPaths = (type: string): readonly string[] =>
  pathsWithRole(type, 'carrier').filter((path) => /Subnet/.test(lastOf(path)))

const known = new Map<string, readonly Acting[]>()

/** What a resource of the type does to what it names. */
export function actsOf(type: string): readonly Acting[] {
  const found = known.get(type)
  if (found) return found
  const made = [...(byType.get(type) ?? []), ...carried(type)]
  known.set(type, made)
  return made
}
