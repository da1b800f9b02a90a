/** An update as Markdown, for a comment on a pull request. Nothing that a template says is markup in it. */
import { visibleTexts } from '../report/visible.ts'
import type { ResourceChange } from './changes.ts'
import type { ClaimChange, Update } from './diff.ts'
import {
  byKind,
  causes,
  counts,
  cut,
  declaredInWords,
  type Kind,
  meanings,
  momentInWords,
  named,
  parameterInWords,
  stepsInWords,
  valueInWords,
  verdictInWords,
} from './said.ts'

/** GitHub takes a comment of 65,536 characters at most; what is beyond is counted. */
const mostRows = 100
const mostCharacters = 60_000

/** Of these it is enough to know how many, unless one looks closer. */
const isFolded = (kind: Kind): boolean => kind === 'changed' || kind === 'added' || kind === 'new version'

export function updateMarkdown(raw: Update): string {
  const update = visibleTexts(raw)
  const blocks = [
    '### Portcullis: what this change does',
    `${verdict(update)} ${counts(update)}`,
    ...(update.resources.length > 0 ? [text(stepsInWords(update))] : []),
    ...claims(update),
    ...moments(update),
    ...byKind(update).flatMap(([kind, those]) => table(update, kind, those)),
    ...list(
      'Logical IDs that change, which makes these again',
      update.renamed.map(
        ({ from, to, type }) =>
          `${code(named(update, from))} becomes ${code(named(update, to))} (${type.replace(/[^A-Za-z0-9:]/g, '')})`,
      ),
    ),
    ...list(
      'Cannot be read on both sides, so what is in them is not compared',
      update.unread.map((key) => code(named(update, key))),
    ),
    ...list(
      'Declared by the config',
      update.declared.map((each) => text(declaredInWords(each))),
    ),
    ...list(
      'Parameters',
      update.parameters.map((each) => `${code(each.name)} ${text(parameterInWords(each))}`),
    ),
  ]
  return `${within(blocks).join('\n\n')}\n`
}

/** Whole blocks only, so that no table ends in the middle. */
function within(blocks: readonly string[]): string[] {
  const kept: string[] = []
  let length = 0
  for (const block of blocks) {
    length += block.length + 2
    if (length > mostCharacters)
      return [...kept, 'The rest is too long for a comment: `portcullis diff` prints all of it.']
    kept.push(block)
  }
  return kept
}

function verdict({ verdict: { before, after } }: Update): string {
  const now = `**${after}**`
  return before === after
    ? `All claims together: ${now}, as before.`
    : `All claims together: ${before} before, now ${now}.`
}

const claims = ({ verdict: { claims: all } }: Update): string[] =>
  all.length === 0
    ? []
    : [
        ['| Claim | About | Verdict | Because |', '|---|---|---|---|', ...all.slice(0, mostRows).map(claimRow)].join(
          '\n',
        ),
        ...more(all.length),
      ]

const moments = (update: Update): string[] => {
  const { findings } = update.steps
  return findings.length === 0
    ? []
    : [
        [
          '| While the update runs | About | When | Because |',
          '|---|---|---|---|',
          ...findings
            .slice(0, mostRows)
            .map(
              (each) =>
                `| ${code(each.id)} ${each.verdict} | ${code(each.target)} | ${text(cut(momentInWords(update, each)))} | ${text(cut(each.because))} |`,
            ),
        ].join('\n'),
        ...more(findings.length),
      ]
}

const claimRow = (claim: ClaimChange): string =>
  `| ${code(claim.id)} | ${code(claim.target)} | ${verdictInWords(claim)} | ${text(cut(claim.because))} |`

function table(update: Update, kind: Kind, those: readonly ResourceChange[]): string[] {
  const title = `${those.length} ${kind}`
  const rows = [
    '| Resource | Type | What it means | Why |',
    '|---|---|---|---|',
    ...those.slice(0, mostRows).map((each) => row(update, each)),
  ].join('\n')
  const left = more(those.length)
  return isFolded(kind)
    ? [[`<details><summary>${title}</summary>`, rows, ...left, '</details>'].join('\n\n')]
    : [`**${title}**`, rows, ...left]
}

const more = (count: number): string[] => (count > mostRows ? [`and ${count - mostRows} more`] : [])

const row = (update: Update, change: ResourceChange): string =>
  `| ${[
    code(named(update, change.key)),
    code(change.type),
    text(meanings(change).join('; ')),
    why(update, change),
  ].join(' | ')} |`

function why(update: Update, change: ResourceChange): string {
  const { own, following } = causes(change)
  return [
    ...own.map(
      ({ path, before, after }) => `${code(path)}: ${code(valueInWords(before))} to ${code(valueInWords(after))}`,
    ),
    ...[...following.keys()].map((key) => `follows ${code(named(update, key))}`),
  ].join('<br>')
}

const list = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0
    ? []
    : [
        `**${title}**`,
        lines
          .slice(0, mostRows)
          .map((line) => `- ${line}`)
          .join('\n'),
        ...more(lines.length),
      ]

/** Every character that Markdown or HTML may take for something else is written as its number. */
const text = (raw: string): string => raw.replace(/[^A-Za-z0-9 .,:;()'=/%-]|\/\/|www\./g, numbered)

const numbered = (characters: string): string => Array.from(characters, (each) => `&#${each.codePointAt(0)};`).join('')

const code = (raw: string): string => `<code>${text(raw)}</code>`
