import type { Diagnostic } from '../errors/diagnostic.ts'
import type { Rule } from './rule.ts'

export const zoneRoleTrust: Rule = {
  id: 'PC511',
  title: 'For organizational units the role of the zone trusts the organization',
  why: 'the role can only trust accounts that it knows, and those of an organizational unit change',
  check: (model): Diagnostic[] => {
    const { zone } = model.domain
    const { stackSet } = model.delivery
    if (
      zone?.role === undefined ||
      zone.role.organization !== undefined ||
      stackSet === undefined ||
      stackSet.organizationalUnits.length === 0 ||
      stackSet.accounts.length > 0
    )
      return []
    return [
      {
        code: 'PC511',
        path: ['domain', 'zone', 'role'],
        also: ['delivery', 'stackSet', 'organizationalUnits'],
        message: 'the role of the zone does not know the accounts of the organizational units',
        why: zoneRoleTrust.why,
        remedy: 'add domain.zone.organization with the id of your organization, such as o-abcd123456',
      },
    ]
  },
}
