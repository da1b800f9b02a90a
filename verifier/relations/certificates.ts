/** Which names a certificate covers, and which certificates a listener has. */
import type { Facts } from '../facts/facts.ts'
import { isIt, resourceOf } from '../facts/identity.ts'
import { atomsOf, isChooser } from '../resolve/atoms.ts'
import type { Resource } from '../resolve/program.ts'
import {
  entry,
  isAbsent,
  itemsOf,
  joined,
  keyOf,
  originsOf,
  piecesOf,
  text,
  textOf,
  type Value,
} from '../resolve/value.ts'
import { isKnownProgram } from './programs.ts'

/** The names, or the value that keeps them from being known. */
export type Names = { readonly names: readonly Value[] } | { readonly unknown: Value }

/** `declared` gives what the command line says that a named certificate covers. */
export function namesOf(
  facts: Facts,
  certificate: Value,
  declared: (name: string) => readonly string[],
  hops = 0,
): Names {
  const own = resourceOf(facts, certificate, 'AWS::CertificateManager::Certificate')
  if (own) return written(facts, own)
  const [first = [], ...others] = atomsOf(certificate, false).map((atom) =>
    isChooser(atom) ? [] : declared(atom.name),
  )
  // It may be any of those that it depends on, so each must have the name.
  const assumed = first.filter((name) => others.every((names) => names.includes(name)))
  if (assumed.length > 0) return { names: assumed.flatMap(facts.meant) }
  if (hops > 20 || certificate.kind !== 'ref') return { unknown: certificate }
  const resource = facts.around.program.resources.get(certificate.resource)
  if (!resource) return { unknown: certificate }
  if (!isKnownProgram(facts, resource)) return { unknown: certificate }
  const isArn = certificate.attribute === undefined || certificate.attribute === 'CertificateArn'
  if (resource.type === 'Custom::PortcullisCertificate' && isArn) return written(facts, resource)
  if (resource.type === 'Custom::PortcullisCertificateIssued' && certificate.attribute === 'CertificateArn')
    return namesOf(facts, facts.get(resource, 'CertificateArn'), declared, hops + 1)
  return { unknown: certificate }
}

function written(facts: Facts, resource: Resource): Names {
  const more = facts.get(resource, 'SubjectAlternativeNames')
  const items = itemsOf(more)
  // Names that cannot be read only add to those that can.
  return { names: [facts.get(resource, 'DomainName'), ...(items ?? [])] }
}

/** Certificates of a listener, its own and separate ones; a list that is not known counts as one. */
export function certificatesOf(facts: Facts, listener: Resource): Value[] {
  const lists = [
    facts.get(listener, 'Certificates'),
    ...facts
      .candidates('AWS::ElasticLoadBalancingV2::ListenerCertificate')
      .filter((each) => isIt(facts, facts.get(each, 'ListenerArn'), listener.key).is === 'yes' && facts.exists(each))
      .map((each) => facts.get(each, 'Certificates')),
  ]
  return lists.flatMap((value) =>
    piecesOf(value).map((item) => (item.kind === 'map' ? entry(item, 'CertificateArn') : item)),
  )
}

/** The name for people. */
export const labelOf = (name: Value): string =>
  textOf(name) ??
  originsOf(name)
    .map((each) => each.name)
    .join(' and ')

export const isOpenName = (name: Value): boolean => textOf(name) === undefined && !isAbsent(name)

/** RFC 6125: the same name, or a wildcard for exactly its first label. */
export function covers(name: Value, host: Value): boolean {
  if (isSame(name, host)) return true
  const [pattern, wanted] = [partsOf(name), partsOf(host)]
  const [star, label] = [pattern[0], wanted[0]]
  if (star?.kind !== 'text' || !star.text.startsWith('*.') || label?.kind !== 'text') return false
  const dot = label.text.indexOf('.')
  if (dot < 1) return false
  const domain = joined([text(star.text.slice(2)), ...pattern.slice(1)])
  const rest = joined([text(label.text.slice(dot + 1)), ...wanted.slice(1)])
  return isSame(domain, rest)
}

/** Host names are not case-sensitive; references that stand for one are. */
const isSame = (a: Value, b: Value): boolean => keyOf(folded(a)) === keyOf(folded(b))

const folded = (value: Value): Value =>
  value.kind === 'text'
    ? text(value.text.toLowerCase())
    : value.kind === 'joined'
      ? { ...value, parts: value.parts.map(folded) }
      : value

const partsOf = (value: Value): readonly Value[] => (value.kind === 'joined' ? value.parts : [value])
