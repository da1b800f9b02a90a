import type { Rule } from '../rule.ts'
import { bucketsAndObjects } from './buckets-and-objects.ts'
import { callable } from './callable.ts'
import { containerCheckTime } from './container-check-time.ts'
import { containerNames } from './container-names.ts'
import { containerPorts } from './container-ports.ts'
import { credentialsOfRegistry } from './credentials-of-registry.ts'
import { deploymentKeys } from './deployment-keys.ts'
import { deploymentLength } from './deployment-length.ts'
import { deploymentMoves } from './deployment-moves.ts'
import { endpointsKnown } from './endpoints-known.ts'
import { endpointsNeeded } from './endpoints-needed.ts'
import { execWrites } from './exec-writes.ts'
import { externalKeys } from './external-keys.ts'
import { externalRulesApart } from './external-rules-apart.ts'
import { fargateSize } from './fargate-size.ts'
import { healthTimes } from './health-times.ts'
import { hostsPublished } from './hosts-published.ts'
import { imageReachable } from './image-reachable.ts'
import { internetPorts } from './internet-ports.ts'
import { keyOfSecrets } from './key-of-secrets.ts'
import { movingTags } from './moving-tags.ts'
import { pathOwner } from './path-owner.ts'
import { permissionsClosed } from './permissions-closed.ts'
import { policiesClosed } from './policies-closed.ts'
import { portKeys } from './port-keys.ts'
import { privateServices } from './private-services.ts'
import { queueKeys } from './queue-keys.ts'
import { reachesApart } from './reaches-apart.ts'
import { requestsOfTwoGroups } from './requests-of-two-groups.ts'
import { scaleFromZero } from './scale-from-zero.ts'
import { secretNames } from './secret-names.ts'
import { secretsInTheOpen } from './secrets-in-the-open.ts'
import { servicesNeedPaths } from './services-need-paths.ts'
import { sidecarSizes } from './sidecar-sizes.ts'
import { splitWords } from './split-words.ts'
import { taskCounts } from './task-counts.ts'
import { variableNames } from './variable-names.ts'
import { volumePaths } from './volume-paths.ts'
import { wayIn } from './way-in.ts'
import { wholeSecretArns } from './whole-secret-arns.ts'

export const serviceRules: readonly Rule[] = [
  wayIn,
  externalKeys,
  externalRulesApart,
  portKeys,
  queueKeys,
  scaleFromZero,
  imageReachable,
  fargateSize,
  taskCounts,
  hostsPublished,
  pathOwner,
  servicesNeedPaths,
  variableNames,
  containerNames,
  sidecarSizes,
  containerPorts,
  execWrites,
  volumePaths,
  healthTimes,
  containerCheckTime,
  deploymentKeys,
  deploymentMoves,
  deploymentLength,
  requestsOfTwoGroups,
  secretNames,
  secretsInTheOpen,
  movingTags,
  splitWords,
  keyOfSecrets,
  credentialsOfRegistry,
  wholeSecretArns,
  reachesApart,
  callable,
  privateServices,
  permissionsClosed,
  policiesClosed,
  bucketsAndObjects,
  endpointsKnown,
  endpointsNeeded,
  internetPorts,
]
