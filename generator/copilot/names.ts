/** Names of Copilot -> keys of the config. */

/** Lower-case words joined by single hyphens, beginning with a letter. */
export const keyOf = (name: string, longest = 24): string => {
  const plain = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, longest)
    .replace(/-+$/, '')
  return plain === '' ? 'replace-me' : plain
}

/** A key for each name, none twice. */
export const keysOf = (names: readonly string[]): ReadonlyMap<string, string> => {
  const keys = new Map<string, string>()
  const taken = new Set<string>()
  for (const name of names) {
    if (keys.has(name)) continue
    const plain = keyOf(name)
    let key = plain
    for (let index = 2; taken.has(key); index++) key = `${plain.slice(0, 22 - String(index).length)}-${index}`
    taken.add(key)
    keys.set(name, key)
  }
  return keys
}

export const environmentKey = (name: string): string => {
  const plain = name
    .replace(/[^A-Za-z0-9_-]+/g, '-')
    .replace(/^[^A-Za-z]+/, '')
    .slice(0, 63)
  return plain === '' ? 'replace-me' : plain
}
