/** For which names a certificate stands. */
import { createHash } from 'node:crypto'
import { type Resource, resolvePath } from '../resolve/program.ts'
import { isAbsent, itemsOf, joined, keyOf, originsOf, text, textOf, type Value } from '../resolve/value.ts'
import type { Facts } from './facts.ts'
import { resourceOf } from './identity.ts'

/** The names, or the value that keeps them from being known. */
export type Names = { readonly names: readonly Value[] } | { readonly unknown: Value }

export function namesOf(facts: Facts, certificate: Value, hops = 0): Names {
  const assumed = originsOf(certificate).flatMap(
    ({ name }) => facts.around.declarations.assume.get(`${name}.covers`) ?? [],
  )
  if (assumed.length > 0) return { names: assumed.flatMap(facts.meant) }
  if (hops > 20 || certificate.kind !== 'ref') return { unknown: certificate }
  const resource = facts.around.program.resources.get(certificate.resource)
  if (!resource) return { unknown: certificate }
  if (resourceOf(facts.around.program, certificate, 'AWS::CertificateManager::Certificate'))
    return written(facts, resource)
  if (!isOwn(facts, resource)) return { unknown: certificate }
  const isArn = certificate.attribute === undefined || certificate.attribute === 'CertificateArn'
  if (resource.type === 'Custom::PortcullisCertificate' && isArn) return written(facts, resource)
  if (resource.type === 'Custom::PortcullisCertificateIssued' && certificate.attribute === 'CertificateArn')
    return namesOf(facts, facts.get(resource, 'CertificateArn'), hops + 1)
  return { unknown: certificate }
}

function written(facts: Facts, resource: Resource): Names {
  const more = facts.get(resource, 'SubjectAlternativeNames')
  const items = itemsOf(more)
  // Names that cannot be read only add to those that can.
  return { names: [facts.get(resource, 'DomainName'), ...(items ?? [])] }
}

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

/** Host names have no case; what stands for one has. */
const isSame = (a: Value, b: Value): boolean => keyOf(folded(a)) === keyOf(folded(b))

const folded = (value: Value): Value =>
  value.kind === 'text'
    ? text(value.text.toLowerCase())
    : value.kind === 'joined'
      ? { ...value, parts: value.parts.map(folded) }
      : value

const partsOf = (value: Value): readonly Value[] => (value.kind === 'joined' ? value.parts : [value])

/** Whether a custom resource runs a function that ships with Portcullis, byte for byte: its type's name proves nothing. */
export function isOwn(facts: Facts, custom: Resource): boolean {
  if (!custom.type.startsWith('Custom::Portcullis')) return false
  const token = facts.get(custom, 'ServiceToken')
  if (token.kind !== 'ref' || (token.attribute !== 'Arn' && token.attribute !== undefined)) return false
  const program = facts.around.program
  const code = codeOf(facts, program.resources.get(token.resource))
  return code !== undefined && facts.around.ownFunctions.has(createHash('sha256').update(code).digest('hex'))
}

/** Layers, and variables such as NODE_OPTIONS, run code before that of the function. */
const startedByOthers = ['Layers', 'Environment']

function codeOf(facts: Facts, resource: Resource | undefined): string | undefined {
  if (!resource || !facts.exists(resource)) return undefined
  const local = (path: string | undefined): string | undefined =>
    path === undefined || /^[a-z0-9]+:\/\//i.test(path)
      ? undefined
      : facts.around.readFile(
          resolvePath(
            resource.stack.source.path,
            path.endsWith('/index.js') ? path : `${path.replace(/\/$/, '')}/index.js`,
          ),
        )
  const isWhole =
    textOf(facts.get(resource, 'Handler')) === 'index.handler' &&
    textOf(facts.get(resource, 'Runtime'))?.startsWith('nodejs') &&
    startedByOthers.every((name) => isAbsent(facts.get(resource, name)))
  if (!isWhole) return undefined
  if (resource.type === 'AWS::Lambda::Function') {
    const code = facts.get(resource, 'Code')
    return textOf(code) === undefined ? textOf(facts.get(resource, 'Code.ZipFile')) : local(textOf(code))
  }
  if (resource.type === 'AWS::Serverless::Function') {
    const inline = textOf(facts.get(resource, 'InlineCode'))
    return inline ?? local(textOf(facts.get(resource, 'CodeUri')))
  }
  return undefined
}
