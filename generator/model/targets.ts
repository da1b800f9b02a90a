import type { Model } from './model.ts'

/** An account and a region that the config deploys to, with the values that are given there. */
export type Target = {
  /** How a message names it: `environment prod`. */
  readonly label: string
  readonly region: string
  readonly account?: string
  /** Organizational units: accounts that nobody knows beforehand. */
  readonly anyAccount: boolean
  readonly parameters: Readonly<Record<string, string>>
  /** Where the config says so. */
  readonly at: readonly (string | number)[]
  /** Where a value for a parameter stands or would stand. */
  readonly parametersAt: readonly (string | number)[]
}

export const environmentTargets = (model: Model): Target[] =>
  model.environments.map(({ name, region, account, parameters }) => ({
    label: `environment ${name}`,
    region,
    ...(account === undefined ? {} : { account }),
    anyAccount: false,
    parameters,
    at: ['environments', name],
    parametersAt: ['environments', name, 'parameters'],
  }))

const stackSetTargets = (model: Model): Target[] => {
  const { stackSet } = model.delivery
  if (stackSet === undefined) return []
  const at = ['delivery', 'stackSet']
  if (stackSet.accounts.length === 0)
    return stackSet.organizationalUnits.length === 0
      ? []
      : stackSet.regions.map((region) => ({
          label: `the organizational units in ${region}`,
          region,
          anyAccount: true,
          parameters: {},
          at,
          parametersAt: [...at, 'overrides'],
        }))
  const overrides = new Map(
    stackSet.overrides.map(({ account, region, parameters }) => [`${account}/${region}`, parameters]),
  )
  return stackSet.accounts.flatMap((account) =>
    stackSet.regions.map((region) => {
      const key = `${account}/${region}`
      return {
        label: `stack set target ${key}`,
        region,
        account,
        anyAccount: false,
        parameters: overrides.get(key) ?? {},
        at,
        parametersAt: [...at, 'overrides', key],
      }
    }),
  )
}

/** Every place that the config deploys to: environments, then the targets of the stack set. */
export const targetsOf = (model: Model): Target[] => [...environmentTargets(model), ...stackSetTargets(model)]

/** What a parameter means without a value: its default, and where that is empty for placeholders, the config's text. */
export const defaultOf = (model: Model, name: string): string | undefined => {
  if (!Object.hasOwn(model.parameters, name)) return undefined
  const { default: value } = model.parameters[name] ?? {}
  if (value !== '') return value
  return name === 'DomainName'
    ? model.domain.name
    : (model.services.find(({ id }) => name === `${id}Image`)?.image ?? '')
}

export const isOverridden = (target: Target, name: string): boolean =>
  Object.hasOwn(target.parameters, name) && target.parameters[name] !== ''

/** The value that a parameter has there: the one given, else the default. */
export const valueAt = (model: Model, target: Target, name: string): string | undefined =>
  isOverridden(target, name) ? target.parameters[name] : defaultOf(model, name)

/** `a, b and 3 more` */
export const labels = (targets: readonly Target[]): string => {
  const shown = targets.slice(0, 3).map(({ label }) => label)
  return targets.length > 3 ? `${shown.join(', ')} and ${targets.length - 3} more` : shown.join(', ')
}
