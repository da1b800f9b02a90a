import { formatCidr, isPrivate, networkOf, parseCidr } from '../../model/network/cidr.ts'
import type { Finding, Rule } from '../rule.ts'

export const vpcRange: Rule = {
  id: 'PC201',
  title: 'The address range of the VPC is private, between /16 and /24, and has no host bits',
  why: 'AWS allows no VPC larger than /16, and in one smaller than /24 the subnets are too small for a load balancer; the tasks could not reach public addresses that overlap with it',
  docs: 'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html',
  check: (model) => {
    if (model.network.kind === 'existing') return []
    const written = model.network.range
    const range = parseCidr(written)
    const wrong = (message: string, remedy: string): Finding[] => [
      {
        path: ['network', 'cidr'],
        message: `the range ${written} ${message}`,
        remedy,
      },
    ]
    if (range.prefixLength < 16 || range.prefixLength > 24)
      return wrong(`is a /${range.prefixLength}`, 'choose a prefix length from /16 to /24, such as 10.20.0.0/16')
    const network = networkOf(range)
    if (network.address !== range.address) return wrong('has host bits', `write ${formatCidr(network)}`)
    if (!isPrivate(range))
      return wrong('is not private', 'choose a range within 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16')
    return []
  },
}
