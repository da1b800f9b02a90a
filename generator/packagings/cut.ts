/**
 * The one graph, cut by layer. A reference across a cut becomes an output of the producer and a parameter of the
 * consumer; an order across a cut becomes one between the nested stacks. Layers know nothing of this.
 */
import type { Fragment, Output } from '../cfn/fragment.ts'
import { replaceReferences } from '../cfn/references.ts'
import type { Entry } from '../cfn/resource.ts'
import type { Layer } from '../layers/layer.ts'
import { type Crossing, crossing } from './crossing.ts'

export type Piece = {
  readonly layer: Layer
  /** The layer's resources, with foreign references replaced by parameters. */
  readonly fragment: Fragment
  readonly outputs: Readonly<Record<string, Output>>
  /** What comes in, and from which layer. */
  readonly incoming: readonly { readonly crossing: Crossing; readonly from: Layer }[]
  /** Layers that must be complete before, although nothing is taken from them. */
  readonly after: readonly Layer[]
}

export function cut(layers: readonly Layer[]): Piece[] {
  const home = new Map<string, { layer: Layer; entry: Entry }>()
  for (const layer of layers) for (const entry of layer.fragment.entries) home.set(entry.id, { layer, entry })

  const outgoing = new Map<Layer, Map<string, Crossing>>(layers.map((layer) => [layer, new Map()]))
  const pieces = layers.map((layer) => {
    const incoming = new Map<string, { crossing: Crossing; from: Layer }>()
    const after = new Set<Layer>()
    const replace = (target: string, attribute?: string): unknown => {
      const found = home.get(target)
      if (!found || found.layer === layer) return undefined
      const crossed = crossing(found.entry.resource.Type, target, attribute)
      incoming.set(crossed.name, { crossing: crossed, from: found.layer })
      outgoing.get(found.layer)?.set(crossed.name, crossed)
      return { Ref: crossed.name }
    }
    const entries = layer.fragment.entries.map((entry) => cutEntry(entry, layer, home, after, replace))
    const outputs = replaceReferences(layer.fragment.outputs, replace) as Record<string, Output>
    for (const { from } of incoming.values()) after.delete(from)
    return {
      layer,
      fragment: { ...layer.fragment, entries },
      ownOutputs: outputs,
      incoming: [...incoming.values()].sort((a, b) => (a.crossing.name < b.crossing.name ? -1 : 1)),
      after: layers.filter((each) => after.has(each)),
    }
  })

  return pieces.map(({ ownOutputs, ...piece }) => ({
    ...piece,
    outputs: { ...ownOutputs, ...carried(outgoing.get(piece.layer)) },
  }))
}

function cutEntry(
  { id, why, resource }: Entry,
  layer: Layer,
  home: ReadonlyMap<string, { layer: Layer }>,
  after: Set<Layer>,
  replace: (target: string, attribute?: string) => unknown,
): Entry {
  const { DependsOn = [], ...rest } = resource
  const own: string[] = []
  for (const target of DependsOn) {
    const producer = home.get(target)?.layer
    if (!producer) throw new Error(`${id} depends on ${target}, which does not exist`)
    if (producer === layer) own.push(target)
    else after.add(producer)
  }
  const { Type, ...others } = replaceReferences(rest, replace) as Entry['resource']
  return { id, ...(why ? { why } : {}), resource: { Type, ...(own.length > 0 ? { DependsOn: own } : {}), ...others } }
}

const carried = (crossings: ReadonlyMap<string, Crossing> | undefined): Record<string, Output> =>
  Object.fromEntries(
    [...(crossings ?? [])]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, { target, attribute, label }]) => [
        name,
        {
          Description: `${label}, for the templates that build on this one`,
          Value: attribute === undefined ? { Ref: target } : { 'Fn::GetAtt': [target, attribute] },
        },
      ]),
  )
