/** Values as people read them. */
import { atomsOf } from './atoms.ts'
import { nameOf, textOf, type Value } from './value.ts'

/** What it is, with `${Name}` for what the templates leave open. */
export const inWords = (value: Value): string =>
  textOf(value) ??
  (value.kind === 'joined'
    ? value.parts.map(inWords).join('')
    : value.kind === 'ref'
      ? `\${${nameOf(value.resource)}${value.attribute === undefined ? '' : `.${value.attribute}`}}`
      : value.kind === 'list'
        ? value.items.map(inWords).join(', ')
        : `\${${nameOfOpen(value)}}`)

/** The names of what keeps a value from being known. */
export const nameOfOpen = (value: Value): string =>
  atomsOf(value, true)
    .map(({ name }) => name)
    .join(' and ')

/** What people call a thing that the templates do not hold: the parameter that names it, or the value. */
export const nameOfOutside = (value: Value): string =>
  (value.kind === 'text' ? value.from?.name : undefined) ?? inWords(value).replace(/^\$\{(.*)\}$/, '$1')
