import type { Scalar } from './node.ts'

const nulls = new Set(['', '~', 'null', 'Null', 'NULL'])
// CloudFormation reads YAML 1.1, where these words are booleans too.
const yes = new Set(['true', 'True', 'TRUE', 'yes', 'Yes', 'YES', 'on', 'On', 'ON'])
const no = new Set(['false', 'False', 'FALSE', 'no', 'No', 'NO', 'off', 'Off', 'OFF'])
const number = /^[-+]?(\d[\d_]*(\.\d*)?|\.\d+)([eE][-+]?\d+)?$/

/** The meaning of an unquoted scalar. A number keeps its spelling: account ids start with zeros. */
export function plainScalar(text: string, at: number): Scalar {
  if (nulls.has(text)) return { kind: 'scalar', type: 'null', text: '', at }
  if (yes.has(text)) return { kind: 'scalar', type: 'bool', text: 'true', at }
  if (no.has(text)) return { kind: 'scalar', type: 'bool', text: 'false', at }
  return { kind: 'scalar', type: number.test(text) ? 'number' : 'string', text, at }
}
