/** What attributes give, where their names do not say it. */

export type Attribute =
  /** The resource's own id or ARN. Where one of `names` is set, its value is part of the text. */
  | { readonly kind: 'identity'; readonly names: readonly string[] }
  /** The value of a property that the template writes. */
  | { readonly kind: 'echo'; readonly property: string }
  /** Another resource's identity, or a list of them; `property` leads to it. */
  | { readonly kind: 'foreign'; readonly of: Thing; readonly property?: string }
  /** The default group of the VPC, which is a group of its own. */
  | { readonly kind: 'default-group' }
  /** Nothing can be named with it. */
  | { readonly kind: 'data' }

export type Thing =
  | 'api'
  | 'certificate'
  | 'group'
  | 'interface'
  | 'link'
  | 'listener'
  | 'listener-rule'
  | 'load-balancer'
  | 'network-acl'
  | 'route-table'
  | 'subnet'
  | 'target-group'
  | 'vpc'
  | 'other'

const foreign = (of: Thing, property?: string): Attribute =>
  property === undefined ? { kind: 'foreign', of } : { kind: 'foreign', of, property }
const echo = (property: string): Attribute => ({ kind: 'echo', property })
const data: Attribute = { kind: 'data' }
/** Its text holds the id, which can be taken out of it. */
const identity = 'identity'

export const attributesByHand: Readonly<Record<string, Readonly<Record<string, Attribute | typeof identity>>>> = {
  'AWS::ApiGateway::DomainName': {
    DistributionDomainName: data,
    DistributionHostedZoneId: data,
    RegionalDomainName: data,
    RegionalHostedZoneId: data,
  },
  'AWS::ApiGateway::RestApi': { RootResourceId: identity },
  'AWS::ApiGatewayV2::Api': { ApiEndpoint: identity, ExecuteApiArn: identity },
  'AWS::ApiGatewayV2::ApiGatewayManagedOverrides': { Id: echo('ApiId') },
  'AWS::ApiGatewayV2::DomainName': { RegionalDomainName: data, RegionalHostedZoneId: data },
  'AWS::Serverless::Api': { RootResourceId: identity },
  'AWS::Serverless::HttpApi': { ApiEndpoint: identity, ExecuteApiArn: identity },
  'AWS::AppRunner::VpcConnector': { VpcConnectorRevision: data },
  'AWS::CloudHSM::Cluster': {
    SecurityGroup: foreign('group'),
    SubnetMapping: foreign('subnet', 'SubnetIds'),
    VpcId: foreign('vpc', 'SubnetIds'),
  },
  // Whatever the holder of the handle sends: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-waitcondition.html
  'AWS::CloudFormation::WaitCondition': { Data: foreign('other') },
  'AWS::DSQL::Cluster': { VpcEndpoint: data, VpcEndpointServiceName: data },
  'AWS::DataSync::Task': {
    DestinationNetworkInterfaceArns: foreign('interface'),
    SourceNetworkInterfaceArns: foreign('interface'),
  },
  'AWS::DocDBElastic::ClusterSnapshot': {
    SubnetIds: foreign('subnet', 'ClusterArn'),
    VpcSecurityGroupIds: foreign('group', 'ClusterArn'),
  },
  'AWS::EC2::Instance': {
    PrivateDnsName: data,
    PrivateIp: data,
    PublicDnsName: data,
    PublicIp: data,
    State: data,
    VpcId: foreign('vpc', 'SubnetId'),
  },
  'AWS::EC2::InstanceConnectEndpoint': {
    NetworkInterfaceIds: foreign('interface'),
    VpcId: foreign('vpc', 'SubnetId'),
    OwnerId: data,
    PublicDnsNames: data,
  },
  'AWS::EC2::LocalGatewayRouteTableVPCAssociation': { LocalGatewayId: foreign('other', 'LocalGatewayRouteTableId') },
  'AWS::EC2::LocalGatewayRouteTableVirtualInterfaceGroupAssociation': {
    LocalGatewayId: foreign('other', 'LocalGatewayRouteTableId'),
    LocalGatewayRouteTableArn: foreign('other', 'LocalGatewayRouteTableId'),
  },
  'AWS::EC2::LocalGatewayVirtualInterface': { LocalGatewayId: foreign('other') },
  'AWS::EC2::LocalGatewayVirtualInterfaceGroup': { LocalGatewayVirtualInterfaceIds: foreign('other') },
  'AWS::EC2::NatGateway': { EniId: foreign('interface'), RouteTableId: foreign('route-table') },
  'AWS::EC2::NetworkInterface': {
    VpcId: foreign('vpc', 'SubnetId'),
    PrimaryIpv6Address: data,
    PrimaryPrivateIpAddress: data,
    PublicIpDnsNameOptions: data,
    SecondaryPrivateIpAddresses: data,
  },
  'AWS::EC2::PrefixList': { OwnerId: data },
  'AWS::EC2::Route': { CidrBlock: data },
  'AWS::EC2::RouteServerEndpoint': { EniAddress: data, EniId: foreign('interface'), VpcId: foreign('vpc', 'SubnetId') },
  'AWS::EC2::RouteServerPeer': {
    EndpointEniAddress: data,
    EndpointEniId: foreign('interface', 'RouteServerEndpointId'),
    SubnetId: foreign('subnet', 'RouteServerEndpointId'),
    VpcId: foreign('vpc', 'RouteServerEndpointId'),
  },
  'AWS::EC2::SecurityGroup': { VpcId: echo('VpcId') },
  'AWS::EC2::SecurityGroupVpcAssociation': { VpcOwnerId: data, State: data, StateReason: data },
  'AWS::EC2::Subnet': {
    BlockPublicAccessStates: data,
    Ipv6CidrBlocks: data,
    NetworkAclAssociationId: foreign('network-acl'),
    VpcId: echo('VpcId'),
  },
  'AWS::EC2::SubnetCidrBlock': { IpSource: data, Ipv6AddressAttribute: data },
  'AWS::EC2::TransitGatewayConnect': { TransitGatewayId: foreign('other', 'TransportTransitGatewayAttachmentId') },
  'AWS::EC2::TransitGatewayConnectPeer': {
    'ConnectPeerConfiguration.BgpConfigurations.TransitGatewayAddress': data,
    'ConnectPeerConfiguration.BgpConfigurations.TransitGatewayAsn': data,
  },
  'AWS::EC2::TransitGatewayMulticastGroupMember': {
    SubnetId: foreign('subnet', 'NetworkInterfaceId'),
    TransitGatewayAttachmentId: foreign('other', 'TransitGatewayMulticastDomainId'),
  },
  'AWS::EC2::TransitGatewayMulticastGroupSource': {
    SubnetId: foreign('subnet', 'NetworkInterfaceId'),
    TransitGatewayAttachmentId: foreign('other', 'TransitGatewayMulticastDomainId'),
  },
  'AWS::EC2::VPC': {
    CidrBlockAssociations: data,
    DefaultNetworkAcl: foreign('network-acl'),
    DefaultSecurityGroup: { kind: 'default-group' },
    Ipv6CidrBlocks: data,
    'VpcEncryptionControl.VpcEncryptionControlId': foreign('other'),
    'VpcEncryptionControl.VpcId': identity,
  },
  'AWS::EC2::VPCCidrBlock': { IpSource: data, Ipv6AddressAttribute: data },
  'AWS::EC2::VPCEncryptionControl': {
    'ResourceExclusions.VpcLattice': data,
    'ResourceExclusions.VpcPeering': data,
  },
  'AWS::EC2::VPCEndpoint': { DnsEntries: identity, NetworkInterfaceIds: foreign('interface') },
  'AWS::EC2::VPCEndpointService': {
    'PrivateDnsNameConfiguration.Name': data,
    'PrivateDnsNameConfiguration.State': data,
    'PrivateDnsNameConfiguration.Type': data,
    'PrivateDnsNameConfiguration.Value': data,
  },
  'AWS::EC2::VPNConcentrator': { TransitGatewayAttachmentId: foreign('other', 'TransitGatewayId') },
  'AWS::EC2::VerifiedAccessEndpoint': {
    VerifiedAccessInstanceId: foreign('other', 'VerifiedAccessGroupId'),
    DeviceValidationDomain: data,
    EndpointDomain: data,
  },
  'AWS::ECS::ExpressGatewayService': {
    'ECSManagedResourceArns.IngressPath.CertificateArn': foreign('certificate'),
    'ECSManagedResourceArns.IngressPath.ListenerArn': foreign('listener'),
    'ECSManagedResourceArns.IngressPath.ListenerRuleArn': foreign('listener-rule'),
    'ECSManagedResourceArns.IngressPath.LoadBalancerArn': foreign('load-balancer'),
    'ECSManagedResourceArns.IngressPath.LoadBalancerSecurityGroups': foreign('group'),
    'ECSManagedResourceArns.IngressPath.TargetGroupArns': foreign('target-group'),
    'ECSManagedResourceArns.ServiceSecurityGroups': foreign('group', 'NetworkConfiguration.SecurityGroups'),
    'ECSManagedResourceArns.AutoScaling.ApplicationAutoScalingPolicies': foreign('other'),
    'ECSManagedResourceArns.AutoScaling.ScalableTarget': foreign('other'),
    'ECSManagedResourceArns.LogGroups': foreign('other'),
    'ECSManagedResourceArns.MetricAlarms': foreign('other'),
    Endpoint: data,
  },
  'AWS::ECS::Gateway': { AccessType: data, 'Configuration.HostSharedAlb.CurrentAlbCount': data },
  'AWS::ECS::GatewayClusterAssociations': { ClusterArn: echo('Cluster'), GatewayArn: echo('Gateway') },
  'AWS::ECS::Service': { Name: identity },
  'AWS::EKS::Cluster': { ClusterSecurityGroupId: foreign('group') },
  'AWS::EMRContainers::Endpoint': { SecurityGroup: foreign('group') },
  'AWS::ElastiCache::Snapshot': { CacheSubnetGroupName: foreign('subnet'), VpcId: foreign('vpc') },
  'AWS::ElasticLoadBalancing::LoadBalancer': {
    'SourceSecurityGroup.GroupName': foreign('group', 'SecurityGroups'),
    'SourceSecurityGroup.OwnerAlias': data,
    SourceSecurityGroup: foreign('group', 'SecurityGroups'),
    CanonicalHostedZoneName: data,
    CanonicalHostedZoneNameID: data,
  },
  'AWS::ElasticLoadBalancingV2::ListenerRule': { IsDefault: data },
  // The ARN can be built again from the full name.
  'AWS::ElasticLoadBalancingV2::LoadBalancer': {
    CanonicalHostedZoneID: data,
    LoadBalancerFullName: identity,
    LoadBalancerName: identity,
    SecurityGroups: echo('SecurityGroups'),
  },
  'AWS::ElasticLoadBalancingV2::TargetGroup': {
    LoadBalancerArns: foreign('load-balancer'),
    TargetGroupFullName: identity,
    TargetGroupName: identity,
  },
  'AWS::Events::Rule': { RuleName: identity },
  'AWS::FSx::FileCache': { NetworkInterfaceIds: foreign('interface'), VpcId: foreign('vpc', 'SubnetIds') },
  'AWS::GlobalAccelerator::Accelerator': { Ipv4Addresses: data, Ipv6Addresses: data, DualStackDnsName: data },
  'AWS::IAM::ManagedPolicy': {
    AttachmentCount: data,
    CreateDate: data,
    IsAttachable: data,
    PermissionsBoundaryUsageCount: data,
    UpdateDate: data,
  },
  'AWS::IAM::Role': { RoleId: data },
  'AWS::Lambda::Function': { 'SnapStartResponse.ApplyOn': data, 'SnapStartResponse.OptimizationStatus': data },
  'AWS::MGN::LaunchConfigurationTemplate': { Ec2LaunchTemplateID: foreign('other') },
  'AWS::MWAA::Environment': { DatabaseVpcEndpointService: data, WebserverVpcEndpointService: data },
  'AWS::MediaConnect::FlowVpcInterface': { NetworkInterfaceIds: foreign('interface') },
  'AWS::MediaConnect::RouterNetworkInterface': { NetworkInterfaceType: data },
  'AWS::MediaLive::Input': {
    SecurityGroups: foreign('group', 'Vpc.SecurityGroupIds'),
    'Destinations.Vpc': foreign('interface'),
    'Destinations.Vpc.NetworkInterfaceId': foreign('interface'),
  },
  'AWS::NeptuneGraph::PrivateGraphEndpoint': { VpcEndpointId: foreign('other') },
  'AWS::NetworkFirewall::Firewall': { TransitGatewayAttachmentId: foreign('other'), EndpointIds: foreign('other') },
  'AWS::NetworkManager::ConnectAttachment': { CoreNetworkArn: foreign('other', 'CoreNetworkId') },
  'AWS::NetworkManager::ConnectPeer': { CoreNetworkId: foreign('other', 'ConnectAttachmentId') },
  'AWS::NetworkManager::DirectConnectGatewayAttachment': { CoreNetworkArn: foreign('other', 'CoreNetworkId') },
  'AWS::NetworkManager::SiteToSiteVpnAttachment': { CoreNetworkArn: foreign('other', 'CoreNetworkId') },
  'AWS::NetworkManager::TransitGatewayPeering': {
    CoreNetworkArn: foreign('other', 'CoreNetworkId'),
    TransitGatewayPeeringAttachmentId: foreign('other'),
  },
  'AWS::NetworkManager::TransitGatewayRouteTableAttachment': {
    CoreNetworkArn: foreign('other', 'PeeringId'),
    CoreNetworkId: foreign('other', 'PeeringId'),
  },
  'AWS::NetworkManager::VpcAttachment': {
    CoreNetworkArn: foreign('other', 'CoreNetworkId'),
    ResourceArn: echo('VpcArn'),
    EdgeLocation: data,
    SegmentName: data,
  },
  'AWS::OSIS::Pipeline': { VpcEndpointService: data, VpcEndpoints: foreign('other') },
  'AWS::QuickSight::VPCConnection': { NetworkInterfaces: foreign('interface'), VPCId: foreign('vpc', 'SubnetIds') },
  'AWS::RDS::ClusterSnapshot': { VpcId: foreign('vpc', 'DBClusterIdentifier') },
  'AWS::RDS::DBInstance': { ListenerEndpoint: data, 'ListenerEndpoint.Address': data, 'ListenerEndpoint.Port': data },
  'AWS::RDS::DBProxy': { VpcId: foreign('vpc', 'VpcSubnetIds') },
  'AWS::RDS::DBProxyEndpoint': { VpcId: foreign('vpc', 'VpcSubnetIds') },
  'AWS::RDS::DBSnapshot': { VpcId: foreign('vpc', 'DBInstanceIdentifier') },
  'AWS::RedshiftServerless::Workgroup': {
    'Workgroup.SecurityGroupIds': echo('SecurityGroupIds'),
    'Workgroup.SubnetIds': echo('SubnetIds'),
    'Workgroup.EnhancedVpcRouting': data,
    'Workgroup.Endpoint.VpcEndpoints.NetworkInterfaces.NetworkInterfaceId': foreign('interface'),
    'Workgroup.Endpoint.VpcEndpoints.NetworkInterfaces.SubnetId': foreign('subnet', 'SubnetIds'),
    'Workgroup.Endpoint.VpcEndpoints.VpcEndpointId': foreign('other'),
    'Workgroup.Endpoint.VpcEndpoints.VpcId': foreign('vpc', 'SubnetIds'),
    'Workgroup.Endpoint.Address': data,
    'Workgroup.Endpoint.Port': data,
  },
  'AWS::Redshift::EndpointAccess': {
    VpcEndpoint: foreign('other'),
    VpcSecurityGroups: foreign('group', 'VpcSecurityGroupIds'),
    'VpcEndpoint.VpcEndpointId': foreign('other'),
    'VpcEndpoint.VpcId': foreign('vpc', 'SubnetGroupName'),
    'VpcEndpoint.NetworkInterfaces.NetworkInterfaceId': foreign('interface'),
    'VpcEndpoint.NetworkInterfaces.SubnetId': foreign('subnet', 'SubnetGroupName'),
    'VpcSecurityGroups.VpcSecurityGroupId': foreign('group', 'VpcSecurityGroupIds'),
  },
  'AWS::Redshift::EndpointAuthorization': { AllowedAllVPCs: data, AllowedVPCs: echo('VpcIds') },
  'AWS::Redshift::Snapshot': { EnhancedVpcRouting: data, VpcId: foreign('vpc', 'ClusterIdentifier') },
  'AWS::RefactorSpaces::Application': {
    ApiGatewayId: foreign('api'),
    VpcLinkId: foreign('link'),
    NlbArn: foreign('load-balancer'),
    NlbName: foreign('load-balancer'),
    ProxyUrl: foreign('api'),
  },
  'AWS::RefactorSpaces::Environment': { TransitGatewayId: foreign('other') },
  'AWS::Route53Resolver::ResolverEndpoint': { HostVPCId: foreign('vpc', 'IpAddresses.SubnetId') },
  'AWS::S3Files::MountTarget': { NetworkInterfaceId: foreign('interface'), VpcId: foreign('vpc', 'SubnetId') },
  'AWS::S3Outposts::Endpoint': { NetworkInterfaces: foreign('interface') },
  'AWS::SSM::Parameter': { Type: echo('Type'), Value: echo('Value') },
  'AWS::SageMaker::Domain': { SecurityGroupIdForDomainBoundary: foreign('group') },
  'AWS::Synthetics::Canary': { 'Replicas.VpcConfig.VpcId': foreign('vpc', 'Replicas.VpcConfig.SubnetIds') },
  'AWS::Timestream::InfluxDBBackup': { VpcSecurityGroupIds: foreign('group'), VpcSubnetIds: foreign('subnet') },
  'AWS::Transfer::WebApp': { VpcEndpointId: foreign('other') },
  'AWS::VpcLattice::ServiceNetworkVpcAssociation': {
    VpcId: echo('VpcIdentifier'),
    ServiceNetworkArn: echo('ServiceNetworkIdentifier'),
    ServiceNetworkId: echo('ServiceNetworkIdentifier'),
    ServiceNetworkName: foreign('other', 'ServiceNetworkIdentifier'),
  },
  'AWS::WorkSpaces::Directory': { WorkspaceSecurityGroupId: foreign('group') },
}
