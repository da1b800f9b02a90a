import { type Fragment, fragment } from '../../cfn/fragment.ts'
import { param } from '../../cfn/intrinsics.ts'
import { resource } from '../../cfn/resource.ts'
import { Vpc } from '../handles.ts'
import { nameTags } from '../names.ts'

export const vpc = (): Fragment =>
  fragment(
    resource(
      Vpc,
      { CidrBlock: param('VpcCidr'), EnableDnsHostnames: true, EnableDnsSupport: true, Tags: nameTags('vpc') },
      { why: 'DNS is what private endpoints need: the names of the AWS services then resolve to addresses inside.' },
    ),
  )
