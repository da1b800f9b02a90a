import type { Finding, Rule } from '../rule.ts'

export const oneValue: Rule = {
  id: 'PC521',
  title: 'An environment gives each parameter one value',
  why: 'one of the two values would be ignored, and nobody would know which',
  check: ({ targets }, config) =>
    targets
      .filter(({ kind }) => kind === 'environment')
      .flatMap(({ name: environment, places, parametersAt }) =>
        Object.keys(config.environments[environment]?.parameters ?? {}).flatMap((name): Finding[] => {
          const place = places[name]
          return place === undefined
            ? []
            : [
                {
                  path: [...parametersAt, name],
                  at: 'key',
                  also: place,
                  message: `${name} also has a value in ${place.join('.')}`,
                  remedy: 'remove one of the two',
                },
              ]
        }),
      ),
}
