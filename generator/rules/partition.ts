import { partitionOf } from '../aws/partitions.ts'
import { isGiven, labels, placeOf, type Target, valueAt } from '../model/delivery/targets.ts'
import type { Parameter } from '../model/parameters/parameter.ts'
import type { Finding } from './rule.ts'

/** Where the ARN that a parameter has belongs to another partition than the region. */
export function fromAnotherPartition(
  parameter: Parameter,
  targets: readonly Target[],
  said: (where: string) => Pick<Finding, 'message' | 'remedy'>,
): Finding[] {
  const isElsewhere = (target: Target): boolean => {
    const [, partition] = (valueAt(target, parameter) ?? '').split(':')
    return partition !== undefined && partition !== '{partition}' && partition !== partitionOf(target.region)
  }
  const wrong = targets.filter(isElsewhere)
  const byDefault = wrong.filter((target) => !isGiven(target, parameter))
  const finding = (path: Finding['path'], among: readonly Target[]): Finding => ({
    path,
    ...said(`${labels(among)}, in ${[...new Set(among.map(({ region }) => partitionOf(region)))].join(', ')}`),
  })
  return [
    ...(byDefault.length > 0 ? [finding(parameter.from ?? [], byDefault)] : []),
    ...wrong
      .filter((target) => isGiven(target, parameter))
      .map((target) => finding(placeOf(target, parameter), [target])),
  ]
}
