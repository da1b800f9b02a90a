/** What declarations speak of: single things that the templates do not determine. */
import { written } from './exports.ts'
import { isAbsent, keyOf, type Origin, originsOf, type Value } from './value.ts'

/**
 * The things that a value depends on, each once: what is not determined, or else the value itself. `isTakenApart`: each
 * part of a text is a thing of its own, as it is where its value is asked for.
 */
export function atomsOf(value: Value, isTakenApart: boolean): readonly Origin[] {
  const found = new Map<string, Origin>()
  const add = (origin: Origin): void => {
    const key = `${origin.name}${isChooser(origin) ? ' chooses' : ''}`
    const before = found.get(key)
    if (!before || (before.parameter === undefined && origin.parameter !== undefined)) found.set(key, origin)
  }
  const walk = (each: Value): void => {
    if (each.kind === 'text') add(each.from ?? { kind: 'literal', name: each.text })
    else if (each.kind === 'list') each.items.forEach(walk)
    else if (each.kind === 'map') [...each.entries.values()].forEach(walk)
    else if (each.kind === 'joined' && !isTakenApart && each.parts.every(isWritten)) add(wholeOf(each))
    else if (each.kind === 'joined') each.parts.filter(({ kind }) => kind !== 'text').forEach(walk)
    else if (each.kind === 'any') {
      const open = each.origins.filter(({ kind }) => kind !== 'attribute')
      for (const origin of open.length > 0 ? open : each.origins) add(origin)
    } else for (const origin of originsOf(each)) add(origin)
  }
  walk(value)
  if (found.size === 0 && isAbsent(value)) add({ kind: 'unreadable', name: 'a value where there is none' })
  else if (found.size === 0) add({ kind: 'literal', name: keyOf(value) })
  return [...found.values()]
}

/** It only says which of several things is meant, as the key of a map does: what is said of it is said of none of these. */
export const isChooser = ({ values }: Origin): boolean => values !== undefined

const isWritten = ({ kind }: Value): boolean => kind === 'text' || kind === 'outside'

/** A text with parameters in it is one thing, and what is said of a parameter is not said of everything that contains it. */
function wholeOf(whole: Value): Origin {
  const question = originsOf(whole).find(({ parameter }) => parameter !== undefined)
  return { ...question, kind: 'literal', name: written(whole) }
}
