/** A table that becomes a list of blocks where there is little room; its roles stay what they are then. */
import { type Html, html, lines } from './html.ts'

export type Row = {
  readonly cells: readonly Html[]
  /** A class of its own. */
  readonly as?: 'open'
}

/** The first cell of a row is its name; how wide the columns are depends on the kind. */
export const table = (kind: string, caption: string, columns: readonly string[], rows: readonly Row[]): Html =>
  html`<table class="${kind}" role="table">
<caption>${caption}</caption>
<thead role="rowgroup"><tr role="row">${columns.map((each) => html`<th scope="col" role="columnheader">${each}</th>`)}</tr></thead>
<tbody role="rowgroup">
${lines(rows.map((row) => rowOf(columns, row)))}
</tbody>
</table>`

const rowOf = (columns: readonly string[], { cells, as }: Row): Html =>
  html`<tr role="row"${as === undefined ? '' : html` class="${as}"`}>${cells.map((cell, index) =>
    index === 0
      ? html`<th scope="row" role="rowheader">${cell}</th>`
      : html`<td role="cell" data-column="${columns[index]}">${cell}</td>`,
  )}</tr>`
