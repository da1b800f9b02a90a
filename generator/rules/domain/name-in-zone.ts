import { isGiven, valueAt } from '../../model/delivery/targets.ts'
import { alternativesOf } from '../../model/domain/alternatives.ts'
import { hostedZoneIdOf } from '../../model/domain/domain.ts'
import type { Finding, Rule } from '../rule.ts'

const isInside = (name: string, zone: string): boolean => name === zone || name.endsWith(`.${zone}`)

export const nameInZone: Rule = {
  id: 'PC302',
  title: 'All names are in the hosted zone, if its name is given',
  why: 'its records cannot be written into that zone, so the certificate would never be issued and the name would not resolve',
  check: (model, config) => {
    const zone = model.domain.zone?.name
    if (zone === undefined) return []
    const { domainName } = model.domain
    const hostedZoneId = hostedZoneIdOf(model.domain)
    const names = [
      { path: ['domain', 'name'] as (string | number)[], name: model.domain.name, what: 'name' },
      ...alternativesOf(config.domain).map(({ name, at }) => ({ path: [...at], name, what: 'alternative name' })),
      ...model.targets
        .filter((target) => isGiven(target, domainName) && !(hostedZoneId && isGiven(target, hostedZoneId)))
        .map((target) => ({
          path: [...target.parametersAt, domainName.name],
          name: valueAt(target, domainName) ?? '',
          what: 'name',
        })),
    ]
    return names
      .filter(({ name }) => !isInside(name, zone))
      .map(
        ({ path, name, what }): Finding => ({
          path,
          message: `${what} "${name}" is outside the zone "${zone}"`,
          remedy: `use a name under ${zone}, or correct domain.zone`,
        }),
      )
  },
}
