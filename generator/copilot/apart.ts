/**
 * Copilot told services apart by their host names: SERVICE.ENV.APP.DOMAIN, or the alias. An API has further names in one
 * environment only, so with more of them each service needs paths of its own.
 */
import { assemble, valueAt } from './assemble.ts'
import { type Carried, carried, type Item } from './item.ts'
import { isAt } from './places.ts'
import type { At, Path } from './value.ts'

type Service = { readonly key: string; readonly paths: readonly string[]; readonly hosts: readonly string[] }

const textsAt = (tree: object, path: Path): readonly string[] => {
  const found = valueAt(tree as Record<string, unknown>, path)
  return Array.isArray(found) ? found.map(String) : []
}

const servicesOf = (items: readonly Item[]): readonly Service[] => {
  const tree = assemble(items)
  return Object.keys((tree.services as object | undefined) ?? {}).map((key) => ({
    key,
    paths: textsAt(tree, ['services', key, 'paths']),
    hosts: textsAt(tree, ['services', key, 'hosts']),
  }))
}

const overlap = (one: readonly string[], other: readonly string[]): boolean => one.some((each) => other.includes(each))

/** With a name each, they may have the same paths. */
const byName = (items: readonly Item[], root: At): readonly Item[] => {
  const services = servicesOf(items)
  const main = String(valueAt(assemble(items), ['domain', 'name']))
  const nameless = services.filter(
    ({ key, paths, hosts }) =>
      hosts.length === 0 && services.some((other) => other.key !== key && overlap(paths, other.paths)),
  )
  const isFree = !services.some(({ hosts }) => hosts.includes(main))
  const named = nameless.flatMap(({ key }, index): readonly Item[] => {
    if (index === 0 && isFree) return [carried(root, ['services', key, 'hosts'], [main])]
    const host = `${key}.replace-me.example`
    const ask = `${key} answers the same paths as another service: in Copilot, it had a name of its own, to write here and in hosts`
    return [
      carried(root, ['services', key, 'hosts'], [host]),
      carried(root, ['domain', 'alternativeNames'], { name: host, publish: true }, { append: true, ask }),
    ]
  })
  return [...items, ...named]
}

const isPathsOf =
  (key: string) =>
  (item: Item): item is Carried =>
    item.kind === 'carried' && item.to !== undefined && isAt(item.to, ['services', key, 'paths'])

const byPath = (items: readonly Item[], areNamesShared: boolean): readonly Item[] =>
  servicesOf(items).reduce<readonly Item[]>((each, { key, paths, hosts }) => {
    const before = servicesOf(each)
      .slice(
        0,
        servicesOf(each).findIndex((other) => other.key === key),
      )
      .find((other) => overlap(other.paths, paths) && (areNamesShared || overlap(other.hosts, hosts)))
    if (before === undefined) return each
    return each.map((item) =>
      isPathsOf(key)(item)
        ? {
            ...item,
            value: [`/${key}`, `/${key}/*`],
            degraded: true as const,
            ask: `${paths.join(' and ')} also lead to ${before.key}. In Copilot, each service had a name of its own; here the API has one in each environment. Write paths that ${key} answers, or make ${key} an application of its own, which may use the network of this one (uses)`,
          }
        : item,
    )
  }, items)

export const apart = (items: readonly Item[], environments: number, root: At): readonly Item[] =>
  environments > 1 ? byPath(items, true) : byPath(byName(items, root), false)
