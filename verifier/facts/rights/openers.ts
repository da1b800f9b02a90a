/** Actions that open a way by their meaning: what they edit is what keeps the way closed. */
import { normalised } from './pattern.ts'

export type Opener = {
  /** As AWS writes it. */
  readonly action: string
  readonly how: string
  /** Beginnings of the resources it acts on, as `service:kind/`: what follows `arn:` and the account in an ARN. */
  readonly on: readonly string[]
  readonly normalised: string
}

type Row = {
  readonly how: string
  readonly on: string
  /** Of one service. */
  readonly service: string
  readonly actions: string
}

const rows: readonly Row[] = [
  {
    how: 'edits rules of security groups',
    on: 'ec2:security-group/ ec2:security-group-rule/',
    service: 'ec2',
    actions: 'AuthorizeSecurityGroupEgress AuthorizeSecurityGroupIngress ModifySecurityGroupRules',
  },
  {
    how: 'edits the security groups of interfaces',
    on: 'ec2:network-interface/ ec2:instance/ ec2:security-group/ ec2:client-vpn-endpoint/',
    service: 'ec2',
    actions: `ApplySecurityGroupsToClientVpnTargetNetwork AssociateSecurityGroupVpc AttachNetworkInterface
      ModifyInstanceAttribute ModifyNetworkInterfaceAttribute`,
  },
  {
    how: 'gives public addresses to interfaces',
    on: 'ec2:network-interface/ ec2:instance/ ec2:elastic-ip/',
    service: 'ec2',
    actions: 'AssociateAddress',
  },
  {
    how: 'edits routes',
    on: 'ec2:route-table/',
    service: 'ec2',
    actions: `AssociateRouteTable CreateRoute EnableVgwRoutePropagation ReplaceRoute ReplaceRouteTableAssociation`,
  },
  {
    how: 'edits prefix lists',
    on: 'ec2:prefix-list/',
    service: 'ec2',
    actions: 'ModifyManagedPrefixList RestoreManagedPrefixListVersion',
  },
  {
    how: 'joins VPCs to other networks',
    on: `ec2:vpc/ ec2:vpc-peering-connection/ ec2:transit-gateway/ ec2:transit-gateway-attachment/ ec2:vpn-gateway/
      ec2:vpn-connection/ ec2:client-vpn-endpoint/ ec2:subnet/`,
    service: 'ec2',
    actions: `AcceptTransitGatewayVpcAttachment AcceptVpcPeeringConnection AssociateClientVpnTargetNetwork
      AttachVpnGateway AuthorizeClientVpnIngress CreateClientVpnEndpoint CreateClientVpnRoute
      CreateTransitGatewayVpcAttachment CreateVpcPeeringConnection CreateVpnConnection CreateVpnConnectionRoute
      ModifyTransitGatewayVpcAttachment`,
  },
  {
    how: 'joins VPCs to other networks',
    on: 'networkmanager:core-network/ networkmanager:attachment/ ec2:vpc/ ec2:subnet/',
    service: 'networkmanager',
    actions:
      'AcceptAttachment CreateVpcAttachment ExecuteCoreNetworkChangeSet PutCoreNetworkPolicy UpdateVpcAttachment',
  },
  {
    how: 'opens endpoint services',
    on: 'ec2:vpc-endpoint-service/',
    service: 'ec2',
    actions: `AcceptVpcEndpointConnections CreateVpcEndpointServiceConfiguration ModifyVpcEndpointServiceConfiguration
      ModifyVpcEndpointServicePermissions`,
  },
  {
    how: 'opens tunnels into VPCs',
    on: `ec2:instance-connect-endpoint/ ec2:subnet/ ec2:verified-access-endpoint/ ec2:verified-access-group/`,
    service: 'ec2',
    actions: `CreateInstanceConnectEndpoint CreateVerifiedAccessEndpoint ModifyVerifiedAccessEndpoint
      ModifyVerifiedAccessEndpointPolicy ModifyVerifiedAccessGroupPolicy`,
  },
  {
    how: 'opens tunnels into VPCs',
    on: 'ec2:instance-connect-endpoint/',
    service: 'ec2-instance-connect',
    actions: 'OpenTunnel',
  },
  {
    how: 'puts accelerators in front of load balancers',
    on: 'globalaccelerator:accelerator/ globalaccelerator:attachment/',
    service: 'globalaccelerator',
    actions: `AddCustomRoutingEndpoints AddEndpoints AllowCustomRoutingTraffic CreateCrossAccountAttachment
      CreateCustomRoutingEndpointGroup CreateEndpointGroup UpdateCrossAccountAttachment UpdateEndpointGroup`,
  },
  {
    how: 'puts CloudFront in front of load balancers',
    on: 'cloudfront:vpcorigin/',
    service: 'cloudfront',
    actions: 'CreateVpcOrigin UpdateVpcOrigin',
  },
  {
    how: 'opens ways through VPC Lattice',
    on: `vpc-lattice:servicenetwork/ vpc-lattice:servicenetworkvpcassociation/ vpc-lattice:service/
      vpc-lattice:servicenetworkserviceassociation/ vpc-lattice:servicenetworkresourceassociation/
      vpc-lattice:resourceconfiguration/ vpc-lattice:resourcegateway/ vpc-lattice:targetgroup/ ec2:vpc/`,
    service: 'vpc-lattice',
    actions: `CreateResourceConfiguration CreateResourceGateway CreateServiceNetworkResourceAssociation
      CreateServiceNetworkServiceAssociation CreateServiceNetworkVpcAssociation
      CreateServiceNetworkVpcEndpointAssociation RegisterTargets UpdateResourceConfiguration UpdateResourceGateway
      UpdateServiceNetworkVpcAssociation`,
  },
  {
    how: 'edits load balancers',
    on: `elasticloadbalancing:loadbalancer/ elasticloadbalancing:loadbalancer/app/ elasticloadbalancing:loadbalancer/net/
      elasticloadbalancing:listener/ elasticloadbalancing:listener/app/ elasticloadbalancing:listener/net/
      elasticloadbalancing:listener-rule/ elasticloadbalancing:listener-rule/app/
      elasticloadbalancing:listener-rule/net/`,
    service: 'elasticloadbalancing',
    actions: `ApplySecurityGroupsToLoadBalancer AttachLoadBalancerToSubnets CreateListener CreateLoadBalancerListeners
      CreateRule ModifyListener ModifyRule SetIpAddressType SetRulePriorities SetSecurityGroups SetSubnets`,
  },
  {
    how: 'edits services of ECS',
    on: 'ecs:service/ ecs:task-set/ ecs:gateway/ ecs:express-gateway-service/',
    service: 'ecs',
    actions: `AssociateGatewayWithCluster CreateExpressGatewayService CreateGateway CreateService CreateTaskSet
      UpdateExpressGatewayService UpdateGateway UpdateService UpdateServicePrimaryTaskSet UpdateTaskSet`,
  },
  { how: 'opens a shell in tasks', on: 'ecs:task/', service: 'ecs', actions: 'ExecuteCommand' },
  {
    how: 'opens a shell in tasks or hosts',
    on: 'ecs:task/ ec2:instance/ ssm:managed-instance/',
    service: 'ssm',
    actions: 'SendCommand StartSession',
  },
  {
    // Actions are the verbs of HTTP, resources are paths.
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-iam-policy-examples.html
    how: 'edits APIs',
    on: 'apigateway:/ apigateway:/apis apigateway:/restapis apigateway:/domainnames apigateway:/vpclinks',
    service: 'apigateway',
    actions: 'CreateAccessAssociation CreateRoutingRule DELETE PATCH POST PUT UpdateRestApiPolicy UpdateRoutingRule',
  },
  {
    how: 'gives rights',
    on: 'iam:role/ iam:user/ iam:group/ iam:policy/',
    service: 'iam',
    actions: `AddUserToGroup AttachGroupPolicy AttachRolePolicy AttachUserPolicy CreateAccessKey CreateLoginProfile
      CreatePolicyVersion DeleteRolePermissionsBoundary DeleteUserPermissionsBoundary PutGroupPolicy
      PutRolePermissionsBoundary PutRolePolicy PutUserPermissionsBoundary PutUserPolicy SetDefaultPolicyVersion
      UpdateAssumeRolePolicy UpdateLoginProfile`,
  },
  { how: 'says who may sign in', on: 'iam:saml-provider/', service: 'iam', actions: 'UpdateSAMLProvider' },
  {
    how: 'gives rights',
    on: 'sso:permissionSet/ sso:instance/ sso:account/',
    service: 'sso',
    actions: `AssociateProfile AttachCustomerManagedPolicyReferenceToPermissionSet AttachManagedPolicyToPermissionSet
      CreateAccountAssignment DeletePermissionsBoundaryFromPermissionSet PutInlinePolicyToPermissionSet
      PutPermissionsBoundaryToPermissionSet PutPermissionsPolicy`,
  },
  {
    how: 'says who is in a group',
    on: 'identitystore:group/ identitystore:membership/ identitystore:identitystore/',
    service: 'identitystore',
    actions: 'CreateGroupMembership',
  },
  { how: 'says who is in a group', on: '', service: 'sso-directory', actions: 'AddMemberToGroup UpdatePassword' },
  {
    how: 'takes guardrails off accounts',
    on: 'organizations:account/ organizations:ou/ organizations:root/ organizations:policy/',
    service: 'organizations',
    actions: 'DetachPolicy DisablePolicyType MoveAccount UpdatePolicy',
  },
  {
    how: "changes stacks with the stack's own role",
    on: 'cloudformation:stack/ cloudformation:stackset/ cloudformation:stackset-target/',
    service: 'cloudformation',
    actions: `CreateStackInstances CreateStackSet ExecuteChangeSet UpdateStack UpdateStackInstances UpdateStackSet`,
  },
  {
    how: 'carries functions into VPCs',
    on: 'lambda:network-connector:',
    service: 'lambda',
    actions: 'CreateNetworkConnector UpdateNetworkConnector',
  },
  {
    how: 'shares networks with other accounts',
    on: 'ram:resource-share/',
    service: 'ram',
    actions: 'AssociateResourceShare CreateResourceShare',
  },
]

const words = (text: string): string[] => text.split(/\s+/).filter((each) => each !== '')

export const openers: readonly Opener[] = rows.flatMap(({ how, on, service, actions }) =>
  words(actions).map((name) => ({
    action: `${service}:${name}`,
    how,
    on: words(on),
    normalised: normalised(`${service}:${name}`),
  })),
)
