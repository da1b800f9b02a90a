/**
 * What an unquoted scalar means in YAML 1.1, and its one canonical text: `06` and `6` are `6`, `no` is
 * `false`. CloudFormation reads with a Java loader whose patterns are not quite those of the Python loaders of
 * its tools: it takes 1e3 and 089 for floating-point numbers, and prints large ones as 1.2345678901E10.
 * Where the two differ, the text is in doubt. To both, `y` and `n` are texts, whatever the specification says.
 */
import type { Scalar } from './node.ts'

const words: ReadonlyMap<string, readonly [type: Scalar['type'], text: string]> = new Map([
  ...meaning('null', '', ['', '~', 'null', 'Null', 'NULL']),
  ...meaning('bool', 'true', ['true', 'True', 'TRUE', 'yes', 'Yes', 'YES', 'on', 'On', 'ON']),
  ...meaning('bool', 'false', ['false', 'False', 'FALSE', 'no', 'No', 'NO', 'off', 'Off', 'OFF']),
])

function meaning(type: Scalar['type'], text: string, spellings: readonly string[]) {
  return spellings.map((word) => [word, [type, text]] as const)
}

/** They have no value of their own, https://yaml.org/type/value.html */
const doubtfulWords: ReadonlySet<string> = new Set(['=', '<<'])
/** Nothing else starts with another character: most texts are decided by their first one. */
const mayMean: ReadonlySet<string | undefined> = new Set([undefined, ...'-+.0123456789_~=<ynYNtTfFoO'])
const mayBeNumber = /^[-+.\d_]/
const decimal = /^[-+]?(?:0|[1-9][\d_]*)$/
const octal = /^[-+]?0[0-7_]+$/
const prefixed = /^[-+]?0(?:b[01_]+|x[\dA-Fa-f_]+)$/
const sexagesimal = /^[-+]?[1-9][\d_]*(?::[0-5]?\d)+$/
const float = /^(?:[-+]?\d[\d_]*\.[\d_]*(?:[eE][-+]\d+)?|\.\d[\d_]*(?:[eE][-+]\d+)?)$/
// What only some loaders take for a number, https://yaml.org/type/float.html
const someFloat =
  /^(?:[-+]?(?:\.[\d_]+|[\d_]+(?:\.[\d_]*)?)(?:[eE][-+]?\d+)?|[-+]?\d[\d_]*(?::[0-5]?\d)+\.[\d_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)|[-+]?0[xXbBoO][\dA-Fa-f_]*)$/
const date = /^\d{4}-\d\d-\d\d$/
const time = /^\d{4}-\d\d?-\d\d?(?:[Tt]|[ \t]+)\d/
/** Beyond, no template means a number; Python refuses to convert much longer ones. */
const longestNumber = 64

export function plainNode(text: string, at: number): Scalar {
  if (!mayMean.has(text[0])) return { kind: 'scalar', type: 'string', text, at }
  const word = words.get(text)
  if (word) return { kind: 'scalar', type: word[0], text: word[1], at }
  if (doubtfulWords.has(text)) return doubtful('string', text, at)
  if (!mayBeNumber.test(text)) return { kind: 'scalar', type: 'string', text, at }
  if (text.length > longestNumber && /^[-+.:\w]*$/.test(text)) return doubtful('string', text, at)
  if (decimal.test(text) || octal.test(text) || prefixed.test(text) || sexagesimal.test(text)) return integer(text, at)
  if (float.test(text)) return floating(text, Number(text.replaceAll('_', '')), at)
  if (someFloat.test(text) || time.test(text) || (date.test(text) && !isDate(text))) return doubtful('string', text, at)
  return { kind: 'scalar', type: 'string', text, at }
}

const doubtful = (type: Scalar['type'], text: string, at: number): Scalar => ({
  kind: 'scalar',
  type,
  text,
  at,
  doubt: true,
})

function integer(text: string, at: number): Scalar {
  const digits = text.replace(/^[-+]/, '').replaceAll('_', '')
  if (digits === '0b' || digits === '0x') return doubtful('string', text, at)
  let value: bigint
  if (digits.includes(':')) value = digits.split(':').reduce((sum, part) => sum * 60n + BigInt(part), 0n)
  else if (octal.test(digits)) value = BigInt(`0o${digits}`)
  else value = BigInt(digits)
  const canonical = String(text.startsWith('-') ? -value : value)
  // A program that reads numbers as doubles, or sums sexagesimal ones as int, says something else.
  const most = digits.includes(':') ? 2n ** 31n - 1n : BigInt(Number.MAX_SAFE_INTEGER)
  return value > most ? doubtful('number', canonical, at) : { kind: 'scalar', type: 'number', text: canonical, at }
}

/** A number of JSON, where an exponent alone makes a floating-point number, too. */
export const jsonNumber = (text: string, at: number): Scalar =>
  /^-?\d+$/.test(text) ? plainNode(text, at) : floating(text, Number(text), at)

/** The text of a floating-point number, where Java and Python print the same. */
function floating(spelled: string, value: number, at: number): Scalar {
  const size = Math.abs(value)
  const printed = Number.isInteger(value) ? `${value}.0` : String(value)
  const digits = spelled
    .replace(/[eE].*$/, '')
    .replace(/\D/g, '')
    .replace(/^0+/, '')
  const isPlain = (size === 0 && !spelled.startsWith('-')) || (size >= 1e-3 && size < 1e7)
  return isPlain && digits.length <= 15
    ? { kind: 'scalar', type: 'number', text: printed, at }
    : doubtful('number', spelled, at)
}

function isDate(text: string): boolean {
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number)
  const found = new Date(Date.UTC(2000, month - 1, day))
  found.setUTCFullYear(year, month - 1, day)
  return year > 0 && found.getUTCMonth() === month - 1 && found.getUTCDate() === day
}
