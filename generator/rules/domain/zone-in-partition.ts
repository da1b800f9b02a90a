import { fromAnotherPartition } from '../partition.ts'
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
    return fromAnotherPartition(parameter, targets, (where) => ({
      message: `this role cannot be assumed from ${where}`,
      remedy: `give the parameter ${parameter.name} a role of that partition there, or write zone: manual in a config of its own`,
    }))
  },
}
