/** The SAM application as one flat template: nested stacks replaced by their resources. For the equivalence test. */
import type { Json } from './read-template.ts'

type Template = Json

/** Replaces each `Ref`, `Fn::GetAtt` and `${...}` of Fn::Sub for which `replace` has something. */
function substitute(value: Json, replace: (name: string, attribute?: string) => Json | undefined): Json {
  if (Array.isArray(value)) return value.map((item) => substitute(item, replace))
  if (typeof value !== 'object' || value === null) return value
  if (typeof value.Ref === 'string') return replace(value.Ref) ?? value
  if (value['Fn::GetAtt']) {
    const [name = '', ...attribute] = [value['Fn::GetAtt']].flat().flatMap((part: string) => part.split('.'))
    return replace(name, attribute.join('.')) ?? value
  }
  if (value['Fn::Sub']) return substituteText(value['Fn::Sub'], replace)
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, substitute(item, replace)]))
}

function substituteText(argument: Json, replace: (name: string, attribute?: string) => Json | undefined): Json {
  const [text, variables] = Array.isArray(argument) ? argument : [argument, {}]
  const imports: Record<string, Json> = {}
  const done = text.replaceAll(/\$\{([^!}]+)\}/g, (whole: string, name: string) => {
    if (name in variables) return whole
    const [target = '', ...attribute] = name.split('.')
    const found = replace(target, attribute.length > 0 ? attribute.join('.') : undefined)
    if (found === undefined) return whole
    if (found.Ref) return `\${${found.Ref}}`
    if (found['Fn::GetAtt']) return `\${${found['Fn::GetAtt'].join('.')}}`
    if (!found['Fn::ImportValue']) throw new Error(`cannot put ${JSON.stringify(found)} into ${text}`)
    imports[name] = found
    return whole
  })
  const all = { ...substitute(variables, replace), ...imports }
  return { 'Fn::Sub': Object.keys(all).length > 0 ? [done, all] : done }
}

export type Flat = {
  readonly resources: Record<string, Json>
  readonly conditions: Record<string, Json>
  readonly mappings: Record<string, Json>
  readonly outputs: Record<string, Json>
  /** Resource -> logical IDs of which whole stacks it waits. */
  readonly waitsFor: ReadonlyMap<string, ReadonlySet<string>>
}

/** `child` gives the template behind a TemplateURL, already transformed. */
export function inlined(root: Template, child: (url: string) => Template): Flat {
  const stacks: [string, Json, Template][] = Object.entries<Json>(root.Resources).map(([id, stack]) => [
    id,
    stack,
    child(stack.Properties.TemplateURL),
  ])
  const outputOf = (stackId: string, output: string): Json => {
    const found = stacks.find(([id]) => id === stackId)
    if (!found) throw new Error(`no stack ${stackId}`)
    const [, stack, template] = found
    const value = template.Outputs?.[output]?.Value
    if (value === undefined) throw new Error(`${stackId} has no output ${output}`)
    return inside(value, stack)
  }
  /** What a nested stack's argument means in the root. */
  const argument = (value: Json): Json => {
    if (value?.['Fn::GetAtt']) {
      const [stackId, output] = value['Fn::GetAtt']
      return outputOf(stackId, output.replace(/^Outputs\./, ''))
    }
    // A list travels as text.
    if (value?.['Fn::Join']?.[0] === ',' && value['Fn::Join'][1].Ref) return value['Fn::Join'][1]
    return value
  }
  const inside = (value: Json, stack: Json): Json =>
    substitute(value, (name, attribute) => {
      const given = attribute === undefined ? stack.Properties.Parameters?.[name] : undefined
      return given === undefined ? undefined : argument(given)
    })

  const resources: Record<string, Json> = {}
  const waitsFor = new Map<string, Set<string>>()
  for (const [id, stack, template] of stacks) {
    for (const [resourceId, resource] of Object.entries<Json>(template.Resources)) {
      if (resourceId in resources) throw new Error(`two resources ${resourceId}`)
      resources[resourceId] = inside(resource, stack)
      waitsFor.set(resourceId, stackOrder(id))
    }
  }
  function stackOrder(id: string): Set<string> {
    const stack = root.Resources[id]
    const direct = new Set<string>([stack.DependsOn ?? []].flat())
    for (const value of Object.values<Json>(stack.Properties.Parameters ?? {}))
      if (value?.['Fn::GetAtt']) direct.add(value['Fn::GetAtt'][0])
    const before = new Set([...direct].flatMap((each) => [each, ...stackOrder(each)]))
    return before
  }
  const waitsForResources = new Map(
    [...waitsFor].map(([resourceId, stackIds]) => [
      resourceId,
      new Set(
        [...stackIds].flatMap((stackId) => Object.keys(stacks.find(([id]) => id === stackId)?.[2].Resources ?? {})),
      ),
    ]),
  )
  const all = (section: string): Record<string, Json> =>
    Object.assign({}, ...stacks.map(([, stack, template]) => inside(template[section] ?? {}, stack)))
  return {
    resources,
    conditions: all('Conditions'),
    mappings: all('Mappings'),
    outputs: Object.fromEntries(
      Object.entries<Json>(root.Outputs ?? {}).map(([name, output]) => [
        name,
        { ...output, Value: argument(output.Value) },
      ]),
    ),
    waitsFor: waitsForResources,
  }
}
