import { type Template, toObject } from './template.ts'

/** Widest line on which a list is kept in one piece, in characters. */
const flowWidth = 110
const commentWidth = 100

/**
 * The template as YAML text: short intrinsics, the reason above each resource, a blank line between resources.
 * `marker` is the first line's comment. Our own printer, because the yaml package spends longer on the two forms of
 * one application than the whole rest of a run; that both read back the same is a property test.
 */
export function printYaml(template: Template, marker: string): string {
  const why = new Map(template.entries.flatMap(({ id, why }) => (why ? [[id, why] as const] : [])))
  const lines: string[] = [`# ${marker}`]
  for (const [section, value] of Object.entries(toObject(template))) {
    if (typeof value !== 'object') {
      lines.push(`${section}: ${scalar(value, '')}`)
      continue
    }
    lines.push('', `${section}:`)
    for (const [index, [key, item]] of Object.entries(value as object).entries()) {
      if (section === 'Resources' && index > 0) lines.push('')
      if (section === 'Resources') lines.push(...comment(why.get(key)))
      // Rule functions have no short form.
      lines.push(`  ${scalar(key, '')}:${block(item, '  ', section !== 'Rules')}`)
    }
  }
  return `${lines.join('\n')}\n`
}

function comment(text: string | undefined): string[] {
  if (!text) return []
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/\s+/)) {
    if (line && line.length + word.length + 1 > commentWidth) {
      lines.push(line)
      line = word
    } else line = line ? `${line} ${word}` : word
  }
  return [...lines, line].map((each) => `  # ${each}`)
}

/** What follows `key:` at the given indentation of the key, including the space or the line break. */
function block(value: unknown, indent: string, short: boolean): string {
  if (Array.isArray(value)) {
    if (value.length === 0) return ' []'
    const flow = inFlow(value, short)
    if (flow !== undefined && flow.length + indent.length <= flowWidth) return ` ${flow}`
    if (value.every(isSingleLineScalar)) return ` ${wrapped(value, `${indent}  `)}`
    return value.map((item) => `\n${indent}  -${blockInList(item, `${indent}    `, short)}`).join('')
  }
  if (typeof value !== 'object' || value === null) return ` ${scalar(value, `${indent}  `)}`
  const intrinsic = short ? shortForm(value) : undefined
  if (intrinsic) return ` ${intrinsic.tag}${block(intrinsic.argument, indent, short)}`
  const entries = Object.entries(value)
  if (entries.length === 0) return ' {}'
  return entries.map(([key, item]) => `\n${indent}  ${scalar(key, '')}:${block(item, `${indent}  `, short)}`).join('')
}

/** What follows `-`; a mapping's first key is on the same line. `indent` is that of the item's content. */
function blockInList(value: unknown, indent: string, short: boolean): string {
  const isMapping = typeof value === 'object' && value !== null && !Array.isArray(value)
  if (!isMapping || (short && shortForm(value)) || Object.keys(value).length === 0)
    return block(value, indent.slice(2), short)
  return block(value, indent.slice(2), short).replace(/^\n */, ' ')
}

const isSingleLineScalar = (value: unknown): boolean =>
  typeof value === 'string' ? !value.includes('\n') : typeof value !== 'object' || value === null

/** A list of scalars that is too long for one line, filled into several. */
function wrapped(values: readonly unknown[], indent: string): string {
  const lines: string[] = []
  let line = ''
  for (const value of values) {
    const item = `${scalar(value, '')}, `
    if (line && indent.length + line.length + item.length > flowWidth) {
      lines.push(line.trimEnd())
      line = ''
    }
    line += item
  }
  return `[\n${[...lines, line.slice(0, -2)].map((each) => indent + each).join('\n')}]`
}

/** A list on one line, when it holds only scalars, lists and intrinsics; undefined when it does not. */
function inFlow(value: unknown, short: boolean): string | undefined {
  if (Array.isArray(value)) {
    const items = value.map((item) => inFlow(item, short))
    return items.includes(undefined) ? undefined : `[${items.join(', ')}]`
  }
  if (typeof value === 'string' && value.includes('\n')) return undefined
  if (typeof value !== 'object' || value === null) return scalar(value, '')
  const intrinsic = short ? shortForm(value) : undefined
  if (!intrinsic) return undefined
  const argument = inFlow(intrinsic.argument, short)
  return argument === undefined ? undefined : `${intrinsic.tag} ${argument}`
}

const tags: Readonly<Record<string, string>> = Object.fromEntries(
  [
    'And',
    'Base64',
    'Cidr',
    'Equals',
    'FindInMap',
    'GetAZs',
    'If',
    'ImportValue',
    'Join',
    'Not',
    'Or',
    'Select',
    'Split',
    'Sub',
  ].map((name) => [`Fn::${name}`, `!${name}`]),
)

/** A YAML node carries one tag, so the argument of a short form must not be a short form itself. */
function shortForm(value: object): { tag: string; argument: unknown } | undefined {
  const keys = Object.keys(value)
  const [key] = keys
  if (keys.length !== 1 || key === undefined) return undefined
  const argument = (value as Record<string, unknown>)[key]
  if (key === 'Ref' && typeof argument === 'string') return { tag: '!Ref', argument }
  if (key === 'Fn::GetAtt' && Array.isArray(argument)) return { tag: '!GetAtt', argument: argument.join('.') }
  if (key === 'Condition' && typeof argument === 'string') return { tag: '!Condition', argument }
  const tag = tags[key]
  if (tag === undefined || (typeof argument === 'object' && argument !== null && !Array.isArray(argument)))
    return undefined
  return { tag, argument }
}

/** Texts that need no quotes in YAML 1.1 or 1.2, in block or flow context. Anything else is quoted. */
const plain = /^(?:(?:\.{1,2}\/)?[A-Za-z_/][\w./+@-]*(?:::?[\w./+@-]+)*)(?: [\w./+@()-]+(?:::?[\w./+@-]+)*)*$/
/** Words that YAML 1.1 reads as something else than text. */
const reserved = /^(?:y|n|yes|no|on|off|true|false|null)$/i

function scalar(value: unknown, indent: string): string {
  if (typeof value !== 'string') return String(value)
  if (indent && literal.test(value) && printable.test(value)) {
    const body = value.replace(/\n$/, '').split('\n')
    return `|${value.endsWith('\n') ? '' : '-'}\n${body.map((line) => line && indent + line).join('\n')}`
  }
  if (!printable.test(value) || value.includes('\n')) return escaped(value)
  if (plain.test(value) && !reserved.test(value)) return value
  return `'${value.replaceAll("'", "''")}'`
}

/** Texts of several lines that a literal block gives back unchanged. */
const literal = /^[^\s][\s\S]*\n[\s\S]*[^\s]\n?$/

/** Characters that stand for themselves in YAML 1.1 and 1.2. */
const printable = /^[\n\x20-\x7e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]*$/u

const escaped = (value: string): string =>
  JSON.stringify(value).replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
