import type { Config } from '../../config/schema/index.ts'
import type { Path } from '../../errors/diagnostic.ts'
import { sortedEntries } from '../names.ts'
import { environmentName } from '../parameters/environment.ts'
import { meaningOf, type Parameter } from '../parameters/parameter.ts'
import { filledIn, type Placeholders } from '../placeholders.ts'
import type { StackSet } from './delivery.ts'
import { type Given, type GivenValue, givenTexts } from './given.ts'
import { taskValues } from './task-values.ts'

/** An account and a region that the config deploys to, with the values that are given there. */
export type Target = {
  readonly kind: 'environment' | 'stack-set'
  /** `prod`; `333333333333/eu-west-1`; the region, for organizational units. */
  readonly name: string
  /** How a message names it: `environment prod`. */
  readonly label: string
  readonly region: string
  readonly account?: string
  /** Organizational units: accounts that nobody knows beforehand. */
  readonly anyAccount: boolean
  readonly parameters: Given
  /** Where the config says so. */
  readonly at: Path
  readonly regionAt: Path
  /** Where a value for a parameter would be, by its name. */
  readonly parametersAt: Path
  /** Where the values are that are given in the words of the config instead. */
  readonly places: Readonly<Record<string, Path>>
}

/** What a target need not say. */
type Beforehand = {
  /** Whether a parameter of its own takes its name. */
  readonly named: boolean
  /** What is known of a region. */
  readonly known: (region: string) => Given
  /** What its exports are called, and those that it imports. */
  readonly sharing: (environment: string) => Given
}

const stackSetAt: Path = ['delivery', 'stackSet']

/** Every place that the config deploys to: environments, then the targets of the stack set. */
export const targetsOf = (
  config: Config,
  stackSet: StackSet | undefined,
  { named, known, sharing }: Beforehand,
): Target[] => [
  ...sortedEntries(config.environments).map(([name, environment]) =>
    environmentTarget(name, config, environment, {
      ...known(environment.region),
      ...sharing(name),
      ...(named ? { [environmentName.name]: name } : {}),
    }),
  ),
  ...(stackSet === undefined ? [] : stackSetTargets(stackSet, known)),
]

export const environments = (targets: readonly Target[]): Target[] =>
  targets.filter(({ kind }) => kind === 'environment')

const environmentTarget = (
  name: string,
  config: Config,
  environment: Config['environments'][string],
  itself: Given,
): Target => {
  const { region, account } = environment
  const given = givenTexts(environment.parameters)
  const here = {
    region,
    ...(account === undefined ? {} : { account }),
    environment: given[environmentName.name] ?? name,
  }
  const values = taskValues(environment, config, {
    at: ['environments', name],
    fill: (text) => filledIn(here, text),
  })
  return {
    kind: 'environment',
    name,
    label: `environment ${name}`,
    region,
    ...(account === undefined ? {} : { account }),
    anyAccount: false,
    parameters: { ...itself, ...given, ...Object.fromEntries(values.map(({ name, value }) => [name, value])) },
    at: ['environments', name],
    regionAt: ['environments', name, 'region'],
    parametersAt: ['environments', name, 'parameters'],
    places: Object.fromEntries(values.map(({ name, path }) => [name, path])),
  }
}

/** Accounts narrow organizational units; units alone mean accounts that nobody knows beforehand. */
const stackSetTargets = (
  { accounts, organizationalUnits, regions, overrides }: StackSet,
  known: Beforehand['known'],
): Target[] => {
  if (accounts.length === 0) return organizationalUnits.length === 0 ? [] : regions.map(unitsTarget)
  const given = new Map(overrides.map(({ account, region, parameters }) => [`${account}/${region}`, parameters]))
  return accounts.flatMap((account) =>
    regions.map((region) => accountTarget(account, region, { ...known(region), ...given.get(`${account}/${region}`) })),
  )
}

const unitsTarget = (region: string): Target => ({
  kind: 'stack-set',
  name: region,
  label: `the organizational units in ${region}`,
  region,
  anyAccount: true,
  parameters: {},
  at: stackSetAt,
  regionAt: [...stackSetAt, 'regions'],
  parametersAt: [...stackSetAt, 'overrides'],
  places: {},
})

const accountTarget = (account: string, region: string, parameters: Given): Target => ({
  kind: 'stack-set',
  name: `${account}/${region}`,
  label: `stack set target ${account}/${region}`,
  region,
  account,
  anyAccount: false,
  parameters,
  at: stackSetAt,
  regionAt: [...stackSetAt, 'regions'],
  parametersAt: [...stackSetAt, 'overrides', `${account}/${region}`],
  places: {},
})

/** Every value that the config gives to a parameter; those of overrides without a target too, which are mistakes as well. */
export const givenValues = (targets: readonly Target[], stackSet: StackSet | undefined): GivenValue[] => {
  const known = new Set(targets.map(({ name }) => name))
  const astray = (stackSet?.overrides ?? [])
    .map(({ account, region, parameters }) => accountTarget(account, region, parameters))
    .filter(({ name }) => !known.has(name))
  return [...targets, ...astray].flatMap((target) =>
    Object.entries(target.parameters).map(([name, value]) => ({ name, value, path: placeOf(target, { name }) })),
  )
}

/** Where the target gives the parameter its value, or would. */
export const placeOf = ({ places, parametersAt }: Target, { name }: Pick<Parameter, 'name'>): Path =>
  places[name] ?? [...parametersAt, name]

export const isGiven = ({ parameters }: Target, { name }: Parameter): boolean =>
  Object.hasOwn(parameters, name) && parameters[name] !== ''

/** Accounts and regions of the stack set, with the values that each has for itself. */
export const stackSetInstances = (targets: readonly Target[]): Target[] =>
  targets.filter(({ kind, anyAccount }) => kind === 'stack-set' && !anyAccount)

/** The value that a parameter has there: the one given, else what it means without one. */
export const valueAt = (target: Target, parameter: Parameter): string | undefined =>
  isGiven(target, parameter) ? target.parameters[parameter.name] : meaningOf(parameter)

/** A text as it will be there; what nobody knows beforehand stays a placeholder. */
export const textAt = ({ account, region, parameters }: Target, text: Placeholders): string => {
  const environment = parameters[environmentName.name]
  return filledIn(
    { region, ...(account === undefined ? {} : { account }), ...(environment === undefined ? {} : { environment }) },
    text,
  )
}

/** `a, b and 3 more` */
export const labels = (targets: readonly Target[]): string => {
  const shown = targets.slice(0, 3).map(({ label }) => label)
  return targets.length > 3 ? `${shown.join(', ')} and ${targets.length - 3} more` : shown.join(', ')
}
