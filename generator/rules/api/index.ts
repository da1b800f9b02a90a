import type { Rule } from '../rule.ts'
import { authorizerExists } from './authorizer-exists.ts'
import { callersKnown } from './callers-known.ts'
import { corsOrigins } from './cors-origins.ts'
import { corsRoutes } from './cors-routes.ts'
import { defaultBelowBasePath } from './default-below-base-path.ts'
import { issuerAddress } from './issuer-address.ts'
import { linkGroupApart } from './link-group-apart.ts'
import { linkInExistingVpc } from './link-in-existing-vpc.ts'
import { linkQuota } from './link-quota.ts'
import { probeNeedsGuard } from './probe-needs-guard.ts'
import { routeIds } from './route-ids.ts'
import { routeLimit } from './route-limit.ts'
import { routeUnderService } from './route-under-service.ts'
import { routesAuthorized } from './routes-authorized.ts'
import { routesDistinct } from './routes-distinct.ts'
import { routesOfShifting } from './routes-of-shifting.ts'
import { scopesNeedJwt } from './scopes-need-jwt.ts'

export const apiRules: readonly Rule[] = [
  routesAuthorized,
  authorizerExists,
  scopesNeedJwt,
  routeUnderService,
  routesDistinct,
  routesOfShifting,
  corsRoutes,
  defaultBelowBasePath,
  linkInExistingVpc,
  linkGroupApart,
  linkQuota,
  routeLimit,
  routeIds,
  corsOrigins,
  probeNeedsGuard,
  callersKnown,
  issuerAddress,
]
