/** Texts that stand for lists. */
import type { Resolver } from './resolver.ts'
import { taintOf } from './taint.ts'
import { joined, list, text, type Value } from './value.ts'

/** Ids hold none of these, so a joined list of them comes apart again. */
const separators = [',', '|', ';', ' ', '\n']
/** Far more than CloudFormation takes in a list. */
const mostItems = 10_000

/** The parts between separators; undefined where they cannot be told. */
export function split(resolver: Resolver, whole: Value, separator: string): Value | undefined {
  const parts = whole.kind === 'joined' ? whole.parts : [whole]
  if (whole.kind !== 'joined' && whole.kind !== 'ref' && whole.kind !== 'text') return undefined
  const isSafe = separators.includes(separator)
  if (!isSafe && parts.some((part) => part.kind !== 'text' && hasIdentity(resolver, part))) return undefined
  const items: Value[][] = [[]]
  for (const part of parts) {
    if (part.kind !== 'text') items.at(-1)?.push(part)
    else
      for (const [index, piece] of part.text.split(separator, mostItems + 1).entries()) {
        if (index > 0) items.push([])
        items.at(-1)?.push(text(piece))
      }
    if (items.length > mostItems) return undefined
  }
  const made = items.map(joined)
  const isCertain = parts.every(({ kind }) => kind === 'text' || (kind === 'ref' && isSafe))
  return isCertain ? list(made) : { kind: 'list', items: made, isLoose: true }
}

function hasIdentity(resolver: Resolver, value: Value): boolean {
  const taint = taintOf(resolver, value)
  return taint === 'all' || taint.size > 0
}
