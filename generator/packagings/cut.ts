/**
 * The one graph, cut by layer. A reference across a cut becomes an output of the producer and a parameter of the
 * consumer; an order across a cut becomes one between the nested stacks. A reference to what exists already becomes a
 * parameter alone, and the name of the root stack is known to the root alone. Layers know nothing of this.
 */
import type { Fragment, Output } from '../cfn/fragment.ts'
import { pseudo } from '../cfn/intrinsics.ts'
import { replaceReferences } from '../cfn/references.ts'
import type { Entry } from '../cfn/resource.ts'
import type { Intrinsic } from '../cfn/value.ts'
import { APPLICATION_NAME } from '../layers/application-name.ts'
import type { Layer } from '../layers/layer.ts'
import type { CrossingParameter } from './assemble.ts'
import { applicationName, type Crossing, crossing, existing } from './crossing.ts'

type Source = { readonly fragment: Fragment }

export type Piece<L extends Source = Layer> = {
  readonly layer: L
  /** The layer's resources, with foreign references replaced by parameters. */
  readonly fragment: Fragment
  readonly outputs: Readonly<Record<string, Output>>
  /** What comes in, and from which layer; from none when it exists already and the deployer gives it. */
  readonly incoming: readonly Incoming<L>[]
  /** Layers that must be complete before, although nothing is taken from them. */
  readonly after: readonly L[]
}

type Incoming<L> = {
  readonly crossing: Crossing
  readonly from?: L
  /** What the root gives, where it comes from no layer. */
  readonly ofRoot?: Intrinsic
}

/** Where the resource behind a logical ID is made: in a layer, or outside of all templates. */
type Origins<L> = ReadonlyMap<string, { readonly type: string; readonly layer?: L }>

export function cut<L extends Source>(layers: readonly L[]): Piece<L>[] {
  const origins = originsOf(layers)
  const pieces = layers.map((layer) => pieceOf(layer, layers, origins))
  const outgoing = new Map<L, Map<string, Crossing>>(layers.map((layer) => [layer, new Map()]))
  for (const { incoming } of pieces)
    for (const { crossing, from } of incoming) if (from) outgoing.get(from)?.set(crossing.name, crossing)
  return pieces.map((piece) => ({ ...piece, outputs: { ...piece.outputs, ...carried(outgoing.get(piece.layer)) } }))
}

/** Names of all parameters that references across cuts become. */
export const crossingNames = (layers: readonly Layer[]): ReadonlySet<string> =>
  new Set(cut(layers).flatMap(({ incoming }) => incoming.map(({ crossing }) => crossing.name)))

/** The graph in one piece: only what exists already comes in. */
export const whole = (fragment: Fragment): Piece<Source> => {
  const layer: Source = { fragment }
  return pieceOf(layer, [layer], originsOf([layer]), true)
}

const originsOf = <L extends Source>(layers: readonly L[]): Origins<L> =>
  new Map(
    layers.flatMap((layer) => [
      ...layer.fragment.existing.map(({ id, type }): [string, { type: string; layer?: L }] => [id, { type }]),
      ...layer.fragment.entries.map(({ id, resource }): [string, { type: string; layer?: L }] => [
        id,
        { type: resource.Type, layer },
      ]),
    ]),
  )

function pieceOf<L extends Source>(layer: L, layers: readonly L[], origins: Origins<L>, isRoot = false): Piece<L> {
  const incoming = new Map<string, Incoming<L>>()
  const after = new Set<L>()
  const replace = (target: string, attribute?: string): unknown => {
    if (target === APPLICATION_NAME) {
      const ofRoot = pseudo('StackName')
      if (isRoot) return ofRoot
      incoming.set(target, { crossing: applicationName, ofRoot })
      return undefined
    }
    const origin = origins.get(target)
    if (!origin || origin.layer === layer) return undefined
    const crossed = (origin.layer ? crossing : existing)(origin.type, target, attribute)
    incoming.set(crossed.name, { crossing: crossed, ...(origin.layer ? { from: origin.layer } : {}) })
    return { Ref: crossed.name }
  }
  const entries = layer.fragment.entries.map((entry) => cutEntry(entry, layer, origins, { after, replace }))
  const outputs = replaceReferences(layer.fragment.outputs, replace) as Record<string, Output>
  for (const { from } of incoming.values()) if (from) after.delete(from)
  return {
    layer,
    fragment: { ...layer.fragment, entries },
    outputs,
    incoming: [...incoming.values()].sort((a, b) => (a.crossing.name < b.crossing.name ? -1 : 1)),
    after: layers.filter((each) => after.has(each)),
  }
}

type Cut<L> = {
  readonly after: Set<L>
  readonly replace: (target: string, attribute?: string) => unknown
}

function cutEntry<L>(entry: Entry, layer: L, origins: Origins<L>, { after, replace }: Cut<L>): Entry {
  const { DependsOn = [], ...rest } = entry.resource
  const own: string[] = []
  for (const target of DependsOn) {
    const origin = origins.get(target)
    if (!origin) throw new Error(`${entry.id} depends on ${target}, which does not exist`)
    if (origin.layer === layer) own.push(target)
    // What exists already is ready.
    else if (origin.layer) after.add(origin.layer)
  }
  const { Type, ...others } = replaceReferences(rest, replace) as Entry['resource']
  return { ...entry, resource: { Type, ...(own.length > 0 ? { DependsOn: own } : {}), ...others } }
}

/** The parameters by which references come in. */
export const incomingParameters = (
  incoming: readonly { readonly crossing: Crossing }[],
): Readonly<Record<string, CrossingParameter>> =>
  Object.fromEntries(
    incoming.map(({ crossing: { name, parameter, label } }) => [name, { definition: parameter, label }]),
  )

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
