import { empty, type Fragment, merge } from '../../cfn/fragment.ts'
import type { Domain } from '../../model/domain/domain.ts'
import type { Tag } from '../../model/tags.ts'
import { issued } from './issued.ts'
import { native } from './native.ts'
import { requested } from './requested.ts'

/** The certificate of the load balancer and of the API's domain; nothing when the config brings its own. */
export const certificate = (domain: Domain, regions: readonly string[], tags: readonly Tag[]): Fragment => {
  const { certificate } = domain
  switch (certificate.kind) {
    case 'none':
    case 'existing':
      return empty
    case 'zone-role':
      return merge(requested(domain, certificate, regions, tags), issued(certificate))
    case 'manual':
      return native(domain)
    case 'route53':
      return native(domain, certificate.hostedZoneId)
  }
}
