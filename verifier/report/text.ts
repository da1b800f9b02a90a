/** A report for a person: the verdict of each claim, the path drawn hop by hop, and what to change. */
import type { Hop } from '../judge/findings.ts'
import { quoted } from '../judge/shell-words.ts'
import type { ClaimReport, Report, Verdict } from './report.ts'
import { visibleTexts } from './visible.ts'

export type Paint = (text: string, colour: 'green' | 'red' | 'yellow' | 'dim' | 'bold') => string

const plain: Paint = (text) => text
const marks: Readonly<Record<Verdict, string>> = { proved: 'proved   ', refuted: 'REFUTED  ', undecided: 'undecided' }
const colours = { proved: 'green', refuted: 'red', undecided: 'yellow' } as const

/** Only what is not proved: nothing when all is. */
export function brief(raw: Report, paint: Paint = plain): string {
  const report = visibleTexts(raw)
  if (report.verdict === 'proved') return ''
  const open = report.claims.filter(({ verdict }) => verdict !== 'proved')
  return [...judged(open, paint), '', paint(conclusion(report), colours[report.verdict]), ''].join('\n')
}

export function text(raw: Report, paint: Paint = plain): string {
  const report = visibleTexts(raw)
  const notes = report.notes.flatMap((note) => [
    `note       ${note.id}  ${note.verdict}${when(note)}`,
    ...explained(note, paint),
  ])
  return [
    ...judged(report.claims, paint),
    ...notes,
    ...section(
      'declared',
      report.declarations.map(({ kind, value }) => quoted(`--${kind}`, value)),
    ),
    ...section('assumed', report.assumptions),
    '',
    paint(conclusion(report), colours[report.verdict]),
    '',
  ].join('\n')
}

const judged = (claims: readonly ClaimReport[], paint: Paint): readonly string[] => {
  const width = Math.max(...claims.map(({ id }) => id.length))
  return claims.flatMap((claim) => [
    `${paint(marks[claim.verdict], colours[claim.verdict])}  ${claim.id.padEnd(width)}  ${paint(claim.target, 'bold')}${when(claim)}`,
    ...explained(claim, paint),
  ])
}

const explained = (claim: ClaimReport, paint: Paint): string[] => [
  ...wrapped(claim.because, 100).map((line) => `           ${paint(line, 'dim')}`),
  ...(claim.verdict === 'proved' ? [] : drawn(claim.path ?? [])),
  ...(claim.remedy ? [`           change  ${claim.remedy}`] : []),
  ...(claim.unknown ? [`           settle  ${claim.unknown.settle}`] : []),
]

const when = ({ when: values }: ClaimReport): string =>
  values
    ? `  when ${Object.entries(values)
        .map(([name, value]) => `${name}=${value}`)
        .join(', ')}`
    : ''

/** A path, one hop in a line. */
export const drawn = (path: readonly Hop[], indent = ' '.repeat(11)): string[] =>
  path.map(({ node, via, file, line }, index) => {
    const place = file === undefined ? '' : `  [${file}:${line}]`
    return `${indent}${index === 0 ? '   ' : '-> '}${node}${via ? `  (${via})` : ''}${place}`
  })

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ['', `${title}:`, ...lines.map((line) => `  ${line}`)]

function conclusion({ verdict, claims }: Report): string {
  const count = (wanted: Verdict): number => claims.filter((claim) => claim.verdict === wanted).length
  if (verdict === 'proved') return `All ${claims.length} claims proved.`
  return `${count('refuted')} refuted, ${count('undecided')} undecided, ${count('proved')} proved.`
}

/** Words in lines of at most `width` characters, unless one word is longer. */
export function wrapped(words: string, width: number): string[] {
  const lines: string[] = ['']
  for (const word of words.split(' ')) {
    const last = lines.at(-1) as string
    if (last !== '' && last.length + word.length + 1 > width) lines.push(word)
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`
  }
  return lines
}
