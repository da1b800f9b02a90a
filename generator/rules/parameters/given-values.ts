import type { Model } from '../../model/model.ts'

type GivenValue = { readonly name: string; readonly value: string; readonly path: readonly string[] }

/** Every value that the config gives to a parameter for an environment or a target. */
export const givenValues = (model: Model): GivenValue[] => [
  ...model.environments.flatMap((environment) =>
    Object.entries(environment.parameters).map(([name, value]) => ({
      name,
      value,
      path: ['environments', environment.name, 'parameters', name],
    })),
  ),
  ...(model.delivery.stackSet?.overrides ?? []).flatMap(({ account, region, parameters }) =>
    Object.entries(parameters).map(([name, value]) => ({
      name,
      value,
      path: ['delivery', 'stackSet', 'overrides', `${account}/${region}`, name],
    })),
  ),
]
