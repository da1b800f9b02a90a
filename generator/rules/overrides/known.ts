import { isPlain, merged } from '../../cfn/merged.ts'
import { type Reference, references } from '../../cfn/references.ts'
import type { Resource } from '../../cfn/resource.ts'
import { nearest } from '../../errors/nearest.ts'
import { architecture } from '../../layers/index.ts'
import type { Override } from '../../model/overrides.ts'
import type { Finding, Path, Rule } from '../rule.ts'
import { functions, functionsIn, isWellFormed } from './written.ts'

const PSEUDO = ['AccountId', 'NoValue', 'NotificationARNs', 'Partition', 'Region', 'StackId', 'StackName', 'URLSuffix']

export const overridesKnown: Rule = {
  id: 'PC115',
  title: 'Overrides change what is generated, and refer to what exists',
  why: 'a logical ID or property that is spelt wrongly would change nothing, and a reference to nothing cannot be deployed',
  check: (model) => {
    const layers = architecture(model)
    const emitted = new Map(
      layers.flatMap(({ fragment }) =>
        fragment.entries.map(({ id, resource }) => [id, { fragment, resource }] as const),
      ),
    )
    const own = model.overrides.filter(({ id, type }) => type !== undefined && !emitted.has(id)).map(({ id }) => id)
    const existing = layers.flatMap(({ fragment }) => fragment.existing.map(({ id }) => id))
    const names = [...emitted.keys(), ...existing, ...own, ...Object.keys(model.parameters)]
    const known = new Set([...names, ...PSEUDO.map((name) => `AWS::${name}`)])
    const spelt = (name: string, among: readonly string[], otherwise: string): string => {
      const meant = nearest(name, among)
      return meant === undefined ? otherwise : `write ${meant}`
    }
    const missing = ({ kind, target }: Reference, id: string): boolean => {
      if (kind === 'ref') return !known.has(target)
      const fragment = emitted.get(id)?.fragment
      return !Object.hasOwn((kind === 'condition' ? fragment?.conditions : fragment?.mappings) ?? {}, target)
    }
    const ofOverride = (override: Override): Finding[] => {
      const { id, type, attributes } = override
      const resource = emitted.get(id)?.resource
      if (resource === undefined && type === undefined)
        return [
          {
            path: ['overrides', id],
            at: 'key',
            message: `no resource has the logical ID ${id}`,
            remedy: spelt(id, [...emitted.keys()], 'give it a Type, and it becomes a resource of its own'),
          },
        ]
      const inFunctions = functions(override)
        .filter(({ value }) => functionsIn(value).every(isWellFormed))
        .flatMap(({ path, value }) =>
          references(merged(undefined, value))
            .filter((reference) => missing(reference, id))
            .map(
              ({ kind, target }): Finding => ({
                path,
                message: kind === 'ref' ? `nothing is called ${target}` : `${id} has no ${kind} ${target} at hand`,
                remedy:
                  kind === 'ref'
                    ? spelt(target, names, 'refer to a resource, a parameter or a pseudo parameter')
                    : 'write the value itself, or a parameter',
              }),
            ),
        )
      const order = [attributes['DependsOn'] ?? []].flat().filter((each) => !known.has(String(each)))
      return [
        ...inFunctions,
        ...order.map(
          (each): Finding => ({
            path: ['overrides', id, 'DependsOn'],
            message: `nothing is called ${each}`,
            remedy: spelt(String(each), [...emitted.keys(), ...own], 'name a resource'),
          }),
        ),
        ...takenAway(['overrides', id], attributes, resource ?? {}),
      ]
    }
    return model.overrides.flatMap(ofOverride)
  },
}

/** `null` where there is nothing to take away. */
const takenAway = (path: Path, change: unknown, before: Partial<Resource> | unknown): Finding[] =>
  isPlain(change)
    ? Object.entries(change).flatMap(([key, item]): Finding[] => {
        const inside = isPlain(before) ? before[key] : undefined
        if (item !== null) return takenAway([...path, key], item, inside)
        return inside === undefined
          ? [
              {
                path: [...path, key],
                at: 'key',
                message: `there is no ${key} to take away`,
                remedy: 'remove the line, or correct the name',
              },
            ]
          : []
      })
    : []
