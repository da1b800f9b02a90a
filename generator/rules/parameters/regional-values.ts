import { imageRegion } from '../../aws/images.ts'
import { arnParts } from '../../model/arns.ts'
import { defaultOf, isOverridden, labels, type Target, targetsOf, valueAt } from '../../model/targets.ts'
import type { Finding, Path, Rule } from '../rule.ts'
import { regionalParameters } from './regional-parameters.ts'

const regionOf = (value: string): string | undefined =>
  value.startsWith('arn:') ? arnParts(value).region : imageRegion(value)

export const regionalValues: Rule = {
  id: 'PC503',
  title: 'ARNs and ECR images lie in the region of every environment and target, or are overridden for it',
  why: 'certificates, functions, secrets and (through endpoints) images are only reachable in their own region',
  check: (model, config) => {
    const targets = targetsOf(model)
    const wrong = (
      path: Path,
      value: string,
      region: string,
      elsewhere: readonly Target[],
      remedy: string,
    ): Finding => ({
      path,
      message: `"${value}" lies in ${region}, but ${labels(elsewhere)} ${elsewhere.length === 1 ? 'is' : 'are'} in ${[...new Set(elsewhere.map((target) => target.region))].slice(0, 3).join(', ')}`,
      remedy,
    })
    const parameters = regionalParameters(config).flatMap(({ name, path, image }) => {
      const byDefault = targets.filter((target) => !isOverridden(target, name))
      const own = defaultOf(model, name) ?? ''
      const region = regionOf(own)
      const elsewhere = region === undefined ? [] : byDefault.filter((target) => target.region !== region)
      const given = targets.filter((target) => isOverridden(target, name))
      return [
        ...(elsewhere.length === 0
          ? []
          : [
              wrong(
                path,
                own,
                region ?? '',
                elsewhere,
                `${image ? 'write {region} in the host of the image, or ' : ''}give the parameter ${name} a value of that region there`,
              ),
            ]),
        ...given.flatMap((target) => {
          const value = valueAt(model, target, name) ?? ''
          const there = regionOf(value)
          return there === undefined || there === target.region
            ? []
            : [wrong([...target.parametersAt, name], value, there, [target], `give a value of ${target.region}`)]
        }),
      ]
    })
    const secrets = model.services.flatMap(({ key, secrets }) =>
      secrets.flatMap(({ name, valueFrom }) => {
        const { region } = arnParts(valueFrom)
        const elsewhere = targets.filter((target) => target.region !== region)
        return elsewhere.length === 0
          ? []
          : [
              wrong(
                ['services', key, 'secrets', name],
                valueFrom,
                region,
                elsewhere,
                'keep one config per region, because secrets are not parameters',
              ),
            ]
      }),
    )
    return [...parameters, ...secrets]
  },
}
