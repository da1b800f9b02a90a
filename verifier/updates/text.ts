/** An update for a person at a terminal. */
import { drawn, type Paint, wrapped } from '../report/text.ts'
import { visibleTexts } from '../report/visible.ts'
import { isCustom } from './behaviour.ts'
import type { PropertyChange, ResourceChange } from './changes.ts'
import type { ClaimChange, Update } from './diff.ts'
import {
  byKind,
  causes,
  counts,
  declaredInWords,
  inWords,
  type Kind,
  meanings,
  momentInWords,
  named,
  parameterInWords,
  stepsInWords,
  valueInWords,
  verdictInWords,
} from './said.ts'
import type { StepFinding } from './steps.ts'

const plain: Paint = (text) => text
const colours: Readonly<Record<Kind, 'green' | 'red' | 'yellow' | 'dim'>> = {
  refused: 'red',
  replaced: 'red',
  'may be replaced': 'yellow',
  removed: 'red',
  'new version': 'dim',
  changed: 'yellow',
  added: 'green',
}
const indent = ' '.repeat(4)
/** Of sentences, so that they stand on a page. */
const width = 76
/** Beyond it, what was and what is have a line each. */
const widest = 72

export function updateText(raw: Update, paint: Paint = plain): string {
  const update = visibleTexts(raw)
  return [
    ...byKind(update).flatMap(([kind, those]) => those.flatMap((each) => resource(update, kind, each, paint))),
    ...section(
      'logical IDs that change, which makes these again',
      update.renamed.map(({ from, to, type }) => `${named(update, from)} -> ${named(update, to)}  ${type}`),
    ),
    ...section(
      'parameters',
      update.parameters.flatMap((each) => wrapped(`${each.name} ${parameterInWords(each)}`, width)),
    ),
    ...section('declared by the config', update.declared.map(declaredInWords)),
    ...(update.verdict.claims.length > 0 ? ['', 'claims:'] : []),
    ...update.verdict.claims.flatMap((claim) => judged(claim, paint)),
    ...(update.steps.findings.length > 0 ? ['', 'while the update runs:'] : []),
    ...update.steps.findings.flatMap((finding) => moment(update, finding, paint)),
    ...section(
      'cannot be read on both sides, so what is in them is not compared',
      update.unread.map((key) => named(update, key)),
    ),
    ...(update.resources.length + update.parameters.length + update.declared.length + update.verdict.claims.length > 0
      ? ['']
      : []),
    counts(update),
    ...(update.resources.length > 0
      ? [
          paint(
            stepsInWords(update),
            update.steps.verdict === 'safe' ? 'green' : update.steps.verdict === 'opens' ? 'red' : 'yellow',
          ),
        ]
      : []),
    paint(verdict(update), update.verdict.after === 'proved' ? 'green' : 'yellow'),
    '',
  ]
    .join('\n')
    .replace(/^\n/, '')
}

const resource = (update: Update, kind: Kind, change: ResourceChange, paint: Paint): string[] => [
  `${paint(kind, colours[kind])}  ${paint(named(update, change.key), 'bold')}`,
  `${indent}${change.type}  [${change.place.file}:${change.place.line}]`,
  ...meanings(change).flatMap((each) => wrapped(each, width).map((line) => `${indent}${paint(line, 'dim')}`)),
  ...causes(change).own.flatMap((each) => property(change, each).map((line) => `${indent}${line}`)),
  ...[...causes(change).following].map(
    ([key, those]) => `${indent}follows ${named(update, key)}: ${those.map(({ path }) => path).join(', ')}`,
  ),
]

function property(change: ResourceChange, { path, before, after, replaces, when }: PropertyChange): string[] {
  const notes = [
    ...(replaces === 'yes' && change.change === 'replaced' ? ['  (replaces)'] : []),
    ...(replaces === 'maybe' && !isCustom(change.type) ? ['  (may replace)'] : []),
    ...(when === undefined ? [] : [`  when ${inWords(when)}`]),
  ].join('')
  const [was, is] = [valueInWords(before), valueInWords(after)]
  return path.length + was.length + is.length + notes.length < widest
    ? [`${path}: ${was} -> ${is}${notes}`]
    : [`${path}:${notes}`, `  - ${was}`, `  + ${is}`]
}

const judged = (claim: ClaimChange, paint: Paint): string[] => [
  `  ${claim.id}  ${paint(claim.target, 'bold')}  ${verdictInWords(claim)}${claim.when === undefined ? '' : `  when ${inWords(claim.when)}`}`,
  ...wrapped(claim.because, width).map((line) => `${indent}${paint(line, 'dim')}`),
  ...drawn(claim.path ?? [], indent),
  ...(claim.remedy === undefined ? [] : [`${indent}change  ${claim.remedy}`]),
  ...(claim.unknown === undefined ? [] : [`${indent}settle  ${claim.unknown.settle}`]),
]

const moment = (update: Update, finding: StepFinding, paint: Paint): string[] => [
  `  ${finding.id}  ${paint(finding.target, 'bold')}  ${finding.verdict}`,
  ...wrapped(momentInWords(update, finding), width).map((line) => `${indent}${line}`),
  ...wrapped(finding.because, width).map((line) => `${indent}${paint(line, 'dim')}`),
  ...drawn(finding.path, indent),
]

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ['', `${title}:`, ...lines.map((line) => `  ${line}`)]

function verdict({ verdict: { before, after } }: Update): string {
  return before === after ? `All claims together: ${after}, as before.` : `All claims together: ${before} -> ${after}.`
}
