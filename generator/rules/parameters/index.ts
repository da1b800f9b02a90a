import type { Rule } from '../rule.ts'
import { boundaryInPartition } from './boundary-in-partition.ts'
import { existingInPlace } from './existing-in-place.ts'
import { fileSystemsInPlace } from './file-systems-in-place.ts'
import { groupsInPlace } from './groups-in-place.ts'
import { knownParameters } from './known-parameters.ts'
import { oneAccount } from './one-account.ts'
import { parameterLimit } from './parameter-limit.ts'
import { parameterValues } from './parameter-values.ts'
import { regionalValues } from './regional-values.ts'
import { requiredParameters } from './required-parameters.ts'

export const parametersRules: readonly Rule[] = [
  knownParameters,
  parameterValues,
  regionalValues,
  oneAccount,
  existingInPlace,
  fileSystemsInPlace,
  groupsInPlace,
  boundaryInPartition,
  parameterLimit,
  requiredParameters,
]
