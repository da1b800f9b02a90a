/** The verdict, what it is about, and what it rests on: the first thing that a reader sees. */
import { createHash } from 'node:crypto'
import type { Contents } from '../contents/contents.ts'
import type { Report, Verdict } from '../report/report.ts'
import { type Html, html, none } from './html.ts'
import { table } from './table.ts'
import { claimLink, count, joined, listOf, name } from './words.ts'

const headlines: Readonly<Record<Verdict, string>> = {
  proved: 'Proved: there is no other way in',
  refuted: 'Refuted: not every claim holds',
  undecided: 'Not proved: something is not known',
}

export const headline = ({ verdict }: Report): string => headlines[verdict]

export const summary = ({ report }: Contents): Html => html`<header>
<p class="kind">Portcullis report</p>
<h1 class="${report.verdict}">${headline(report)}</h1>
<p class="lead">${sentence(report)}</p>
${openClaims(report)}
<dl class="facts">
<div><dt>About</dt><dd>${joined(report.templates.map(name))}</dd></div>
<div><dt>Claims</dt><dd><a href="#claims">${tally(report)}</a></dd></div>
<div><dt>Declared</dt><dd><a href="#basis">${report.declarations.length === 0 ? 'nothing' : count(report.declarations.length, 'declaration')}</a></dd></div>
<div><dt>Assumed</dt><dd><a href="#basis">${report.assumptions.length === 0 ? 'nothing' : count(report.assumptions.length, 'assumption')}</a></dd></div>
</dl>
</header>`

const countOf = ({ claims }: Report, wanted: Verdict): number =>
  claims.filter(({ verdict }) => verdict === wanted).length

const tally = (report: Report): string =>
  (['refuted', 'undecided', 'proved'] as const)
    .filter((each) => countOf(report, each) > 0)
    .map((each) => `${countOf(report, each)} ${each}`)
    .join(', ')

function sentence(report: Report): string {
  const { verdict, claims, declarations } = report
  const isFixed = declarations.some(({ kind }) => kind === 'parameter')
  const values = isFixed
    ? 'for the parameter values that are given, and every value of the others'
    : 'for every value of the parameters'
  if (verdict === 'proved')
    return `Requests reach the services through the API and its VPC link, as the picture shows, and nothing else does. ${claims.length === 1 ? 'The claim holds' : `All ${claims.length} claims hold`} ${values}${declarations.length === 0 ? '' : ', together with what was declared'}.`
  const [refuted, undecided] = [countOf(report, 'refuted'), countOf(report, 'undecided')]
  if (verdict === 'refuted')
    return `${refuted} of ${count(claims.length, 'claim')} ${refuted === 1 ? 'does' : 'do'} not hold. Each comes with the path that is open, the parameter values that open it, and what to change.`
  return `${undecided} of ${count(claims.length, 'claim')} ${undecided === 1 ? 'is' : 'are'} undecided, and none is refuted. Each names what the templates do not tell, and what settles it.`
}

/** What a reader has to look at first. */
function openClaims({ claims }: Report): Html {
  const open = claims.filter(({ verdict }) => verdict !== 'proved')
  const worst = open.some(({ verdict }) => verdict === 'refuted') ? 'refuted' : 'undecided'
  const shown = open.filter(({ verdict }) => verdict === worst)
  return shown.length === 0
    ? none
    : html`<div class="open">${listOf(
        shown.map(({ id, target, because }) => html`${claimLink(id)}, ${name(target)}: ${because}`),
      )}</div>`
}

/** Exactly what was looked at. */
export const filesRead = ({ files }: Contents): Html =>
  table(
    'files',
    'Files that were read',
    ['File', 'SHA-256'],
    files.map(({ path, text }) => ({
      cells: [name(path), html`<code class="digest">${createHash('sha256').update(text).digest('hex')}</code>`],
    })),
  )
