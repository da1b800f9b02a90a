import type { Rule } from '../rule.ts'
import { certificateNameLength } from './certificate-name-length.ts'
import { keysWithoutEffect } from './keys-without-effect.ts'
import { nameInZone } from './name-in-zone.ts'
import { oneDomain } from './one-domain.ts'
import { uniqueNames } from './unique-names.ts'
import { zoneInPartition } from './zone-in-partition.ts'
import { zoneRoleTrust } from './zone-role-trust.ts'

export const domainRules: readonly Rule[] = [
  certificateNameLength,
  nameInZone,
  uniqueNames,
  keysWithoutEffect,
  oneDomain,
  zoneRoleTrust,
  zoneInPartition,
]
