import { arnParts } from '../../aws/arns.ts'
import { imageRegion } from '../../aws/images.ts'
import { isPlaceholder } from '../../config/placeholders.ts'
import { isGiven, labels, placeOf, type Target, valueAt } from '../../model/delivery/targets.ts'
import { writtenOf } from '../../model/parameters/parameter.ts'
import { hasPlaceholder } from '../../model/placeholders.ts'
import { sectionOf, writtenTasks } from '../../model/task/written.ts'
import { tasks } from '../../model/tasks.ts'
import { openEgress } from '../open-egress.ts'
import type { Finding, Path, Rule } from '../rule.ts'
import { fixedSecrets } from './fixed-secrets.ts'

/** None where the text leaves it open. */
const regionOf = (value: string): string | undefined => {
  if (!value.startsWith('arn:')) return imageRegion(value)
  const { region } = arnParts(value)
  return hasPlaceholder(region) ? undefined : region
}

export const regionalValues: Rule = {
  id: 'PC503',
  title: 'ARNs and ECR images are in the region of every environment and target, or are overridden there',
  why: 'certificates, functions, secrets and (through endpoints) images are only reachable in their own region',
  check: (model, config) => {
    const targets = model.targets.filter(({ region }) => !isPlaceholder(region))
    const regional = Object.values(model.parameters).filter(({ scope }) => scope.includes('region'))
    const wrong = (
      path: Path,
      value: string,
      region: string,
      elsewhere: readonly Target[],
      remedy: string,
    ): Finding => ({
      path,
      message: `"${value}" is in ${region}, but ${labels(elsewhere)} ${elsewhere.length === 1 ? 'is' : 'are'} in ${[...new Set(elsewhere.map((target) => target.region))].slice(0, 3).join(', ')}`,
      remedy,
    })
    const parameters = regional.flatMap((parameter) => {
      const { name, from: path = [], followRegion } = parameter
      const byDefault = targets.filter((target) => !isGiven(target, parameter))
      const own = writtenOf(parameter) ?? ''
      const region = regionOf(own)
      const elsewhere = region === undefined ? [] : byDefault.filter((target) => target.region !== region)
      const given = targets.filter((target) => isGiven(target, parameter))
      return [
        ...(elsewhere.length === 0
          ? []
          : [
              wrong(
                path,
                own,
                region ?? '',
                elsewhere,
                `${followRegion === undefined ? '' : `${followRegion}, or `}give the parameter ${name} a value of that region there`,
              ),
            ]),
        ...given.flatMap((target) => {
          const value = valueAt(target, parameter) ?? ''
          const there = regionOf(value)
          return there === undefined || there === target.region
            ? []
            : [wrong(placeOf(target, parameter), value, there, [target], `give a value of ${target.region}`)]
        }),
      ]
    })
    const images = tasks(model).flatMap(({ kind, key, sidecars }) =>
      sidecars.flatMap(({ name, image }) => {
        const region = imageRegion(image)
        const elsewhere = region === undefined ? [] : targets.filter((target) => target.region !== region)
        const path = [sectionOf(kind), key, 'sidecars', name, 'image']
        return elsewhere.length === 0
          ? []
          : [wrong(path, image, region ?? '', elsewhere, 'write {region} in the host of the image')]
      }),
    )
    const secrets = fixedSecrets(config, model).flatMap(({ path, by, text }) => {
      const region = by === 'arn' ? regionOf(text) : undefined
      const elsewhere = targets.filter((target) => target.region !== region)
      return region === undefined || elsewhere.length === 0
        ? []
        : [wrong(path, text, region, elsewhere, 'copy it into that region, and write {region} in its ARN')]
    })
    // Endpoints lead to their own region.
    const resources = model.network.egress.internet
      ? []
      : writtenTasks(config).flatMap(({ at, task: { permissions } }) =>
          permissions.flatMap(({ resources }, index) =>
            resources.flatMap((resource, position) => {
              const region = regionOf(resource)
              const elsewhere = targets.filter((target) => target.region !== region)
              return region === undefined || !/^[a-z]/.test(region) || elsewhere.length === 0
                ? []
                : [
                    wrong(
                      [...at, 'permissions', index, 'resources', position],
                      resource,
                      region,
                      elsewhere,
                      `write {region} in the ARN, or ${openEgress(model)}`,
                    ),
                  ]
            }),
          ),
        )
    return [...parameters, ...images, ...secrets, ...resources]
  },
}
