/** Each claim: what is claimed, the verdict for each target, and for what is not proved the path and what to do. */
import type { Contents } from '../contents/contents.ts'
import { quoted } from '../judge/shell-words.ts'
import type { ClaimReport, Report, Verdict } from '../report/report.ts'
import { type Html, html, lines, none } from './html.ts'
import { joined, listOf, name, pathOf, verdictMark } from './words.ts'

export const claimsSection = ({
  report,
  claims,
}: Contents): Html => html`<section id="claims" aria-labelledby="claims-title">
<h2 id="claims-title">Claims</h2>
${lines(claims.map((claim) => article(claim, report.claims)))}
${notAsked(report, claims)}
${notes(report.notes, claims)}
</section>`

type Claim = Contents['claims'][number]

function article(claim: Claim, all: readonly ClaimReport[]): Html {
  const reports = all.filter(({ id }) => id === claim.id)
  return reports.length === 0
    ? none
    : html`<article id="claim-${claim.id}">
<h3>${verdictMark(worst(reports))} ${claim.title}</h3>
<p class="about">${name(claim.id)}, for ${claim.about}. ${claim.text}</p>
${lines(reports.map(judged))}
${restsOn('Rests on', reports, ({ used = [] }) => used.map((flag) => name(inShell(flag))))}
${restsOn('Assumes that', reports, ({ assumed = [] }) => assumed.map((each) => html`${each}`))}
</article>`
}

/** As a shell takes it. */
const inShell = (flag: string): string => {
  const [kind = '', ...value] = flag.split(' ')
  return value.length === 0 ? flag : quoted(kind, value.join(' '))
}

const worst = (reports: readonly ClaimReport[]): Verdict =>
  (['refuted', 'undecided'] as const).find((each) => reports.some(({ verdict }) => verdict === each)) ?? 'proved'

function judged({ target, verdict, when, because, path = [], remedy, unknowns = [] }: ClaimReport): Html {
  const isProved = verdict === 'proved'
  return html`<div class="judged ${verdict}">
<p class="target">${isProved ? '' : html`${verdictMark(verdict)} `}${name(target)}</p>
<div><p>${because}</p>
${when === undefined ? none : html`<p><b>When</b> ${joined(Object.entries(when).map(([key, value]) => name(`${key}=${value}`)))}</p>`}
${isProved ? none : pathOf(path)}
${remedy === undefined ? none : html`<p class="remedy"><b>Change</b> ${remedy}</p>`}
${unknowns.length === 0 ? none : html`<p><b>What settles it</b></p>${listOf(unknowns.map(({ settle }) => (settle.startsWith('--') ? name(settle) : html`${settle}`)))}`}
</div></div>`
}

/** Said once for all targets. */
function restsOn(title: string, reports: readonly ClaimReport[], of: (report: ClaimReport) => readonly Html[]): Html {
  const all = [...new Map(reports.flatMap(of).map((each) => [each.markup, each])).values()]
  return all.length === 0 ? none : html`<p class="rests"><b>${title}</b> ${joined(all, '; ')}</p>`
}

/** Nobody has to wonder what became of them. */
function notAsked({ claims: reports, notes: said }: Report, claims: readonly Claim[]): Html {
  const left = claims.filter(({ id }) => ![...reports, ...said].some((each) => each.id === id))
  return left.length === 0
    ? none
    : html`<p class="rests">Not asked, because the templates have nothing that it is about: ${joined(
        left.map(({ id, about }) => html`${name(id)} (${about})`),
      )}.</p>`
}

/** Judged like claims, but no part of the verdict. */
const notes = (reports: readonly ClaimReport[], claims: readonly Claim[]): Html =>
  reports.length === 0
    ? none
    : html`<h3>Notes</h3>
<p class="about">Judged in the same way, and no part of the verdict.</p>
${lines(claims.map((claim) => article(claim, reports)))}`
