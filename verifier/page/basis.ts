/** What the verdict rests on: what was declared, and what is assumed. */
import type { Contents } from '../contents/contents.ts'
import { quoted } from '../judge/shell-words.ts'
import type { ClaimReport } from '../report/report.ts'
import { type Html, html, none } from './html.ts'
import { claimLink, joined, listOf, name } from './words.ts'

export const basisSection = ({ report }: Contents): Html => html`<section id="basis" aria-labelledby="basis-title">
<h2 id="basis-title">Declarations and assumptions</h2>
<h3>Declared</h3>
${report.declarations.length === 0 ? html`<p>Nothing was declared: the verdict rests on the templates alone.</p>` : html`<p>Said by the person who asked for this report, and not by the templates:</p>${listOf(report.declarations.map(({ kind, value }) => declared(kind, value, report.claims)))}`}
${report.unused.length === 0 ? none : html`<p>Not needed for any claim: ${joined(report.unused.map(name))}</p>`}
<h3>Assumed</h3>
${report.assumptions.length === 0 ? html`<p>Nothing is proved, so nothing is assumed.</p>` : listOf(report.assumptions.map((each) => assumed(each, report.claims)))}
</section>`

const declared = (kind: string, value: string, claims: readonly ClaimReport[]): Html => {
  const users = claims.filter(({ used = [] }) => used.includes(`--${kind} ${value}`))
  return html`${name(quoted(`--${kind}`, value))}${by('used by', users)}`
}

const assumed = (text: string, claims: readonly ClaimReport[]): Html =>
  html`${text}${by(
    'for',
    claims.filter((claim) => claim.assumed?.includes(text)),
  )}`

const by = (word: string, claims: readonly ClaimReport[]): Html => {
  const ids = [...new Set(claims.map(({ id }) => id))]
  return ids.length === 0 ? none : html` <span class="by">${word} ${joined(ids.map(claimLink))}</span>`
}
