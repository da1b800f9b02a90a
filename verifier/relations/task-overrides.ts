/**
 * What the input of a rule or schedule changes about the tasks that it starts: it is the `overrides` of RunTask, and may
 * give them another role. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TaskOverride.html
 */
import type { Facts } from '../facts/facts.ts'
import type { Resource } from '../resolve/program.ts'
import { any, entry, isAbsent, joined, nothing, text, textOf, type Value } from '../resolve/value.ts'
import { readJsonText } from './json-text.ts'

/** What changes no role. The program in a task counts as hostile anyway. */
const harmless: ReadonlySet<string> = new Set([
  'containerOverrides',
  'cpu',
  'ephemeralStorage',
  'executionRoleArn',
  'inferenceAcceleratorOverrides',
  'memory',
])

/** Roles that the target gives to its tasks; the input itself where it may give any. */
export function overridingRoles(facts: Facts, resource: Resource, target: Value): readonly Value[] {
  const property = (name: string): Value => entry(target, name)
  const template = entry(property('InputTransformer'), 'InputTemplate')
  const input = isAbsent(property('Input')) ? withoutPlaces(template) : property('Input')
  if (!isAbsent(property('InputPath')) || input === undefined) return [inputOf(resource)]
  return isAbsent(input) ? [] : rolesIn(facts, resource, input)
}

function rolesIn(facts: Facts, resource: Resource, input: Value): readonly Value[] {
  const overrides = readJsonText(facts, input)
  if (overrides?.kind !== 'map') return [input.kind === 'outside' ? input : inputOf(resource)]
  return [...overrides.entries].flatMap(([name, value]) => {
    if (name === 'taskRoleArn') return [textOf(value) === place ? inputOf(resource) : value]
    return harmless.has(name) ? [] : [inputOf(resource)]
  })
}

const inputOf = ({ id }: Resource): Value => any(id, nothing, { kind: 'opaque', name: id })

const place = '\uE002'

/**
 * `<name>` is a value of the event, where a value may stand; inside a text it may end the text, and nothing is known.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 */
function withoutPlaces(template: Value): Value | undefined {
  const parts = template.kind === 'joined' ? template.parts : [template]
  const filled = parts.map((part) =>
    part.kind === 'text' ? text(part.text.replace(/([:,[]\s*)<[^<>"]+>(?=\s*[,}\]])/g, `$1"${place}"`)) : part,
  )
  if (filled.some((part) => textOf(part)?.includes('<'))) return undefined
  return template.kind === 'joined' ? joined(filled) : filled[0]
}
