import { type Fragment, fragment } from '../../cfn/fragment.ts'
import { LoadBalancerIngress, VpcLinkEgress, VpcLinkSecurityGroup } from '../handles/api.ts'
import { LoadBalancerSecurityGroup } from '../handles/load-balancer.ts'
import { between } from '../security-group.ts'

export const securityGroupRules = (): Fragment =>
  fragment(
    ...between({
      from: VpcLinkSecurityGroup,
      to: LoadBalancerSecurityGroup,
      port: 443,
      egress: { rule: VpcLinkEgress, says: 'To the load balancer' },
      ingress: {
        rule: LoadBalancerIngress,
        says: 'From the VPC link',
        why: 'The only way in: by identity of the group, so no address, route or peering can stand in for it.',
      },
    }),
  )
