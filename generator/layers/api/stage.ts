import { type Fragment, fragment } from '../../cfn/fragment.ts'
import { ref } from '../../cfn/handle.ts'
import { param } from '../../cfn/intrinsics.ts'
import { resource } from '../../cfn/resource.ts'
import { DefaultStage, HttpApi } from '../handles.ts'
import { accessLogSettings } from './http-api.ts'

export const stage = (): Fragment =>
  fragment(
    resource(DefaultStage, {
      ApiId: ref(HttpApi),
      StageName: '$default',
      AutoDeploy: true,
      DefaultRouteSettings: {
        ThrottlingRateLimit: param('ThrottleRate'),
        ThrottlingBurstLimit: param('ThrottleBurst'),
      },
      AccessLogSettings: accessLogSettings(),
    }),
  )
