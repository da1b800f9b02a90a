import { empty, type Fragment, merge } from '../../cfn/fragment.ts'
import type { Model } from '../../model/model.ts'
import { domainNameConditions } from '../names.ts'
import { issued } from './issued.ts'
import { native } from './native.ts'
import { requested } from './requested.ts'

/** The certificate of the load balancer and of the API's domain; nothing when the config brings its own. */
export const certificate = (model: Model): Fragment => {
  switch (model.domain.certificate.kind) {
    case 'existing':
      return empty
    case 'zone-role':
      return merge(domainNameConditions(model), requested(model), issued(model))
    default:
      return merge(domainNameConditions(model), native(model))
  }
}
