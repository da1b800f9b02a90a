/** What the groups of tasks let out, and whether it may leave the VPC. */
import type { Facts } from '../facts/facts.ts'
import { inside, mayBePublic, overlaps, parseRange, type Range } from '../resolve/cidr.ts'
import type { Resource } from '../resolve/program.ts'
import { keyOf, textOf, type Value } from '../resolve/value.ts'
import type { Exit } from './routes.ts'
import type { Rule } from './rules.ts'
import { rangesOf, vpcOf } from './vpcs.ts'

/** Anything but groups and addresses of the VPC itself. */
export function leadsOut(facts: Facts, subnets: Value, { peer }: Rule): boolean {
  if (peer.kind === 'group') return false
  const { resource: vpc } = vpcOf(facts, subnets)
  if (!vpc) return true
  if (peer.kind === 'unknown') return keyOf(peer.value) !== keyOf(facts.get(vpc, 'CidrBlock'))
  return !rangesOf(facts, vpc).known.some((own) => inside(peer.range, own))
}

/** An internet gateway drops what is addressed to no host of the internet. */
export function mayLeave({ peer }: Rule, { range, kind }: Exit): boolean {
  if (peer.kind !== 'range') return true
  if (kind === 'internet' && !mayBePublic(peer.range)) return false
  return !range || overlaps(peer.range, range)
}

/** Those of AWS are com.amazonaws.REGION.SERVICE, those of others com.amazonaws.vpce.REGION.ID. */
export function isEndpointOfAws(
  facts: Facts,
  endpoint: Resource,
): { readonly is: 'yes' | 'no' } | { readonly is: 'maybe'; readonly value: Value } {
  const type = textOf(facts.get(endpoint, 'VpcEndpointType'))
  // Resource and service-network endpoints lead to other people's resources.
  if (type === 'Resource' || type === 'ServiceNetwork') return { is: 'no' }
  const service = facts.get(endpoint, 'ServiceName')
  const start = service.kind === 'joined' ? service.parts[0] : service
  const text = start ? textOf(start) : undefined
  if (text === undefined) return { is: 'maybe', value: service }
  return /^(?:com\.amazonaws|cn\.com\.amazonaws|aws)\./.test(text) && !text.includes('.vpce.')
    ? { is: 'yes' }
    : { is: 'no' }
}

/** https://docs.aws.amazon.com/vpc-lattice/latest/ug/security-groups.html */
const lattice = parseRange('169.254.171.0/24') as Range
const latticeIpv6 = parseRange('fd00:ec2:80::/64') as Range

export const reachesLattice = ({ peer }: Rule): boolean =>
  peer.kind === 'unknown' ||
  (peer.kind === 'range' && (overlaps(peer.range, lattice) || overlaps(peer.range, latticeIpv6)))
