import { type Fragment, fragment } from '../../cfn/fragment.ts'
import { getAtt } from '../../cfn/handle.ts'
import { resource } from '../../cfn/resource.ts'
import { LoadBalancerIngress, VpcLinkEgress, VpcLinkSecurityGroup } from '../handles/api.ts'
import { LoadBalancerSecurityGroup } from '../handles/load-balancer.ts'

const https = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443 }

export const securityGroupRules = (): Fragment =>
  fragment(
    resource(VpcLinkEgress, {
      GroupId: getAtt(VpcLinkSecurityGroup, 'GroupId'),
      DestinationSecurityGroupId: getAtt(LoadBalancerSecurityGroup, 'GroupId'),
      Description: 'To the load balancer',
      ...https,
    }),
    resource(
      LoadBalancerIngress,
      {
        GroupId: getAtt(LoadBalancerSecurityGroup, 'GroupId'),
        SourceSecurityGroupId: getAtt(VpcLinkSecurityGroup, 'GroupId'),
        Description: 'From the VPC link',
        ...https,
      },
      { why: 'The only way in: by identity of the group, so no address, route or peering can stand in for it.' },
    ),
  )
