import { existing, type Fragment, fragment } from '../../cfn/fragment.ts'
import { getAtt, ref } from '../../cfn/handle.ts'
import { arn } from '../../cfn/intrinsics.ts'
import { resource } from '../../cfn/resource.ts'
import type { Api } from '../../model/api/api.ts'
import type { Network } from '../../model/network/network.ts'
import { customResource, policyFor } from '../custom-resource.ts'
import { VpcLink, VpcLinkReady, VpcLinkSecurityGroup } from '../handles/api.ts'
import { policyOf } from '../handles/custom-resources.ts'
import { privateSubnet } from '../handles/network.ts'
import { closedGroup } from '../security-group.ts'
import { zones } from '../zones.ts'

export const vpcLink = (name: string, { link }: Api, network: Network): Fragment =>
  link.kind === 'existing' ? existing(VpcLink, VpcLinkSecurityGroup) : made(name, network)

const made = (name: string, network: Network): Fragment =>
  fragment(
    closedGroup(
      VpcLinkSecurityGroup,
      'VPC link',
      'vpc-link',
      'Its only members are the network interfaces of the VPC link: a rule that names this group admits the API and nothing else.',
    ),
    resource(VpcLink, {
      Name: name,
      SubnetIds: zones(network).map((zone) => ref(privateSubnet(zone))),
      SecurityGroupIds: [getAtt(VpcLinkSecurityGroup, 'GroupId')],
    }),
    policyFor(VpcLinkReady, policyOf(VpcLinkReady), [
      {
        Sid: 'ReadThisLink',
        Effect: 'Allow',
        Action: 'apigateway:GET',
        Resource: arn('apigateway', '${AWS::Region}', '', `/vpclinks/\${${VpcLink.id}}`),
      },
    ]),
    customResource(
      VpcLinkReady,
      { VpcLinkId: ref(VpcLink), BudgetSeconds: 840 },
      {
        dependsOn: [policyOf(VpcLinkReady)],
        why: 'Nothing is sent through the link before it is available; a link that fails says why in the stack events.',
      },
    ),
  )
