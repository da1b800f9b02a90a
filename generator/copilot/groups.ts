/** What tasks reach by a security group, of which only the user knows the id. */
import { type Carried, type Item, isCarried } from './item.ts'
import { keyOf } from './names.ts'
import { isAt } from './places.ts'
import type { Path } from './value.ts'

type Group = { readonly securityGroup: string; readonly port: number; readonly name: string }

type To = Carried & { readonly to: Path; readonly value: Group }

/** The n-th placeholder: two entries for one group and port would be one too many. */
const unknownGroup = (index: number): string => `sg-${'0'.repeat(16)}${index % 10}`

/** What it was called, without the names of application and environment. */
export const groupOf = (id: string, port: number): Group => ({
  securityGroup: unknownGroup(0),
  port,
  name: keyOf(/^sg-/.test(id) ? id : (id.split('-').at(-1) ?? id), 32),
})

const isGroup = (item: Item): item is To =>
  isCarried(item) &&
  item.to?.at(-1) === 'reaches' &&
  typeof item.value === 'object' &&
  item.value !== null &&
  'securityGroup' in item.value

/** Only groups with one port need their names, to be told apart. */
export const apartByName = (items: readonly Item[]): readonly Item[] => {
  const groups = items.filter(isGroup)
  return items.map((item): Item => {
    if (!isGroup(item)) return item
    const { name, port } = item.value
    const rivals = [
      ...new Set(
        groups.filter(({ to, value }) => isAt(to, item.to) && value.port === port).map(({ value }) => value.name),
      ),
    ]
    const securityGroup = unknownGroup(rivals.indexOf(name))
    return { ...item, value: rivals.length === 1 ? { securityGroup, port } : { securityGroup, port, name } }
  })
}
