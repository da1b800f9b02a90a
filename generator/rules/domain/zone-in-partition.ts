import { partitionOf } from '../../aws/partitions.ts'
import { isGiven, labels, type Target, valueAt } from '../../model/delivery/targets.ts'
import type { Finding, Rule } from '../rule.ts'

/**
 * Public hosted zones themselves are no obstacle: GovCloud has them since May 2025
 * (https://aws.amazon.com/blogs/networking-and-content-delivery/introducing-amazon-route-53-authoritative-dns-service-for-public-hosted-zones-in-aws-govcloud-us-regions).
 * Regions of which AWS names no zone for VPC links, China and the European Sovereign Cloud among them, are refused by
 * PC202. So no region that is left lacks the runtime of our functions (https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html).
 */
export const zoneInPartition: Rule = {
  id: 'PC514',
  title: 'The role of the zone is in the partition of every environment and target',
  why: 'no role of one partition (aws, aws-us-gov, aws-cn) can be assumed from another',
  docs: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html',
  check: ({ parameters, targets }): Finding[] => {
    const parameter = parameters['HostedZoneRoleArn']
    if (parameter === undefined) return []
    const isElsewhere = (target: Target): boolean => {
      const [, partition] = (valueAt(target, parameter) ?? '').split(':')
      return partition !== undefined && partition !== partitionOf(target.region)
    }
    const wrong = targets.filter(isElsewhere)
    const byDefault = wrong.filter((target) => !isGiven(target, parameter))
    const finding = (path: Finding['path'], among: readonly Target[]): Finding => ({
      path,
      message: `this role cannot be assumed from ${labels(among)}, in ${[...new Set(among.map(({ region }) => partitionOf(region)))].join(', ')}`,
      remedy: `give the parameter ${parameter.name} a role of that partition there, or write zone: manual in a config of its own`,
    })
    return [
      ...(byDefault.length > 0 ? [finding(parameter.from ?? ['domain', 'zone', 'role'], byDefault)] : []),
      ...wrong
        .filter((target) => isGiven(target, parameter))
        .map((target) => finding([...target.parametersAt, parameter.name], [target])),
    ]
  },
}
