/** HTML in which every text is escaped, unless this program wrote it. */
import { escaped } from '../report/markup.ts'

/** Markup that is whole. */
export type Html = { readonly markup: string }
type Part = Html | string | number | readonly Html[] | undefined

/**
 * What stands between the markup is text, or is markup already. A script of the build is ASCII only if this markup is: its
 * other characters are entities.
 */
export const html = (parts: TemplateStringsArray, ...values: readonly Part[]): Html =>
  markup(String.raw({ raw: parts }, ...values.map(markupOf)))

/** Only for what holds no text of a template, or has escaped it. */
export const markup = (text: string): Html => ({ markup: text })

export const none: Html = markup('')

/** One below the other. */
export const lines = (all: readonly Html[]): Html => markup(all.map((each) => each.markup).join('\n'))

const markupOf = (value: Part): string =>
  value === undefined
    ? ''
    : typeof value === 'object'
      ? 'markup' in value
        ? value.markup
        : value.map((each) => each.markup).join('')
      : escaped(String(value))
