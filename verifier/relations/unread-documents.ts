/** Documents that say with which roles something acts, and that cannot be read. */
import type { Facts } from '../facts/facts.ts'
import { child, type Node } from '../read/node.ts'
import { openBy } from '../resolve/calls.ts'
import type { Resource } from '../resolve/program.ts'
import { textOf, type Value } from '../resolve/value.ts'
import { isPlain, readJsonText } from './json-text.ts'
import { valuesAt } from './values-at.ts'

/** Where a type takes one, as JSON or as a text, and where else it may come from. */
const documents: Readonly<Record<string, { readonly bodies: readonly string[]; readonly elsewhere?: string }>> = {
  'AWS::ApiGateway::RestApi': { bodies: ['Body'], elsewhere: 'BodyS3Location' },
  'AWS::ApiGatewayV2::Api': { bodies: ['Body'], elsewhere: 'BodyS3Location' },
  'AWS::CodePipeline::Pipeline': { bodies: ['Stages.Actions.Configuration'] },
  'AWS::Config::RemediationConfiguration': { bodies: ['Parameters'] },
  'AWS::SSM::Document': { bodies: ['Content'] },
  'AWS::SSM::MaintenanceWindowTask': {
    bodies: ['TaskParameters', 'TaskInvocationParameters.MaintenanceWindowAutomationParameters.Parameters'],
  },
}

export const mayHoldDocument = ({ type }: Resource): boolean => Object.hasOwn(documents, type)

export function hasUnreadDocument(facts: Facts, resource: Resource): boolean {
  const { bodies = [], elsewhere } = documents[resource.type] ?? {}
  const properties = child(resource.node, 'Properties')
  return (
    (elsewhere !== undefined && child(properties, elsewhere) !== undefined) ||
    bodies.some((path) => isOpenAt(properties, path)) ||
    bodies.flatMap((path) => valuesAt(facts, resource, path)).some((value) => mayNameRole(facts, value))
  )
}

const isOpenAt = (properties: Node | undefined, path: string): boolean => {
  const body = child(properties, path)
  return body !== undefined && !isClosed(body)
}

/** Without a place where something else may come in. */
const isClosed = (node: Node): boolean =>
  (node.kind !== 'map' || openBy(node) === undefined) && below(node).every(isClosed)

const below = (node: Node): readonly Node[] =>
  node.kind === 'list' ? node.items : node.kind === 'map' ? [...node.entries.values()].map((each) => each.node) : []

/** In a map, roles are found by the names of its entries. A text is only searched for them, once it is known. */
function mayNameRole(facts: Facts, value: Value): boolean {
  if (value.kind === 'map' || value.kind === 'none') return false
  if (value.kind !== 'text' && value.kind !== 'joined') return true
  const read = readJsonText(facts, value)
  if (read) return textsIn(read).some(speaksOfRole)
  const parts = value.kind === 'joined' ? value.parts : [value]
  const whole = parts.map((part) => textOf(part) ?? '').join('')
  // What is escaped is not looked into, and a part that is not known may end the text around it.
  return (
    speaksOfRole(whole) || whole.includes('\\') || parts.some((part) => part.kind !== 'text' && !isPlain(facts, part))
  )
}

const speaksOfRole = (text: string): boolean => /role|credentials/i.test(text)

const textsIn = (value: Value): readonly string[] => {
  switch (value.kind) {
    case 'text':
      return [value.text]
    case 'joined':
      return value.parts.flatMap(textsIn)
    case 'list':
      return value.items.flatMap(textsIn)
    case 'map':
      return [...value.entries].flatMap(([name, each]) => [name, ...textsIn(each)])
    default:
      return []
  }
}
