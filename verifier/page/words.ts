/** Small things that all parts of the page say alike. */
import type { Hop } from '../judge/findings.ts'
import type { Verdict } from '../report/report.ts'
import { type Html, html, none } from './html.ts'

export const verdictWords: Readonly<Record<Verdict, string>> = {
  proved: 'Proved',
  refuted: 'Refuted',
  undecided: 'Undecided',
}

export const verdictMark = (verdict: Verdict): Html =>
  html`<strong class="verdict ${verdict}">${verdictWords[verdict]}</strong>`

export const count = (number: number, thing: string): string => `${number} ${thing}${number === 1 ? '' : 's'}`

/** A name of a template, which may be long and have no space to break at. */
export const name = (text: string): Html => html`<code>${text}</code>`

/** One after the other. */
export const joined = (parts: readonly Html[], between: Html | string = ', '): Html =>
  html`${parts.map((each, index) => html`${index > 0 ? between : ''}${each}`)}`

export const claimLink = (id: string): Html => html`<a href="#claim-${id}">${id}</a>`

/** Where it stands. */
export const placeOf = ({ file, line }: { readonly file?: string; readonly line?: number }): Html =>
  file === undefined ? none : html` <span class="place">${file}${line === undefined ? '' : `:${line}`}</span>`

/** A way, hop by hop. */
export const pathOf = (path: readonly Hop[]): Html =>
  path.length === 0
    ? none
    : html`<ol class="path">${path.map(
        (hop) => html`<li>${name(hop.node)}${hop.via === undefined ? '' : html` ${hop.via}`}${placeOf(hop)}</li>`,
      )}</ol>`

export const listOf = (items: readonly Html[]): Html => html`<ul>${items.map((each) => html`<li>${each}</li>`)}</ul>`
