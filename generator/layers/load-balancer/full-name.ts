import { getAtt, ref } from '../../cfn/handle.ts'
import { join, select, split } from '../../cfn/intrinsics.ts'
import type { Intrinsic } from '../../cfn/value.ts'
import type { LoadBalancer as Wanted } from '../../model/load-balancer/load-balancer.ts'
import { HttpsListener, LoadBalancer } from '../handles/load-balancer.ts'

/** `app/NAME/ID`, by which metrics know a load balancer. The ARN of a listener ends in `listener/app/NAME/ID/ID`. */
export const fullName = ({ kind }: Wanted): Intrinsic =>
  kind === 'new'
    ? getAtt(LoadBalancer, 'LoadBalancerFullName')
    : join(
        '/',
        [1, 2, 3].map((index) => select(index, split('/', ref(HttpsListener)))),
      )
