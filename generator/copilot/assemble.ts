/** Items -> the config that they make. */
import type { Carried, Item } from './item.ts'
import { isAt, same } from './places.ts'
import type { Path } from './value.ts'

export type Tree = { [key: string]: unknown }

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value)

export const valueAt = (tree: Tree, path: Path): unknown =>
  path.reduce<unknown>((value, part) => {
    if (Array.isArray(value)) return value[Number(part)]
    return isTree(value) && Object.hasOwn(value, part) ? value[part] : undefined
  }, tree)

/** The tree with a value at a path. A map stays what it is when an empty one is put over it. */
const withValue = (tree: Tree, [part, ...rest]: Path, value: unknown, append: boolean): Tree => {
  const key = String(part)
  const before = Object.hasOwn(tree, key) ? tree[key] : undefined
  const inner = (): unknown => {
    if (rest.length > 0) return withValue(isTree(before) ? before : {}, rest, value, append)
    if (append) return addedTo(Array.isArray(before) ? before : [], value)
    return isTree(before) && isTree(value) ? { ...before, ...value } : value
  }
  return { ...tree, [key]: inner() }
}

const addedTo = (list: readonly unknown[], value: unknown): unknown[] =>
  list.some((each) => same(each, value)) ? [...list] : [...list, value]

const applies = ({ unless }: Carried, items: readonly Item[]): boolean =>
  unless === undefined ||
  !items.some((item) => item.kind === 'carried' && item.to !== undefined && String(item.to).startsWith(String(unless)))

export const assemble = (items: readonly Item[]): Tree =>
  items.reduce<Tree>(
    (tree, item) =>
      item.kind === 'carried' && item.to !== undefined && applies(item, items)
        ? withValue(tree, item.to, item.value, item.append === true)
        : tree,
    {},
  )

/** Of two values for one place the first counts; of two retentions the longer one. The other item says so. */
export const withoutConflicts = (items: readonly Item[]): readonly Item[] => {
  const kept: Item[] = []
  for (const item of items) {
    const index = kept.findIndex((each) => isConflict(each, item))
    const first = kept[index]
    if (first?.kind !== 'carried' || item.kind !== 'carried') {
      kept.push(item)
      continue
    }
    const longer = item.to?.at(-1) === 'logRetentionDays' && Number(item.value) > Number(first.value)
    if (longer) kept[index] = item
    kept.push({
      kind: 'lost',
      from: longer ? first.from : item.from,
      why: `${item.to?.join('.')} counts for the whole application, and is ${JSON.stringify(longer ? item.value : first.value)} because of ${longer ? item.from.file : first.from.file}`,
      remedy: 'if it must differ, make two applications',
      changes: !longer && item.to?.at(-1) !== 'logRetentionDays',
    })
  }
  return kept
}

const isConflict = (one: Item, other: Item): boolean =>
  one.kind === 'carried' &&
  other.kind === 'carried' &&
  one.to !== undefined &&
  other.to !== undefined &&
  one.append !== true &&
  one.to[0] !== 'services' &&
  one.to[0] !== 'jobs' &&
  isAt(one.to, other.to) &&
  !same(one.value, other.value)
