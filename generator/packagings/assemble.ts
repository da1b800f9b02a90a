/** Resources -> Template: declares the parameters, conditions and mappings that they reference, and nothing else. */
import type { Fragment, Output } from '../cfn/fragment.ts'
import { type Reference, references } from '../cfn/references.ts'
import type { Entry } from '../cfn/resource.ts'
import type { ParameterDefinition, Template } from '../cfn/template.ts'
import type { Model } from '../model/model.ts'
import type { Parameter } from '../model/parameters/parameter.ts'
import { assertions, definition, interfaceMetadata } from './parameters.ts'

/** A parameter that carries a reference from another template. */
export type CrossingParameter = { readonly definition: ParameterDefinition; readonly label: string }

export type Parts = {
  readonly description: string
  readonly transform?: string
  readonly fragment: Fragment
  readonly outputs: Readonly<Record<string, Output>>
  readonly crossing: Readonly<Record<string, CrossingParameter>>
}

/** Shown last in the launch form: they are filled in by themselves when the whole application is deployed. */
const crossingGroup = 'From the other templates'

/** Throws (a defect) on a reference to something that exists nowhere. */
export function assemble(model: Model, parts: Parts): Template {
  const { fragment } = parts
  const used = usedNames(parts)
  const declared = Object.entries({ ...model.parameters, ...model.imports }).filter(([name]) =>
    used.parameters.has(name),
  )
  const names = new Set(declared.map(([name]) => name))
  const resources = new Set(fragment.entries.map(({ id }) => id))
  for (const name of used.parameters) {
    const known = name.startsWith('AWS::') || names.has(name) || resources.has(name) || name in parts.crossing
    if (!known) throw new Error(`${parts.description}: a reference to ${name}, which does not exist`)
  }
  // A parameter of the config's own says more than the one that a reference would become.
  const crossing = Object.entries(parts.crossing)
    .filter(([name]) => !names.has(name))
    .sort(byName)
  const shown: [string, Pick<Parameter, 'group' | 'label'>][] = [
    ...declared,
    ...crossing.map(([name, { label }]): [string, Pick<Parameter, 'group' | 'label'>] => [
      name,
      { group: crossingGroup, label },
    ]),
  ]
  return {
    description: parts.description,
    ...(parts.transform ? { transform: parts.transform } : {}),
    metadata: interfaceMetadata(shown),
    parameters: Object.fromEntries([
      ...declared.map(([name, parameter]) => [name, definition(parameter)]),
      ...crossing.map(([name, { definition }]) => [name, definition]),
    ]),
    rules: assertions(model, names),
    mappings: pick('mapping', fragment.mappings, used.mappings),
    conditions: pick('condition', fragment.conditions, used.conditions),
    entries: fragment.entries.map((entry) => withoutRedundantOrder(entry)),
    outputs: parts.outputs,
  }
}

function usedNames({ fragment, outputs }: Parts) {
  const parameters = new Set<string>()
  const conditions = new Set<string>()
  const mappings = new Set<string>()
  const take = (found: readonly Reference[]): void => {
    for (const reference of found) {
      if (reference.kind === 'ref') parameters.add(reference.target)
      if (reference.kind === 'mapping') mappings.add(reference.target)
      if (reference.kind === 'condition' && !conditions.has(reference.target)) {
        conditions.add(reference.target)
        take(references(fragment.conditions[reference.target]))
      }
    }
  }
  take(fragment.entries.flatMap(({ resource }) => references(resource)))
  take(references(outputs))
  return { parameters, conditions, mappings }
}

/** CloudFormation orders by references already, and cfn-lint warns of a DependsOn that says the same (W3005). */
function withoutRedundantOrder(entry: Entry): Entry {
  const { DependsOn, ...rest } = entry.resource
  if (!DependsOn) return entry
  const referred = new Set(references(rest).map(({ target }) => target))
  const needed = DependsOn.filter((id) => !referred.has(id))
  const { Type, ...others } = rest
  return { ...entry, resource: { Type, ...(needed.length > 0 ? { DependsOn: needed } : {}), ...others } }
}

/** Those that are used, in the order of their definition. */
function pick<T>(kind: string, record: Readonly<Record<string, T>>, names: ReadonlySet<string>): Record<string, T> {
  for (const name of names)
    if (!(name in record)) throw new Error(`a reference to the ${kind} ${name}, which does not exist`)
  return Object.fromEntries(Object.entries(record).filter(([name]) => names.has(name)))
}

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1)
