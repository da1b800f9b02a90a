/** What an environment of the config cannot hold counts everywhere, where the environments of Copilot agree on it. */
import { schemaAt } from '../config/schema/lookup.ts'
import { assemble, type Tree, valueAt } from './assemble.ts'
import { type Carried, type Item, implied, isCarried } from './item.ts'
import { isAt, same } from './places.ts'
import type { Path } from './value.ts'

type To = Carried & { readonly to: Path }

const hasPlace = (item: Item): item is To => isCarried(item) && item.to !== undefined

const isHeld = (path: Path): boolean =>
  path[0] === 'environments' ||
  ((path[0] === 'services' || path[0] === 'jobs') && schemaAt(['environments', 'any', ...path]) !== undefined)

/** A fixed number of tasks does not mind by what others scale. */
const doesNotMind = (tree: Tree, path: Path): boolean => {
  const scale = (key: string): unknown => valueAt(tree, [...path.slice(0, 2), 'scale', key])
  return path[2] === 'scale' && scale('min') === scale('max')
}

const agree = (trees: readonly Tree[], path: Path): boolean => {
  const values = trees.map((tree) => valueAt(tree, path))
  const written = values.filter((value) => value !== undefined)
  return (
    written.every((value) => same(value, written[0])) &&
    trees.every((tree, index) => values[index] !== undefined || doesNotMind(tree, path))
  )
}

/** Rights and connections, which the config has for all environments together. */
export const isShared = (path: Path): boolean =>
  path.length === 3 &&
  /^(?:services|jobs)$/.test(String(path[0])) &&
  /^(?:permissions|policies|reaches)$/.test(String(path[2]))

const DOMAIN: Path = ['domain', 'name']

/** The name of the first environment is a better one than a placeholder; the others have theirs in a parameter. */
const firstName = (base: readonly Item[], own: readonly (readonly Item[])[]): readonly To[] => {
  const isName = (item: Item): item is To => hasPlace(item) && isAt(item.to, DOMAIN) && item.from.file !== ''
  return base.some(isName) ? [] : (own[0]?.filter(isName) ?? [])
}

const isSameEntry = (one: Item, other: Item): boolean =>
  hasPlace(one) && hasPlace(other) && isAt(one.to, other.to) && same(one.value, other.value)

/** What only some environments allowed. */
const shared = (base: readonly Item[], own: readonly (readonly Item[])[]): readonly Item[] =>
  own
    .flatMap((items) => items.filter((item) => hasPlace(item) && isShared(item.to)))
    .filter((item, index, all) => !all.slice(0, index).some((each) => isSameEntry(each, item)))
    .filter((item) => !base.some((each) => isSameEntry(each, item)))
    .map((item) =>
      own.every((items) => items.some((each) => isSameEntry(each, item)))
        ? item
        : { ...item, note: 'only some environments had it; rights and connections are the same in all of them' },
    )

/** Items for everywhere, with what environments have in common. */
export const withCommon = (base: readonly Item[], own: readonly (readonly Item[])[]): readonly Item[] => {
  const trees = own.map((items) => assemble(items))
  const tree = assemble(base)
  const differs = (own: Tree, to: Path): boolean => !isHeld(to) && !same(valueAt(tree, to), valueAt(own, to))
  const seen = new Set<string>()
  // The first environment that says it tells it for all.
  const told = own.flatMap((items, index): readonly To[] => {
    const found = items
      .filter(hasPlace)
      .filter(({ to }) => !isShared(to) && !seen.has(String(to)) && differs(trees[index] ?? {}, to) && agree(trees, to))
    for (const { to } of found) seen.add(String(to))
    return found
  })
  const lifted = [...told, ...firstName(base, own).filter(({ to }) => !told.some((each) => isAt(each.to, to)))]
  const isReplaced = (item: Item): boolean => hasPlace(item) && lifted.some(({ to }) => isAt(to, item.to))
  return [
    ...base.map((item) => (isReplaced(item) ? implied(item.from, 'every environment has a value of its own') : item)),
    ...lifted,
    ...shared(base, own),
  ]
}
