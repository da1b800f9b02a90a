/** Types that open a way around the API wherever they stand in a template with something to protect. */

export type DoorName =
  | 'exec'
  | 'peering'
  | 'transit-gateway'
  | 'vpn'
  | 'endpoint-service'
  | 'accelerator'
  | 'lattice'
  | 'instance-connect'
  | 'verified-access'
  | 'ecs-gateway'
  | 'carrier-gateway'
  | 'proxy'

export type DoorType = {
  readonly type: string
  readonly door: DoorName
  /** What follows the name of the resource in a sentence. */
  readonly does: string
  /** It is a door only where this property is set (`EnableExecuteCommand`: where it is true). */
  readonly property?: string
  /** It is none where this property has this value. */
  readonly unless?: { readonly property: string; readonly value: string }
}

const door = (type: string, name: DoorName, does: string, property?: string): DoorType => ({
  type: `AWS::${type}`,
  door: name,
  does,
  ...(property === undefined ? {} : { property }),
})

export const doors: readonly DoorType[] = [
  door('EC2::VPCEndpointService', 'endpoint-service', 'offers a load balancer to other accounts and networks'),
  door('EC2::VPCEndpointServicePermissions', 'endpoint-service', 'lets others use an endpoint service'),
  door('EC2::VPCPeeringConnection', 'peering', 'joins another VPC'),
  door('EC2::TransitGatewayAttachment', 'transit-gateway', 'joins a transit gateway'),
  door('EC2::TransitGatewayVpcAttachment', 'transit-gateway', 'joins a transit gateway'),
  door('NetworkManager::VpcAttachment', 'transit-gateway', 'joins a core network'),
  door('EC2::VPNConnection', 'vpn', 'joins another network'),
  door('EC2::VPCGatewayAttachment', 'vpn', 'attaches a VPN gateway', 'VpnGatewayId'),
  door('EC2::VPNGatewayRoutePropagation', 'vpn', 'lets a VPN gateway write routes'),
  door('EC2::ClientVpnEndpoint', 'vpn', 'lets clients in'),
  door('EC2::ClientVpnTargetNetworkAssociation', 'vpn', 'lets clients into a subnet'),
  door('EC2::ClientVpnAuthorizationRule', 'vpn', 'lets clients reach a range'),
  door('EC2::ClientVpnRoute', 'vpn', 'leads clients to a range'),
  door('EC2::VPNConnectionRoute', 'vpn', 'leads another network to a VPN connection'),
  door('EC2::LocalGatewayRouteTableVPCAssociation', 'vpn', 'joins the network of an outpost'),
  door('DirectConnect::DirectConnectGatewayAssociation', 'vpn', 'joins a network outside AWS to a gateway'),
  door(
    'DirectConnect::PrivateVirtualInterface',
    'vpn',
    'joins a network outside AWS to a VPN gateway',
    'VirtualGatewayId',
  ),
  door('EC2::RouteServerPropagation', 'vpn', 'lets a route server write routes'),
  door('EC2::CarrierGateway', 'carrier-gateway', 'joins the network of a carrier'),
  door('ODB::OdbPeeringConnection', 'peering', 'joins a database network'),
  door('GameLift::Fleet', 'peering', 'joins the network of a game', 'PeerVpcId'),
  door(
    'GameLiftStreams::StreamGroup',
    'peering',
    'joins the network of a game stream',
    'LocationConfigurations.VpcTransitConfiguration',
  ),
  // Such routes work only where the VPC is joined already, which another template may have done.
  door('EC2::Route', 'transit-gateway', 'routes to a transit gateway', 'TransitGatewayId'),
  door('EC2::Route', 'transit-gateway', 'routes to a core network', 'CoreNetworkArn'),
  door('EC2::Route', 'peering', 'routes to another VPC', 'VpcPeeringConnectionId'),
  door('EC2::Route', 'peering', 'routes to a database network', 'OdbNetworkArn'),
  door('EC2::Route', 'vpn', 'routes to the network of an outpost', 'LocalGatewayId'),
  door('EC2::Route', 'carrier-gateway', 'routes to the network of a carrier', 'CarrierGatewayId'),
  door('EC2::InstanceConnectEndpoint', 'instance-connect', 'opens connections into subnets'),
  door('EC2::VerifiedAccessEndpoint', 'verified-access', 'leads to a load balancer, interface, database or range'),
  door('GlobalAccelerator::EndpointGroup', 'accelerator', 'brings the internet to its endpoints'),
  door(
    'GlobalAccelerator::CrossAccountAttachment',
    'accelerator',
    "lets another account's accelerator in",
    'Resources.EndpointId',
  ),
  door('CloudFront::VpcOrigin', 'accelerator', 'brings CloudFront to a load balancer'),
  door('CloudFront::Distribution', 'accelerator', 'uses a VPC origin', 'DistributionConfig.Origins.VpcOriginConfig'),
  door('VpcLattice::ServiceNetworkVpcAssociation', 'lattice', 'joins a service network'),
  {
    ...door('VpcLattice::TargetGroup', 'lattice', 'makes its targets reachable through a service'),
    // A function is reached without a VPC: https://docs.aws.amazon.com/vpc-lattice/latest/ug/lambda-functions.html
    unless: { property: 'Type', value: 'LAMBDA' },
  },
  door('VpcLattice::ResourceGateway', 'lattice', 'makes resources of the VPC reachable'),
  door('VpcLattice::ResourceConfiguration', 'lattice', 'makes a resource of the VPC reachable'),
  door('VpcLattice::ServiceNetworkResourceAssociation', 'lattice', 'offers a resource to a service network'),
  door('ECS::Service', 'lattice', 'is a target of VPC Lattice', 'VpcLatticeConfigurations'),
  door('Events::Connection', 'lattice', 'reaches a private address', 'InvocationConnectivityParameters'),
  door('ECS::Service', 'ecs-gateway', 'connects to the gateways of its cluster', 'GatewayConnectors'),
  door('ECS::Gateway', 'ecs-gateway', 'makes load balancers for the services of a cluster'),
  door('ECS::GatewayClusterAssociations', 'ecs-gateway', 'opens a cluster to a gateway'),
  door('ECS::ExpressGatewayService', 'ecs-gateway', 'makes a load balancer of its own'),
  door('ECS::Service', 'exec', 'allows ECS Exec, a shell in its tasks', 'EnableExecuteCommand'),
  door('ECS::Daemon', 'exec', 'allows ECS Exec, a shell in its tasks', 'EnableExecuteCommand'),
  door('Events::Rule', 'exec', 'starts tasks with ECS Exec', 'Targets.EcsParameters.EnableExecuteCommand'),
  door('Scheduler::Schedule', 'exec', 'starts tasks with ECS Exec', 'Target.EcsParameters.EnableExecuteCommand'),
  door('Pipes::Pipe', 'exec', 'starts tasks with ECS Exec', 'TargetParameters.EcsTaskParameters.EnableExecuteCommand'),
  door('Batch::JobDefinition', 'exec', 'starts jobs with ECS Exec', 'ContainerProperties.EnableExecuteCommand'),
  door(
    'Batch::JobDefinition',
    'exec',
    'starts jobs with ECS Exec',
    'EcsProperties.TaskProperties.EnableExecuteCommand',
  ),
  door(
    'Batch::JobDefinition',
    'exec',
    'starts jobs with ECS Exec',
    'NodeProperties.NodeRangeProperties.Container.EnableExecuteCommand',
  ),
  door(
    'Batch::JobDefinition',
    'exec',
    'starts jobs with ECS Exec',
    'NodeProperties.NodeRangeProperties.EcsProperties.TaskProperties.EnableExecuteCommand',
  ),
  door('RefactorSpaces::Service', 'proxy', 'joins the VPC to an environment of proxies', 'VpcId'),
  door('RefactorSpaces::Application', 'proxy', 'builds an API, a link and a load balancer in the VPC'),
  door('RTBFabric::ResponderGateway', 'proxy', 'brings requests of others to hosts of the VPC'),
]
