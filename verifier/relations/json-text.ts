/** JSON in a text of which parts are not known, as in `DefinitionString: !Sub ...`. */
import type { Facts } from '../facts/facts.ts'
import { readJson } from '../read/json.ts'
import { child, type Node, textOf as scalarText } from '../read/node.ts'
import { declarationOf, type Resource } from '../resolve/program.ts'
import { kindOfAttribute } from '../resolve/taint.ts'
import { isAbsent, joined, list, none, type Origin, text, textOf, type Value } from '../resolve/value.ts'

/** Not in any text that a template may hold. */
const [opening, closing] = ['\uE000', '\uE001']

/** JSON in which some texts are not known. None of them may hold what ends a text, or else they could be anything. */
export function readJsonText(facts: Facts, written: Value): Value | undefined {
  const parts = written.kind === 'joined' ? written.parts : [written]
  if (parts.some((part) => textOf(part)?.match(/[\uE000\uE001]/) || (part.kind !== 'text' && !isPlain(facts, part))))
    return undefined
  const whole = parts.map((part, index) => textOf(part) ?? `${opening}${index}${closing}`).join('')
  try {
    return asValue(readJson(whole), parts)
  } catch {
    return undefined
  }
}

function asValue(node: Node, parts: readonly Value[]): Value {
  switch (node.kind) {
    case 'scalar':
      return node.type === 'string' ? filledIn(node.text, parts) : node.type === 'null' ? none : text(node.text)
    case 'list':
      return list(node.items.map((item) => asValue(item, parts)))
    case 'map':
      // A name that is not known is none of those that are understood.
      return {
        kind: 'map',
        entries: new Map([...node.entries].map(([name, { node: item }]) => [name, asValue(item, parts)])),
      }
  }
}

const filledIn = (written: string, parts: readonly Value[]): Value =>
  joined(
    written
      .split(/(\uE000\d+\uE001)/)
      .map((each) => (each.startsWith(opening) ? (parts[Number(each.slice(1, -1))] ?? none) : text(each))),
  )

/** Names and ARNs that AWS gives, and parameters that take only such, hold neither quotes nor backslashes. */
export function isPlain(facts: Facts, value: Value): boolean {
  if (value.kind === 'ref') return isNamedByAws(facts, value)
  if (value.kind === 'text') return !/["\\\p{Cc}]/u.test(value.text)
  if (value.kind === 'joined') return value.parts.every((part) => isPlain(facts, part))
  if (value.kind !== 'outside') return false
  return value.origin.kind === 'pseudo' || (value.origin.kind === 'parameter' && takesOnlyNames(facts, value.origin))
}

/** A name that the template writes is in its id and ARN, so it must be plain too. */
function isNamedByAws(facts: Facts, { resource: key, attribute }: Value & { kind: 'ref' }): boolean {
  const resource = facts.around.program.resources.get(key)
  const kind = resource && kindOfAttribute(facts.resolver, resource, attribute)
  if (kind?.kind !== 'identity') return kind?.kind === 'data' || kind?.kind === 'default-group'
  return (kind.names ?? []).every((name) => {
    const value = facts.get(resource as Resource, name)
    return isAbsent(value) || isPlain(facts, value)
  })
}

/** Letters, digits and a few signs in classes that are counted or repeated, from the first character to the last. */
const ofNames = /^\^(?:\[(?:0-9|A-Z|a-z|[\w:/](?!-[^\]]))+-?\](?:\{\d+(?:,\d*)?\}|[+*])?|[\w:/-])+\$$/

function takesOnlyNames({ around: { program } }: Facts, { parameter }: Origin): boolean {
  if (parameter === undefined) return false
  const declaration = declarationOf(program, parameter)
  const type = scalarText(child(declaration, 'Type')) ?? ''
  return /^AWS::EC2::[A-Za-z:]+::Id$/.test(type) || ofNames.test(scalarText(child(declaration, 'AllowedPattern')) ?? '')
}
