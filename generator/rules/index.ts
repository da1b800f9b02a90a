import { authorizerExists } from './authorizer-exists.ts'
import { catalogVersions } from './catalog-versions.ts'
import { certificateNameLength } from './certificate-name-length.ts'
import { corsOrigins } from './cors-origins.ts'
import { corsRoutes } from './cors-routes.ts'
import { environmentNames } from './environment-names.ts'
import { fargateSize } from './fargate-size.ts'
import { imageReachable } from './image-reachable.ts'
import { keysWithoutEffect } from './keys-without-effect.ts'
import { knownParameters } from './known-parameters.ts'
import { listenerRuleLimit } from './listener-rule-limit.ts'
import { nameInZone } from './name-in-zone.ts'
import { oneAccount } from './one-account.ts'
import { oneDomain } from './one-domain.ts'
import { parameterLimit } from './parameter-limit.ts'
import { parameterValues } from './parameter-values.ts'
import { pathOwner } from './path-owner.ts'
import { probeNeedsGuard } from './probe-needs-guard.ts'
import { regionalValues } from './regional-values.ts'
import { requiredParameters } from './required-parameters.ts'
import { routeIds } from './route-ids.ts'
import { routeLimit } from './route-limit.ts'
import { routeUnderService } from './route-under-service.ts'
import { routesAuthorized } from './routes-authorized.ts'
import { routesDistinct } from './routes-distinct.ts'
import type { Rule } from './rule.ts'
import { scopesNeedJwt } from './scopes-need-jwt.ts'
import { servicesNeedPaths } from './services-need-paths.ts'
import { stackSetTargets } from './stack-set-targets.ts'
import { taskCounts } from './task-counts.ts'
import { templateNames } from './template-names.ts'
import { uniqueIds } from './unique-ids.ts'
import { uniqueNames } from './unique-names.ts'
import { variableNames } from './variable-names.ts'
import { vpcRange } from './vpc-range.ts'
import { zoneRoleTrust } from './zone-role-trust.ts'
import { zonesInRegion } from './zones-in-region.ts'

/** All rules, by code; a rule is taken out by deleting its file, its test and its line here. */
export const rules: readonly Rule[] = [
  uniqueIds,
  vpcRange,
  zonesInRegion,
  imageReachable,
  certificateNameLength,
  nameInZone,
  uniqueNames,
  keysWithoutEffect,
  routesAuthorized,
  authorizerExists,
  scopesNeedJwt,
  routeUnderService,
  routesDistinct,
  corsRoutes,
  routeLimit,
  routeIds,
  corsOrigins,
  probeNeedsGuard,
  fargateSize,
  taskCounts,
  pathOwner,
  servicesNeedPaths,
  variableNames,
  listenerRuleLimit,
  knownParameters,
  parameterValues,
  regionalValues,
  oneAccount,
  oneDomain,
  catalogVersions,
  stackSetTargets,
  environmentNames,
  parameterLimit,
  requiredParameters,
  zoneRoleTrust,
  templateNames,
]
