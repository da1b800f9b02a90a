import { type Fragment, fragment } from '../../cfn/fragment.ts'
import { resource } from '../../cfn/resource.ts'
import type { OwnNetwork } from '../../model/network/network.ts'
import { Vpc } from '../handles/network.ts'
import { paramOf } from '../parameters.ts'
import { nameTags } from '../tags.ts'

export const vpc = ({ cidr }: OwnNetwork): Fragment =>
  fragment(
    resource(
      Vpc,
      { CidrBlock: paramOf(cidr), EnableDnsHostnames: true, EnableDnsSupport: true, Tags: nameTags('vpc') },
      {
        why: 'Private endpoints need DNS: with it, the names of the AWS services resolve to addresses inside the VPC.',
      },
    ),
  )
