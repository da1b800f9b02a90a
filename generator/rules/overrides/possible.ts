import { references } from '../../cfn/references.ts'
import { architecture, layers } from '../../layers/index.ts'
import type { Layer } from '../../layers/layer.ts'
import type { Model } from '../../model/model.ts'
import type { Override } from '../../model/overrides.ts'
import { crossingNames } from '../../packagings/cut.ts'
import { isLaunchable } from '../../packagings/launch-role/permissions.ts'
import type { Finding, Rule } from '../rule.ts'
import { functions, functionsIn, isWellFormed } from './written.ts'

export const overridesPossible: Rule = {
  id: 'PC116',
  title: 'The templates can hold what overrides make of them',
  why: 'both forms of the application hold the same resources, without a transform of their own, and deploy layer by layer',
  check: (model) => {
    const malformed = model.overrides.flatMap(ofFunctions)
    if (malformed.length > 0) return malformed
    const ours = architecture(model)
    const all = layers(model, ours)
    const found = model.overrides.flatMap((override) => ofResource(model, ours, all, override))
    return found.length > 0 ? found : circles(model, all)
  },
}

const at = (id: string, message: string, remedy: string, key?: string): Finding => ({
  path: ['overrides', id, ...(key === undefined ? [] : [key])],
  ...(key === undefined ? { at: 'key' as const } : {}),
  message,
  remedy,
})

function ofResource(model: Model, ours: readonly Layer[], all: readonly Layer[], { id, type }: Override): Finding[] {
  const entry = ours.flatMap(({ fragment }) => fragment.entries).find((each) => each.id === id)
  if (entry) {
    const { Type } = entry.resource
    if (entry.asset !== undefined || Type === 'AWS::Lambda::EventInvokeConfig' || Type.startsWith('Custom::'))
      return [
        at(
          id,
          `${id} is one of our own functions, or calls one`,
          'remove it: what these functions do depends on each other',
        ),
      ]
    return type === undefined || type === Type
      ? []
      : [at(id, `${id} is a resource of the type ${Type}`, 'remove the Type, or choose another logical ID', 'Type')]
  }
  if (type === undefined) return []
  if (type.startsWith('AWS::Serverless::') || type.endsWith('::MODULE'))
    return [at(id, `${type} needs a transform`, 'write the resources that it would become', 'Type')]
  if (type.startsWith('Custom::Portcullis'))
    return [at(id, `${type} is a type of our own functions`, 'choose another type', 'Type')]
  if (id in model.parameters || crossingNames(all).has(id))
    return [at(id, `a parameter is called ${id}`, 'choose another logical ID')]
  if (model.delivery.serviceCatalog !== undefined && !isLaunchable(type))
    return [
      at(
        id,
        `what the launch role needs for ${type} is not known`,
        'keep the resource in a stack of its own, or the product in a config of its own',
        'Type',
      ),
    ]
  return []
}

const ofFunctions = (override: Override): Finding[] =>
  functions(override).flatMap(({ path, value }) => {
    const inside = functionsIn(value)
    const wrong = inside.find((each) => !isWellFormed(each))
    if (wrong)
      return [
        {
          path,
          message: `${wrong[0]} does not have a form that CloudFormation reads`,
          remedy: 'write it as { Ref: Name }, { "Fn::GetAtt": [Name, Attribute] } or { "Fn::Sub": "text ${Name}" }',
        },
      ]
    const transform = inside.find(([name]) => name === 'Fn::Transform' || name.startsWith('Fn::ForEach'))
    return transform
      ? [{ path, message: `${transform[0]} needs a transform`, remedy: 'write what it would become' }]
      : []
  })

type Node = { readonly name: string; readonly to: ReadonlySet<string>; readonly id: string }

/** Resources that wait for each other, and layers that do: nested stacks are deployed one after the other. */
function circles(model: Model, all: readonly Layer[]): Finding[] {
  const changed = new Set(model.overrides.map(({ id }) => id))
  const homes = new Map(all.flatMap((layer) => layer.fragment.entries.map(({ id }) => [id, layer.name] as const)))
  const targets = (layer: Layer) =>
    layer.fragment.entries.map(({ id, resource }) => ({
      id,
      to: [...references(resource).map(({ target }) => target), ...(resource.DependsOn ?? [])],
    }))
  const resources = all.flatMap((layer) =>
    targets(layer).map(({ id, to }): Node => ({ name: id, to: new Set(to.filter((each) => homes.has(each))), id })),
  )
  const circle = circleIn(resources)?.find(({ id }) => changed.has(id))
  if (circle) return [at(circle.id, `${circle.id} would wait for itself`, 'refer to something that does not need it')]
  const ofLayers = all.map((layer): Node => {
    const to = targets(layer).flatMap(({ to }) => to.flatMap((each) => homes.get(each) ?? []))
    return { name: layer.name, to: new Set(to.filter((each) => each !== layer.name)), id: layer.name }
  })
  const names = new Set(circleIn(ofLayers)?.map(({ name }) => name))
  if (names.size === 0) return []
  const guilty = all
    .filter(({ name }) => names.has(name))
    .flatMap((layer) => targets(layer).map((each) => ({ ...each, layer: layer.name })))
    .filter(({ id }) => changed.has(id))
    .find(({ to, layer }) => to.some((each) => homes.get(each) !== layer && names.has(homes.get(each) ?? '')))
  return guilty
    ? [
        at(
          guilty.id,
          `the template of ${guilty.id} and another one would wait for each other: ${[...names].join(', ')}`,
          'let the later of them refer to the earlier only, or make it a resource of its own under another logical ID',
        ),
      ]
    : []
}

/** Nodes of one circle, if there is any. */
function circleIn(nodes: readonly Node[]): readonly Node[] | undefined {
  const byName = new Map(nodes.map((node) => [node.name, node]))
  const done = new Set<string>()
  const visit = (node: Node, way: readonly Node[]): readonly Node[] | undefined => {
    const start = way.indexOf(node)
    if (start >= 0) return way.slice(start)
    if (done.has(node.name)) return undefined
    for (const name of node.to) {
      const next = byName.get(name)
      const found = next && visit(next, [...way, node])
      if (found) return found
    }
    done.add(node.name)
    return undefined
  }
  for (const node of nodes) {
    const found = visit(node, [])
    if (found) return found
  }
  return undefined
}
