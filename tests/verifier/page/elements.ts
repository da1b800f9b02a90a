/** The elements of a page, as a browser makes them of it. */
import { expect } from '@jest/globals'

export type Element = {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  /** What stands in it directly. */
  text: string
}

const empty = new Set(['meta', 'br'])
const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#39': "'",
  rarr: '\u2192',
  middot: '\u00b7',
}
const decoded = (text: string): string => text.replace(/&(#?\w+);/g, (_, name: string) => entities[name] ?? '\ufffd')

/** Fails where tags are not closed in order, attributes are not in quotes, or a text holds markup. */
export function elementsOf(page: string): readonly Element[] {
  const faults: string[] = []
  const found: Element[] = []
  const open: Element[] = []
  const start = '<!doctype html>\n'
  if (!page.startsWith(start)) faults.push('no doctype')
  // What they hold is no markup, and their hashes are in the policy.
  const rest = page.slice(start.length).replace(/(<(style|script)>)[\s\S]*?(<\/\2>)/g, '$1$3')
  let at = 0
  for (const tag of rest.matchAll(/<(\/?)([a-z][a-z0-9]*)((?:\s+[a-zA-Z-]+(?:="[^"<>]*")?)*)\s*(\/?)>/g)) {
    const [whole, isEnd, name = '', attributes = '', isClosed] = tag
    const text = rest.slice(at, tag.index)
    if (/[<>]|&(?!(?:amp|lt|gt|quot|#39|rarr|middot);)/.test(text)) faults.push(`markup in "${text}"`)
    const last = open.at(-1)
    if (last) last.text += decoded(text)
    at = tag.index + whole.length
    if (isEnd) {
      const ended = open.pop()?.name
      if (ended !== name) faults.push(`${name} ends where ${ended} should`)
      continue
    }
    const pairs = [...attributes.matchAll(/([a-zA-Z-]+)(?:="([^"]*)")?/g)]
    const element = {
      name,
      attributes: new Map(pairs.map(([, key = '', value = '']) => [key, decoded(value)])),
      text: '',
    }
    found.push(element)
    if (!isClosed && !empty.has(name)) open.push(element)
  }
  if (rest.slice(at).trim() !== '') faults.push('text after the end')
  expect([...faults, ...open.map(({ name }) => `${name} is not closed`)]).toEqual([])
  return found
}
