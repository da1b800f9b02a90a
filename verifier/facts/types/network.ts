/** Networks and ways between them that the claims do not read in detail. */
import { carriers, harmless, judged, type Listed, owners, passive, plain } from './judgement.ts'

export const network: readonly Listed[] = [
  {
    // What they let through, groups and routes still have to; no proof counts on what they stop.
    'AWS::EC2::NetworkAcl': judged('can only narrow what its subnets let through', { data: 'VpcId' }),
    'AWS::EC2::NetworkAclEntry': judged('is a rule of a network ACL', { data: 'NetworkAclId' }),
    'AWS::EC2::SubnetNetworkAclAssociation': judged('gives a subnet its network ACL', {
      data: 'NetworkAclId SubnetId',
    }),
  },
  // EC2
  owners('adds to the network that it names', {
    'AWS::EC2::CarrierGateway': 'VpcId',
    'AWS::EC2::LocalGatewayRouteTableVPCAssociation': 'LocalGatewayRouteTableId VpcId',
    'AWS::EC2::LocalGatewayRoute': 'LocalGatewayRouteTableId LocalGatewayVirtualInterfaceGroupId NetworkInterfaceId',
    'AWS::EC2::IpPoolRouteTableAssociation': 'RouteTableId',
    'AWS::EC2::RouteServerAssociation': 'RouteServerId VpcId',
    'AWS::EC2::RouteServerPropagation': 'RouteServerId RouteTableId',
    'AWS::EC2::RouteServerEndpoint': 'RouteServerId SubnetId',
    'AWS::EC2::RouteServerPeer': 'RouteServerEndpointId',
    'AWS::EC2::VPCEndpointServicePermissions': 'ServiceId',
    'AWS::EC2::VPCBlockPublicAccessExclusion': 'SubnetId VpcId',
    'AWS::EC2::VPNConnectionRoute': 'VpnConnectionId',
    'AWS::EC2::ClientVpnAuthorizationRule': 'ClientVpnEndpointId',
    'AWS::EC2::ClientVpnRoute': 'ClientVpnEndpointId TargetVpcSubnetId',
    'AWS::EC2::IPAMPoolCidr': 'IpamPoolId',
    'AWS::EC2::IPAMAllocation': 'IpamPoolId',
    'AWS::EC2::NetworkInterfaceAttachment': 'InstanceId NetworkInterfaceId',
    'AWS::EC2::NetworkInterfacePermission': 'NetworkInterfaceId',
    'AWS::EC2::EIPAssociation': 'AllocationId EIP InstanceId NetworkInterfaceId',
    'AWS::EC2::EIP': 'InstanceId',
    'AWS::EC2::VPNConnection':
      'CustomerGatewayId TransitGatewayId TransportTransitGatewayAttachmentId VpnConcentratorId VpnGatewayId',
    'AWS::EC2::VPNConcentrator': 'TransitGatewayId',
    'AWS::EC2::TransitGatewayConnect': 'TransportTransitGatewayAttachmentId',
    'AWS::EC2::TransitGatewayPeeringAttachment': 'PeerTransitGatewayId TransitGatewayId',
    'AWS::EC2::TransitGatewayMulticastDomain': 'TransitGatewayId',
    'AWS::EC2::TransitGatewayMulticastDomainAssociation':
      'SubnetId TransitGatewayAttachmentId TransitGatewayMulticastDomainId',
    'AWS::EC2::TransitGatewayMulticastGroupMember': 'NetworkInterfaceId TransitGatewayMulticastDomainId',
    'AWS::EC2::TransitGatewayMulticastGroupSource': 'NetworkInterfaceId TransitGatewayMulticastDomainId',
    'AWS::EC2::TransitGatewayPolicyTable': 'TransitGatewayId',
    'AWS::EC2::TransitGatewayPolicyTableAssociation': 'TransitGatewayAttachmentId TransitGatewayPolicyTableId',
    'AWS::EC2::TransitGatewayPolicyTableEntry': 'TargetRouteTableId TransitGatewayPolicyTableId',
    'AWS::EC2::TransitGatewayRoute': 'TransitGatewayAttachmentId TransitGatewayRouteTableId',
    'AWS::EC2::TransitGatewayRouteTable': 'TransitGatewayId',
    'AWS::EC2::TransitGatewayRouteTableAssociation': 'TransitGatewayAttachmentId TransitGatewayRouteTableId',
    'AWS::EC2::TransitGatewayRouteTablePropagation': 'TransitGatewayAttachmentId TransitGatewayRouteTableId',
  }),
  {
    'AWS::EC2::TransitGateway': judged('joins what is attached to it', {
      owner: 'AssociationDefaultRouteTableId PropagationDefaultRouteTableId',
      data: 'DefaultRouteTableAssociation DefaultRouteTablePropagation SecurityGroupReferencingSupport TransitGatewayCidrBlocks VpnEcmpSupport',
    }),
    'AWS::EC2::NatGateway': judged('opens connections to the internet for its subnet, and takes none from there', {
      passive: 'SubnetId VpcId',
    }),
    'AWS::EC2::TrafficMirrorSession': judged('copies the traffic of an interface, which shows it and opens nothing', {
      peer: 'NetworkInterfaceId TrafficMirrorFilterId TrafficMirrorTargetId',
    }),
    'AWS::EC2::TrafficMirrorTarget': judged(
      'gets copies of packets, as UDP, on the interface or load balancer it names',
      {
        target: 'GatewayLoadBalancerEndpointId NetworkInterfaceId NetworkLoadBalancerArn',
      },
    ),
    'AWS::EC2::ApplicationStatusCheck': judged('probes instances from interfaces that carry the group', {
      carrier: 'HealthCheckPaths.Source.SecurityGroupId HealthCheckPaths.Source.SubnetId',
      target: 'HealthCheckPaths.Destinations.SecurityGroupId HealthCheckPaths.Destinations.SubnetId',
    }),
    'AWS::EC2::VerifiedAccessGroup': judged('says who may use its endpoints; the endpoint is the door', {
      owner: 'VerifiedAccessInstanceId',
    }),
    'AWS::EC2::EgressOnlyInternetGateway': judged('lets nothing in, and out what a route leads to it', {
      data: 'VpcId',
    }),
    'AWS::EC2::VPCDHCPOptionsAssociation': judged(
      'gives hosts their DNS servers, which groups and routes let them reach',
      {
        data: 'VpcId DhcpOptionsId',
      },
    ),
    'AWS::EC2::VPCEncryptionControl': judged('only forbids', {
      data: 'VpcId VpcLatticeExclusionInput VpcPeeringExclusionInput',
    }),
    'AWS::EC2::SubnetCidrReservation': judged('reserves addresses', { data: 'SubnetId' }),
    'AWS::EC2::IPAMPrefixListResolverTarget': judged('fills a prefix list', {
      owner: 'IpamPrefixListResolverId PrefixListId',
      data: 'PrefixListRegion',
    }),
    'AWS::EC2::TransitGatewayConnectPeer': judged('joins an appliance to a transit gateway', {
      owner: 'TransitGatewayAttachmentId',
      data: 'ConnectPeerConfiguration',
    }),
    'AWS::EC2::IPAMPool': judged('hands out ranges', {}),
    'AWS::EC2::IPAMPrefixListResolver': judged('fills prefix lists by its rules', {}),
    'AWS::EC2::SecondaryNetwork': judged('is a network next to VPCs', {}),
  },
  harmless(
    'observes, names, reserves or stores; joins no network',
    `EC2::CapacityManagerDataExport EC2::CapacityReservation EC2::CapacityReservationFleet EC2::CustomerGateway
     EC2::DHCPOptions EC2::EnclaveCertificateIamRoleAssociation EC2::FlowLog EC2::FpgaImage EC2::Host EC2::IPAM
     EC2::IPAMResourceDiscovery EC2::IPAMResourceDiscoveryAssociation EC2::IPAMScope EC2::IPv4Pool
     EC2::InstanceEventWindow EC2::InternetGateway EC2::IpamExternalResourceVerificationToken
     EC2::IpamInternetRegistryAssociation EC2::KeyPair EC2::LocalGatewayRouteTable
     EC2::LocalGatewayRouteTableVirtualInterfaceGroupAssociation EC2::LocalGatewayVirtualInterface
     EC2::LocalGatewayVirtualInterfaceGroup EC2::NetworkInsightsAccessScope EC2::NetworkInsightsAccessScopeAnalysis
     EC2::NetworkInsightsAnalysis EC2::NetworkInsightsPath EC2::NetworkPerformanceMetricSubscription EC2::PlacementGroup
     EC2::RouteServer EC2::SnapshotBlockPublicAccess EC2::SqlHaStandbyDetectedInstance EC2::TrafficMirrorFilter
     EC2::TrafficMirrorFilterRule EC2::TransitGatewayMeteringPolicy EC2::TransitGatewayMeteringPolicyEntry
     EC2::VPCBlockPublicAccessOptions EC2::VPCEndpointConnectionNotification EC2::VPNGateway EC2::VerifiedAccessInstance
     EC2::VerifiedAccessTrustProvider EC2::Volume EC2::VolumeAttachment`,
  ),
  {
    // Load balancers
    'AWS::ElasticLoadBalancing::LoadBalancer': judged('is in subnets and sends requests to instances only', {
      carrier: 'SecurityGroups Subnets',
      target: 'Instances',
      data: 'LoadBalancerName Listeners Policies.LoadBalancerPorts',
    }),
  },
  harmless(
    'holds authorities that clients are checked against',
    'ElasticLoadBalancingV2::TrustStore ElasticLoadBalancingV2::TrustStoreRevocation',
  ),
  {
    // Accelerators, CloudFront
    'AWS::GlobalAccelerator::CrossAccountAttachment': judged(
      'lets accelerators of other accounts lead to what it names',
      {
        target: 'Resources.EndpointId Resources.Cidr',
      },
    ),
  },
  plain(
    'is the outside of an accelerator; its endpoint groups are the door',
    'GlobalAccelerator::Accelerator GlobalAccelerator::Listener',
  ),
  {
    'AWS::CloudFront::Distribution': judged('sends requests of the internet to its origins', {
      target:
        'DistributionConfig.Origins.DomainName DistributionConfig.Origins.VpcOriginConfig DistributionConfig.CustomOrigin DistributionConfig.S3Origin',
      code: 'DistributionConfig.CacheBehaviors.FunctionAssociations DistributionConfig.CacheBehaviors.LambdaFunctionAssociations DistributionConfig.DefaultCacheBehavior.FunctionAssociations DistributionConfig.DefaultCacheBehavior.LambdaFunctionAssociations',
    }),
    'AWS::CloudFront::DistributionTenant': judged('opens a distribution under its own names', {
      owner: 'DistributionId',
    }),
  },
  harmless(
    'shapes, signs or counts what a distribution does; its origins are named there',
    `CloudFront::AnycastIpList CloudFront::CachePolicy CloudFront::CloudFrontOriginAccessIdentity
     CloudFront::ConnectionGroup CloudFront::ContinuousDeploymentPolicy CloudFront::FieldLevelEncryptionConfig
     CloudFront::FieldLevelEncryptionProfile CloudFront::KeyGroup CloudFront::KeyValueStore
     CloudFront::MonitoringSubscription CloudFront::OriginAccessControl CloudFront::OriginRequestPolicy
     CloudFront::PublicKey CloudFront::RealtimeLogConfig CloudFront::ResponseHeadersPolicy
     CloudFront::StreamingDistribution CloudFront::TrustStore`,
  ),
  // A function may choose another origin for a request, among them a VPC origin, by its id.
  plain('may choose another origin for a request', 'CloudFront::Function CloudFront::ConnectionFunction'),
  {
    // Lattice
    'AWS::VpcLattice::ResourceConfiguration': judged('makes a resource reachable through a resource gateway', {
      owner: 'ResourceGatewayId ResourceConfigurationGroupId',
      target: 'ResourceConfigurationDefinition',
    }),
  },
  owners('joins services and resources to a network of clients', {
    'AWS::VpcLattice::ServiceNetworkResourceAssociation': 'ResourceConfigurationId ServiceNetworkId',
    'AWS::VpcLattice::ServiceNetworkServiceAssociation': 'ServiceIdentifier ServiceNetworkIdentifier',
  }),
  {
    'AWS::VpcLattice::Listener': judged('sends requests to target groups', {
      owner: 'ServiceIdentifier',
      target: 'DefaultAction.Forward.TargetGroups.TargetGroupIdentifier',
      data: 'DefaultAction',
    }),
    'AWS::VpcLattice::Rule': judged('sends requests to target groups', {
      owner: 'ListenerIdentifier ServiceIdentifier',
      target: 'Action.Forward.TargetGroups.TargetGroupIdentifier',
      data: 'Action',
    }),
    'AWS::VpcLattice::AuthPolicy': judged('says who may call a service', {
      owner: 'ResourceIdentifier',
      rights: 'Policy',
    }),
    'AWS::VpcLattice::ResourcePolicy': judged('shares a service or network with other accounts', {
      owner: 'ResourceArn',
      rights: 'Policy',
    }),
  },
  plain(
    'is nothing without targets and associations, which are doors',
    'VpcLattice::Service VpcLattice::ServiceNetwork',
  ),
  harmless('logs, or proves a name', 'VpcLattice::AccessLogSubscription VpcLattice::DomainVerification'),
  {
    // Sharing
    'AWS::RAM::ResourceShare': judged(
      'lets other accounts put interfaces into a subnet, carry a group or use what it names',
      {
        owner: 'ResourceArns',
        rights: 'PermissionArns Principals Sources',
      },
    ),
    'AWS::RAM::ResourceAssociation': judged('adds something to a share', {
      owner: 'ResourceArn ResourceShareArn',
    }),
  },
  owners('says with whom, and for what, something is shared', {
    'AWS::RAM::PrincipalAssociation': 'ResourceShareArn',
    'AWS::RAM::PermissionAssociation': 'ResourceShareArn',
    'AWS::RAM::SourceAssociation': 'ResourceShareArn',
  }),
  {
    'AWS::RAM::Permission': judged('says what a share allows', { rights: 'PolicyTemplate' }),

    // Core networks
    'AWS::NetworkManager::CoreNetwork': judged('routes between what is attached to it, by its policy', {
      owner: 'GlobalNetworkId',
      code: 'PolicyDocument',
    }),
  },
  owners('adds to a core network', {
    'AWS::NetworkManager::ConnectAttachment': 'CoreNetworkId TransportAttachmentId',
    'AWS::NetworkManager::ConnectPeer': 'ConnectAttachmentId CoreNetworkAddress SubnetArn',
    'AWS::NetworkManager::CoreNetworkPrefixListAssociation': 'CoreNetworkId PrefixListArn PrefixListAlias',
    'AWS::NetworkManager::DirectConnectGatewayAttachment': 'CoreNetworkId DirectConnectGatewayArn',
    'AWS::NetworkManager::SiteToSiteVpnAttachment': 'CoreNetworkId VpnConnectionArn',
    'AWS::NetworkManager::TransitGatewayPeering': 'CoreNetworkId TransitGatewayArn',
    'AWS::NetworkManager::TransitGatewayRouteTableAttachment': 'PeeringId TransitGatewayRouteTableArn',
  }),
  harmless(
    'is an entry in a picture of the network',
    `NetworkManager::Connection NetworkManager::CustomerGatewayAssociation NetworkManager::Device
     NetworkManager::GlobalNetwork NetworkManager::Link NetworkManager::LinkAssociation NetworkManager::Site
     NetworkManager::TransitGatewayRegistration`,
  ),
  owners('joins a network outside AWS to a gateway', {
    'AWS::DirectConnect::DirectConnectGatewayAssociation': 'AssociatedGatewayId DirectConnectGatewayId',
    'AWS::DirectConnect::PrivateVirtualInterface': 'DirectConnectGatewayId VirtualGatewayId',
    'AWS::DirectConnect::TransitVirtualInterface': 'DirectConnectGatewayId',
  }),
  harmless(
    'is a line or its name; gateways and their associations join it to a VPC',
    `DirectConnect::Connection DirectConnect::DirectConnectGateway DirectConnect::Lag
     DirectConnect::PublicVirtualInterface`,
  ),
  {
    // Firewalls and DNS
    'AWS::NetworkFirewall::Firewall': judged('is in subnets and passes on or drops what is routed through it', {
      passive: 'SubnetMappings VpcEndpoint VpcId NatGatewayMappings',
      data: 'SubnetChangeProtection',
      owner: 'TransitGatewayId',
    }),
  },
  passive('is in a subnet and passes on or drops what is routed through it', 'NetworkFirewall::VpcEndpointAssociation'),
  harmless(
    'filters, decrypts for the filter, or logs',
    `NetworkFirewall::ContainerAssociation NetworkFirewall::FirewallPolicy NetworkFirewall::LoggingConfiguration
     NetworkFirewall::RuleGroup NetworkFirewall::TLSInspectionConfiguration Route53Resolver::FirewallDomainList
     Route53Resolver::FirewallRuleGroup Route53Resolver::FirewallRuleGroupAssociation Route53Resolver::ResolverConfig
     Route53Resolver::ResolverDNSSECConfig Route53Resolver::ResolverQueryLoggingConfig
     Route53Resolver::ResolverQueryLoggingConfigAssociation`,
  ),
  {
    'AWS::Route53Resolver::ResolverEndpoint': judged(
      'opens DNS connections, over HTTPS too, to addresses its rules name',
      {
        carrier: 'IpAddresses SecurityGroupIds',
      },
    ),
    'AWS::Route53Resolver::ResolverRule': judged('sends DNS queries to addresses', {
      owner: 'ResolverEndpointId',
      target: 'TargetIps',
    }),
    'AWS::Route53Resolver::ResolverRuleAssociation': judged('gives a VPC a rule of its resolver', {
      data: 'VPCId ResolverRuleId',
    }),
    'AWS::Route53Resolver::OutpostResolver': judged('is a resolver on an outpost'),

    // Oracle and VMware next to a VPC
    'AWS::ODB::OdbPeeringConnection': judged('joins a VPC and a database network', {
      owner: 'OdbNetworkId PeerNetworkId PeerNetworkRouteTableIds',
    }),
    'AWS::ODB::OdbNetwork': judged('is a network next to a VPC', { data: 'BackupSubnetCidr ClientSubnetCidr' }),
  },
  plain(
    'is a database next to a VPC, joined by the peering only',
    'ODB::CloudAutonomousVmCluster ODB::CloudExadataInfrastructure ODB::CloudVmCluster',
  ),
  {
    // Proxies that AWS builds
    'AWS::RefactorSpaces::Environment': judged('builds a transit gateway between the VPCs of its services', {}),
    'AWS::RefactorSpaces::Application': judged('builds an API, a link and a network load balancer in a VPC', {
      owner: 'VpcId',
    }),
    'AWS::RefactorSpaces::Service': judged('joins a VPC to the environment', {
      owner: 'VpcId',
      target: 'UrlEndpoint LambdaEndpoint',
    }),
    'AWS::RefactorSpaces::Route': judged('sends requests to a service', { target: 'ServiceIdentifier' }),
  },

  // Meshes route between proxies that run next to the programs; they open no port.
  harmless(
    'configures proxies that run next to programs; groups still decide',
    `AppMesh::GatewayRoute AppMesh::Mesh AppMesh::Route AppMesh::VirtualGateway AppMesh::VirtualNode
     AppMesh::VirtualRouter AppMesh::VirtualService`,
  ),
  harmless(
    'measures networks',
    'InternetMonitor::Monitor NetworkFlowMonitor::Monitor NetworkFlowMonitor::Scope NetworkMonitor::Monitor',
  ),
  {
    'AWS::Interconnect::Connection': judged('joins a network of another cloud to a gateway', { owner: 'AttachPoint' }),
  },
  carriers('brings bid requests of others to hosts of the VPC', 'RTBFabric::ResponderGateway', {
    target: 'ManagedEndpointConfiguration DomainName',
  }),
  carriers('sends bid requests of the VPC to others', 'RTBFabric::RequesterGateway'),
  plain(
    'joins gateways, which are judged',
    'RTBFabric::InboundExternalLink RTBFabric::Link RTBFabric::LinkRoutingRule RTBFabric::OutboundExternalLink',
    {
      owner: 'GatewayId PeerGatewayId',
    },
  ),
]
