import type { Finding, Rule } from '../rule.ts'

export const zoneRoleTrust: Rule = {
  id: 'PC511',
  title: 'With organizational units, the role of the zone trusts the organization',
  why: 'the role can only trust accounts that it knows, and the accounts of an organizational unit change',
  check: (model): Finding[] => {
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
        path: ['domain', 'zone', 'role'],
        also: ['delivery', 'stackSet', 'organizationalUnits'],
        message: 'the role of the zone does not know the accounts of the organizational units',
        remedy: 'add domain.zone.organization with the id of your organization, such as o-abcd123456',
      },
    ]
  },
}
