/** What the groups of tasks let out, and whether it may leave the VPC. */
import type { Facts } from '../facts/facts.ts'
import { inside, mayBePublic, overlaps, parseRange, type Range } from '../resolve/cidr.ts'
import type { Resource } from '../resolve/program.ts'
import { keyOf, text, textOf, type Value } from '../resolve/value.ts'
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
export function mayLeave({ peer }: Rule, { destination: { ranges }, kind }: Exit): boolean {
  if (peer.kind !== 'range') return true
  if (kind === 'internet' && !mayBePublic(peer.range)) return false
  return !ranges || ranges.some((range) => overlaps(peer.range, range))
}

type OfAws = { readonly is: 'yes' | 'no' } | { readonly is: 'maybe'; readonly value: Value }

export function isEndpointOfAws(facts: Facts, endpoint: Resource): OfAws {
  const type = textOf(facts.get(endpoint, 'VpcEndpointType'))
  // Resource and service-network endpoints lead to other people's resources.
  if (type === 'Resource' || type === 'ServiceNetwork') return { is: 'no' }
  return isServiceOfAws(facts.get(endpoint, 'ServiceName'))
}

const ofAws = ['com.amazonaws.', 'cn.com.amazonaws.', 'aws.']
/** https://docs.aws.amazon.com/vpc/latest/privatelink/create-endpoint-service.html */
const ofOthers = ['com.amazonaws.vpce.', 'cn.com.amazonaws.vpce.']
const idOfOthers = 'vpce-svc-'

/** Those of AWS are com.amazonaws.REGION.SERVICE, those of others com.amazonaws.vpce.REGION.ID. */
function isServiceOfAws(service: Value): OfAws {
  const parts = service.kind === 'joined' ? service.parts : [service]
  const [first, second] = parts
  const start = first && textOf(first)
  if (start === undefined) return { is: 'maybe', value: service }
  if (ofOthers.some((each) => start.startsWith(each))) return { is: 'no' }
  if (!second) return { is: ofAws.some((each) => start.startsWith(each)) && !start.includes('.vpce.') ? 'yes' : 'no' }
  const prefix = ofAws.find((each) => start.startsWith(each))
  if (prefix === undefined)
    return ofAws.some((each) => each.startsWith(start)) ? { is: 'maybe', value: service } : { is: 'no' }
  // What is not known may hold dots, so a known end or a whole known label is needed.
  const isRegion = start === prefix && isNameOfRegion(second) && (textOf(parts[2] ?? text('')) ?? '').startsWith('.')
  const isWritten = start.slice(prefix.length).includes('.')
  const end = textOf(parts.at(-1) ?? service) ?? ''
  const isOther = /\.[^.]+$/.test(end) && !end.slice(end.lastIndexOf('.') + 1).startsWith(idOfOthers)
  return isRegion || isWritten || isOther ? { is: 'yes' } : { is: 'maybe', value: service }
}

const isNameOfRegion = (value: Value): boolean =>
  value.kind === 'outside' && value.origin.kind === 'pseudo' && value.origin.name.startsWith('AWS::Region')

/** https://docs.aws.amazon.com/vpc-lattice/latest/ug/security-groups.html */
const lattice = parseRange('169.254.171.0/24') as Range
const latticeIpv6 = parseRange('fd00:ec2:80::/64') as Range

export const reachesLattice = ({ peer }: Rule): boolean =>
  peer.kind === 'unknown' ||
  (peer.kind === 'range' && (overlaps(peer.range, lattice) || overlaps(peer.range, latticeIpv6)))
