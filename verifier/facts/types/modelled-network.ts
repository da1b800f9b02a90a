/** The VPC, its groups, routes and doors, as the claims read them. */
import { type Judgements, modelled } from './judgement.ts'

const texts = 'are shown to people'
const naming = 'changes names in DNS only'
const placing = 'chooses where and on what it runs'

export const modelledNetwork: Judgements = {
  'AWS::EC2::VPC': modelled('is the network', {
    roles: { data: 'VpcEncryptionControl' },
    read: 'CidrBlock Ipv4IpamPoolId Ipv4NetmaskLength VpcEncryptionControl',
    harmless: { [texts]: 'Tags', [naming]: 'EnableDnsHostnames EnableDnsSupport', [placing]: 'InstanceTenancy' },
  }),
  'AWS::EC2::VPCCidrBlock': modelled('adds a range to a VPC', {
    roles: { owner: 'VpcId' },
    read: 'AmazonProvidedIpv6CidrBlock CidrBlock Ipv4IpamPoolId Ipv4NetmaskLength Ipv6CidrBlock Ipv6CidrBlockNetworkBorderGroup Ipv6IpamPoolId Ipv6NetmaskLength Ipv6Pool',
  }),
  'AWS::EC2::Subnet': modelled('is where interfaces stand', {
    roles: { owner: 'VpcId' },
    read: 'AssignIpv6AddressOnCreation CidrBlock EnableDns64 EnableLniAtDeviceIndex Ipv4IpamPoolId Ipv4NetmaskLength Ipv6CidrBlock Ipv6IpamPoolId Ipv6Native Ipv6NetmaskLength MapPublicIpOnLaunch OutpostArn',
    harmless: {
      [texts]: 'Tags',
      [naming]: 'PrivateDnsNameOptionsOnLaunch',
      [placing]: 'AvailabilityZone AvailabilityZoneId',
    },
  }),
  'AWS::EC2::SubnetCidrBlock': modelled('adds an IPv6 range to a subnet', {
    roles: { owner: 'SubnetId' },
    read: 'Ipv6CidrBlock Ipv6IpamPoolId Ipv6NetmaskLength',
  }),
  'AWS::EC2::RouteTable': modelled('holds routes', {
    roles: { owner: 'VpcId' },
    harmless: { [texts]: 'Tags' },
  }),
  'AWS::EC2::Route': modelled('is a route', {
    roles: {
      owner: 'RouteTableId',
      target:
        'CarrierGatewayId CoreNetworkArn EgressOnlyInternetGatewayId GatewayId InstanceId LocalGatewayId NatGatewayId NetworkInterfaceId OdbNetworkArn TransitGatewayId VpcEndpointId VpcPeeringConnectionId',
      peer: 'DestinationPrefixListId',
    },
    read: 'DestinationCidrBlock DestinationIpv6CidrBlock',
  }),
  'AWS::EC2::SubnetRouteTableAssociation': modelled('gives a subnet its routes', {
    roles: { owner: 'RouteTableId SubnetId' },
  }),
  'AWS::EC2::GatewayRouteTableAssociation': modelled('gives what comes in by a gateway its routes', {
    roles: { owner: 'GatewayId RouteTableId' },
  }),
  'AWS::EC2::VPNGatewayRoutePropagation': modelled('lets a VPN gateway write routes', {
    roles: { owner: 'RouteTableIds', target: 'VpnGatewayId' },
  }),
  'AWS::EC2::SecurityGroup': modelled('is a group with rules', {
    roles: {
      owner: 'VpcId',
      peer: 'SecurityGroupEgress.DestinationPrefixListId SecurityGroupEgress.DestinationSecurityGroupId SecurityGroupIngress.SourcePrefixListId SecurityGroupIngress.SourceSecurityGroupId SecurityGroupIngress.SourceSecurityGroupName SecurityGroupIngress.SourceSecurityGroupOwnerId',
      shown: 'SecurityGroupEgress.Description SecurityGroupIngress.Description',
      // As the name of another group it is read where rules name groups by name.
      data: 'GroupName',
    },
    read: 'GroupName SecurityGroupEgress SecurityGroupIngress',
    harmless: {
      [texts]: 'GroupDescription Tags SecurityGroupEgress.Description SecurityGroupIngress.Description',
    },
  }),
  'AWS::EC2::SecurityGroupEgress': modelled('is a rule of a group', {
    roles: { owner: 'GroupId', peer: 'DestinationPrefixListId DestinationSecurityGroupId' },
    read: 'CidrIp CidrIpv6 FromPort IpProtocol ToPort',
    harmless: { [texts]: 'Description' },
  }),
  'AWS::EC2::SecurityGroupIngress': modelled('is a rule of a group', {
    roles: {
      owner: 'GroupId GroupName',
      peer: 'SourcePrefixListId SourceSecurityGroupId SourceSecurityGroupName SourceSecurityGroupOwnerId',
    },
    read: 'CidrIp CidrIpv6 FromPort IpProtocol ToPort',
    harmless: { [texts]: 'Description' },
  }),
  'AWS::EC2::SecurityGroupVpcAssociation': modelled('lets interfaces of another VPC carry a group', {
    roles: { owner: 'GroupId VpcId' },
  }),
  'AWS::EC2::PrefixList': modelled('is a list of ranges', {
    roles: { data: 'PrefixListName' },
    read: 'AddressFamily Entries MaxEntries PrefixListName',
    harmless: { [texts]: 'Tags' },
  }),
  'AWS::EC2::NetworkInterface': modelled('is in a subnet and carries groups', {
    roles: { carrier: 'GroupSet SubnetId' },
    read: 'EnablePrimaryIpv6 InterfaceType Ipv4PrefixCount Ipv4Prefixes Ipv6AddressCount Ipv6Addresses Ipv6PrefixCount Ipv6Prefixes PrivateIpAddress PrivateIpAddresses SecondaryPrivateIpAddressCount SourceDestCheck',
    harmless: {
      [texts]: 'Description Tags',
      [naming]: 'PublicIpDnsHostnameTypeSpecification',
      'sets how long idle connections are kept': 'ConnectionTrackingSpecification',
    },
  }),
  'AWS::EC2::Instance': modelled('is a host that runs what its owner gives it', {
    roles: {
      carrier:
        'NetworkInterfaces.GroupSet NetworkInterfaces.NetworkInterfaceId NetworkInterfaces.SubnetId SecurityGroupIds SecurityGroups SubnetId LaunchTemplate',
      code: 'UserData SsmAssociations ImageId',
      rights: 'IamInstanceProfile',
    },
    read: 'NetworkInterfaces Ipv6AddressCount Ipv6Addresses PrivateIpAddress SourceDestCheck',
    unread: 'AdditionalInfo',
    harmless: {
      [texts]: 'Tags PropagateTagsToVolumeOnCreation KeyName',
      [naming]: 'PrivateDnsNameOptions',
      [placing]:
        'Affinity AvailabilityZone BlockDeviceMappings CpuOptions CreditSpecification EbsOptimized ElasticGpuSpecifications ElasticInferenceAccelerators EnclaveOptions HibernationOptions HostId HostResourceGroupArn InstanceType KernelId LicenseSpecifications MetadataOptions PlacementGroupName RamdiskId Tenancy Volumes',
      'says how it ends or is watched': 'DisableApiTermination InstanceInitiatedShutdownBehavior Monitoring',
    },
  }),
  'AWS::EC2::VPCGatewayAttachment': modelled('joins a VPC to the internet or to a VPN', {
    roles: { owner: 'VpcId', target: 'InternetGatewayId VpnGatewayId' },
  }),
  'AWS::EC2::VPCPeeringConnection': modelled('joins two VPCs', {
    roles: { owner: 'VpcId PeerVpcId' },
    harmless: {
      'says who accepts it, where': 'AssumeRoleRegion PeerOwnerId PeerRegion PeerRoleArn',
      [texts]: 'Tags',
    },
  }),
  'AWS::EC2::TransitGatewayAttachment': modelled('joins a VPC to a transit gateway', {
    roles: { owner: 'SubnetIds TransitGatewayId VpcId', data: 'Options' },
    read: 'Options',
    harmless: { [texts]: 'Tags' },
  }),
  'AWS::EC2::TransitGatewayVpcAttachment': modelled('joins a VPC to a transit gateway', {
    roles: { owner: 'AddSubnetIds RemoveSubnetIds SubnetIds TransitGatewayId VpcId', data: 'Options' },
    read: 'Options',
    harmless: { [texts]: 'Tags' },
  }),
  'AWS::NetworkManager::VpcAttachment': modelled('joins a VPC to a core network', {
    roles: { owner: 'CoreNetworkId SubnetArns VpcArn', data: 'Options' },
    read: 'Options RoutingPolicyLabel',
    harmless: { [texts]: 'Tags' },
  }),
  'AWS::EC2::VPCEndpoint': modelled('leads from a VPC to a service', {
    roles: {
      owner: 'RouteTableIds VpcId',
      passive: 'SecurityGroupIds SubnetIds',
      target: 'ResourceConfigurationArn ServiceNetworkArn ServiceName',
      data: 'VpcEndpointType',
    },
    read: 'IpAddressType PolicyDocument PrivateDnsEnabled ServiceRegion VpcEndpointType',
    harmless: { [texts]: 'Tags', [naming]: 'DnsOptions' },
  }),
  'AWS::EC2::VPCEndpointService': modelled('offers a load balancer to other accounts and networks', {
    roles: { target: 'GatewayLoadBalancerArns NetworkLoadBalancerArns' },
    harmless: {
      [texts]: 'Tags',
      [naming]: 'PrivateDnsName',
      'does not narrow who is let in once accepted': 'AcceptanceRequired SupportedIpAddressTypes SupportedRegions',
      'count and pay': 'ContributorInsightsEnabled PayerResponsibility',
    },
  }),
  'AWS::EC2::InstanceConnectEndpoint': modelled('opens connections into subnets', {
    roles: { carrier: 'SecurityGroupIds SubnetId' },
    read: 'PreserveClientIp',
    harmless: { [texts]: 'ClientToken Tags' },
  }),
  'AWS::EC2::ClientVpnEndpoint': modelled('lets clients in', {
    roles: {
      carrier: 'SecurityGroupIds',
      owner: 'VpcId TransitGatewayConfiguration',
      code: 'ClientConnectOptions.LambdaFunctionArn',
      data: 'VpnPort',
    },
    read: 'AuthenticationOptions AuthorizationPolicy ClientCidrBlock ClientConnectOptions EndpointIpAddressType TrafficIpAddressType',
    harmless: {
      [texts]: 'Description TagSpecifications ClientLoginBannerOptions',
      'settings of the clients, which are in already':
        'ClientRouteEnforcementOptions ConnectionLogOptions DevicePostureOptions DisconnectOnSessionTimeout DnsServers SelfServicePortal ServerCertificateArn SessionTimeoutHours SplitTunnel TransportProtocol VpnPort',
    },
  }),
  'AWS::EC2::ClientVpnTargetNetworkAssociation': modelled('lets clients into a subnet', {
    roles: { owner: 'ClientVpnEndpointId', carrier: 'SubnetId' },
    harmless: { [placing]: 'AvailabilityZone AvailabilityZoneId' },
  }),
  'AWS::EC2::VerifiedAccessEndpoint': modelled('leads to a load balancer, interface, database or range', {
    roles: {
      target:
        'LoadBalancerOptions.LoadBalancerArn NetworkInterfaceOptions.NetworkInterfaceId CidrOptions.Cidr RdsOptions',
      carrier: 'SecurityGroupIds CidrOptions.SubnetIds LoadBalancerOptions.SubnetIds RdsOptions.SubnetIds',
    },
    read: 'AttachmentType CidrOptions EndpointType LoadBalancerOptions NetworkInterfaceOptions PolicyDocument PolicyEnabled VerifiedAccessGroupId',
    harmless: {
      [texts]: 'Description Tags',
      [naming]: 'ApplicationDomain DomainCertificateArn EndpointDomainPrefix',
      'encrypts its policy': 'SseSpecification',
    },
  }),
  'AWS::CloudFront::VpcOrigin': modelled('brings CloudFront to a load balancer or instance', {
    roles: { target: 'VpcOriginEndpointConfig.Arn' },
    read: 'VpcOriginEndpointConfig',
    harmless: { [texts]: 'Tags VpcOriginEndpointConfig.Name' },
  }),
  'AWS::GlobalAccelerator::EndpointGroup': modelled('brings the internet to its endpoints', {
    roles: { target: 'EndpointConfigurations.EndpointId', owner: 'ListenerArn' },
    read: 'EndpointConfigurations PortOverrides TrafficDialPercentage',
    harmless: {
      'probes endpoints':
        'HealthCheckIntervalSeconds HealthCheckPath HealthCheckPort HealthCheckProtocol ThresholdCount',
      [placing]: 'EndpointGroupRegion',
    },
  }),
  'AWS::VpcLattice::ResourceGateway': modelled('makes resources of the VPC reachable', {
    roles: { carrier: 'SecurityGroupIds SubnetIds', owner: 'VpcIdentifier' },
    read: 'IpAddressType ResourceConfigDnsResolution',
    harmless: { [texts]: 'Name Tags', 'counts addresses': 'Ipv4AddressesPerEni' },
  }),
  'AWS::VpcLattice::ServiceNetworkVpcAssociation': modelled('joins a VPC to a service network', {
    roles: { passive: 'SecurityGroupIds', owner: 'VpcIdentifier ServiceNetworkIdentifier' },
    harmless: { [texts]: 'Tags', [naming]: 'DnsOptions PrivateDnsEnabled' },
  }),
  'AWS::VpcLattice::TargetGroup': modelled('makes its targets reachable through a service', {
    roles: { target: 'Targets', owner: 'Config.VpcIdentifier' },
    read: 'Config Type',
    harmless: { [texts]: 'Name Tags', 'probes targets': 'Config.HealthCheck' },
  }),
}
