/** What a code of an error, or a claim of `verify`, means; without a name, all that there are. */
import { type ClaimText, claimTexts, wrapped } from '../../verifier/index.ts'
import { type Code, codes } from '../errors/codes.ts'
import { nearest } from '../errors/nearest.ts'
import { show } from '../errors/show.ts'
import { withoutRule } from '../errors/without-rule.ts'
import { rules } from '../rules/index.ts'
import type { Terminal } from './terminal.ts'

const WIDTH = 80

/** Words in lines, all but the first indented as far as the label is long. */
const paragraph = (label: string, text: string): string =>
  `${label}${wrapped(text, WIDTH - label.length).join(`\n${' '.repeat(label.length)}`)}`

const ofCode = (code: Code): string => {
  const rule = rules.find(({ id }) => id === code)
  const { why, remedy } = rule === undefined ? (withoutRule[code] ?? {}) : { why: rule.why, remedy: undefined }
  return [
    `${code}  ${codes[code]}`,
    '',
    ...(rule === undefined ? [] : [paragraph('  Must hold  ', rule.title)]),
    ...(why === undefined ? [] : [paragraph('  Why        ', why)]),
    paragraph('  Do         ', remedy ?? 'change the place that the error shows, as its last line says'),
    ...(rule?.docs === undefined ? [] : [paragraph('  AWS        ', rule.docs)]),
    paragraph('  More       ', `docs/rules.md#${code.toLowerCase()}`),
    '',
  ].join('\n')
}

const ofClaim = ({ id, title, about, text }: ClaimText): string =>
  [
    `${id}  ${title}`,
    '',
    paragraph('  Judged     ', `for ${about}`),
    paragraph('  Means      ', text),
    paragraph('  Refuted    ', 'follow the path that is drawn to its last hop, and change what the report names'),
    paragraph('  Undecided  ', 'the report names what is not known, and the flag or the file that settles it'),
    paragraph('  More       ', 'docs/verify.md'),
    '',
  ].join('\n')

const all = (): string =>
  [
    'Codes of errors',
    ...Object.entries(codes).map(([code, text]) => `  ${code}  ${text}`),
    '',
    'Claims of verify',
    ...claimTexts.map(({ id, title }) => `  ${id.padEnd(22)}  ${title}`),
    '',
  ].join('\n')

/** What can be explained. */
export const names = (): readonly string[] => [...Object.keys(codes), ...claimTexts.map(({ id }) => id)]

/** Prints what `name` means. 64 when there is no such name. */
export function explain(terminal: Terminal, name: string | undefined): number {
  const code = Object.keys(codes).find((each) => each === name?.toUpperCase()) as Code | undefined
  const claim = claimTexts.find(({ id }) => id === name?.toLowerCase())
  if (name === undefined) terminal.out(all())
  else if (code !== undefined) terminal.out(ofCode(code))
  else if (claim !== undefined) terminal.out(ofClaim(claim))
  else {
    const meant = nearest(name, names())
    terminal.err(
      `there is no code and no claim ${show(name)}\n   ${meant === undefined ? 'portcullis explain lists them all' : `did you mean ${meant}? portcullis explain lists them all`}\n`,
    )
    return 64
  }
  return 0
}
