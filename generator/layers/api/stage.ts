import { type Fragment, fragment } from '../../cfn/fragment.ts'
import { ref } from '../../cfn/handle.ts'
import { resource } from '../../cfn/resource.ts'
import type { Api } from '../../model/api/api.ts'
import { DefaultStage, HttpApi } from '../handles/api.ts'
import { paramOf } from '../parameters.ts'
import { accessLogSettings } from './http-api.ts'

export const stage = ({ throttle }: Api): Fragment =>
  fragment(
    resource(DefaultStage, {
      ApiId: ref(HttpApi),
      StageName: '$default',
      AutoDeploy: true,
      DefaultRouteSettings: {
        ThrottlingRateLimit: paramOf(throttle.rate),
        ThrottlingBurstLimit: paramOf(throttle.burst),
      },
      AccessLogSettings: accessLogSettings(),
    }),
  )
