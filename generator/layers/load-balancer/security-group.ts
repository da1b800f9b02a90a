import { type Fragment, fragment } from '../../cfn/fragment.ts'
import { LoadBalancerSecurityGroup } from '../handles/load-balancer.ts'
import { closedGroup } from '../security-group.ts'

export const loadBalancerGroup = (): Fragment =>
  fragment(
    closedGroup(
      LoadBalancerSecurityGroup,
      'Load balancer',
      'load-balancer',
      'The layers that need a way in or out add the rules: the VPC link in, each service out.',
    ),
  )
