import type { Path } from '../../errors/diagnostic.ts'
import { type Target, valueAt } from '../../model/delivery/targets.ts'
import type { Parameter } from '../../model/parameters/parameter.ts'
import type { Finding } from '../rule.ts'

type Units = { readonly at: Path; readonly remedy: string }

/**
 * Where parameters that belong together name something in two regions or accounts. The first target with a value is
 * taken for its home; a VPC may be shared, so an account that is not known is no fault.
 */
export const strangers = (targets: readonly Target[], parameters: readonly Parameter[], units: Units): Finding[] => {
  const homes = new Map<string, Target>()
  return targets.flatMap((target): Finding[] => {
    if (target.anyAccount)
      return [
        {
          path: units.at,
          message: `${all(parameters.map((each) => valueAt(target, each) ?? each.name))} belong${parameters.length > 1 ? '' : 's'} to one account, but ${target.label} may be in any account`,
          remedy: units.remedy,
        },
      ]
    const astray = parameters.flatMap((parameter) => {
      // What a stack of the set does not give for itself, it has from the set, like all others.
      const value =
        valueAt(target, parameter) ??
        (target.kind === 'stack-set' ? `the ${parameter.name} of the stack set` : undefined)
      if (value === undefined) return []
      const home = homes.get(value)
      if (home === undefined) homes.set(value, target)
      return home !== undefined && isElsewhere(home, target) ? [{ home, value, name: parameter.name }] : []
    })
    return astray.slice(0, 1).map(({ home }) => ({
      path: target.at,
      at: 'key',
      message: `${all(astray.map(({ value }) => value))} cannot exist in ${home.label} and in ${target.label}`,
      remedy: `give ${all(astray.map(({ name }) => name))} a value under ${target.parametersAt.join('.')}`,
    }))
  })
}

export const isElsewhere = (home: Target, target: Target): boolean =>
  home.region !== target.region ||
  (home.account !== undefined && target.account !== undefined && home.account !== target.account)

const all = (words: readonly string[]): string =>
  words.length > 1 ? `${words.slice(0, -1).join(', ')} and ${words.at(-1)}` : words.join('')
