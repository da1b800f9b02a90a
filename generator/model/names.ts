/** `order-items` and `/order/items` -> `OrderItems`: how names of people become parts of logical IDs. */
export const pascalCase = (text: string): string =>
  text
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')

/** Byte order, the same on every machine (localeCompare is not). */
export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** The entries of an object by name, so that the order of keys in the file means nothing. */
export const sortedEntries = <Value>(object: Readonly<Record<string, Value>>): [string, Value][] =>
  Object.entries(object).sort(([a], [b]) => byText(a, b))

/** Each text once, in byte order. */
export const unique = (texts: readonly string[]): string[] => [...new Set(texts)].sort(byText)
