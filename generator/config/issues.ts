import type { z } from 'zod'
import type { Diagnostic } from '../errors/diagnostic.ts'
import { nearest } from '../errors/nearest.ts'
import { alternatives, show } from '../errors/show.ts'
import { flow } from './flow.ts'
import { asList } from './lists.ts'
import { meantBy } from './meant.ts'
import { laterRemedy } from './schema/later.ts'
import { keysOf, notesOf, onlyKeyFor, schemaAt } from './schema/lookup.ts'
import { MISSING } from './schema/says.ts'

type Issue = z.core.$ZodIssue
type Path = readonly (string | number)[]

const KINDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a group of keys',
  record: 'a group of keys',
}

const kindOf = (value: unknown): string => {
  if (value === null) return 'nothing'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'a group of keys'
  return `${typeof value === 'string' ? 'the text' : 'the value'} ${show(value)}`
}

const lowerFirst = (text: string): string =>
  /^[A-Z][^A-Z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text

const nameOf = (path: Path): string => {
  const last = path.at(-1)
  if (last === undefined) return 'the config'
  return typeof last === 'number' ? `entry ${last + 1} of "${String(path.at(-2) ?? '')}"` : `"${last}"`
}

const exampleOf = (path: Path): string | undefined => {
  const notes = notesOf(schemaAt(path))
  const value = notes.example ?? notes.default
  if (value === undefined) return undefined
  const key = path.at(-1)
  return typeof key === 'number' || key === undefined ? `- ${flow(value)}` : `${flow(key)}: ${flow(value)}`
}

const describe = (path: Path): { why?: string } => {
  const description = notesOf(schemaAt(path)).description
  return description === undefined ? {} : { why: lowerFirst(description) }
}

const unknownKey = (path: Path): Diagnostic => {
  const remedy = laterRemedy(path)
  if (remedy !== undefined)
    return { code: 'PC106', path, at: 'key', message: `"${path.join('.')}" is not supported yet`, remedy }
  return {
    code: 'PC101',
    path,
    at: 'key',
    message: `unknown key ${show(String(path.at(-1)))}`,
    why: 'a key that is ignored would look as if it worked',
    remedy: meantBy(path),
  }
}

const missingKey = (path: Path): Diagnostic => ({
  code: 'PC102',
  path,
  at: 'key',
  message: `${path.length > 1 ? `${nameOf(path.slice(0, -1))} has no` : 'there is no'} key "${String(path.at(-1))}"`,
  ...describe(path),
  remedy: `add ${exampleOf(path) ?? `the key ${String(path.at(-1))}`}`,
})

const kindRemedy = (expected: string, value: unknown, path: Path): string => {
  if (expected === 'string' && (typeof value === 'number' || typeof value === 'boolean'))
    return `put it in quotes: "${value}"`
  if ((expected === 'int' || expected === 'number') && typeof value === 'string' && /^-?[0-9]+$/.test(value))
    return `remove the quotes: ${value}`
  if (expected === 'boolean' && /^(?:y|yes|on|true|1)$/i.test(String(value))) return 'write true'
  if (expected === 'boolean' && /^(?:n|no|off|false|0)$/i.test(String(value))) return 'write false'
  if (expected === 'boolean' && typeof value === 'string') return 'write false or true'
  const list = expected === 'array' ? asList(value, path) : undefined
  if (list !== undefined) return `write it as a list: ${flow(list)}`
  const key = expected === 'object' ? onlyKeyFor(value, schemaAt(path)) : undefined
  if (key !== undefined && typeof path.at(-1) === 'number') return `write ${flow({ [key]: value })}`
  if (key !== undefined)
    return `write ${flow({ [String(path.at(-1) ?? '')]: { [key]: value } })}`.replace('{ ', '').replace(/ \}$/, '')
  const example = exampleOf(path)
  if (example !== undefined) return `write for example ${example}`
  const keys = keysOf(schemaAt(path))
  return `write ${KINDS[expected] ?? expected}${keys.length === 0 ? '' : `: ${keys.join(', ')}`}`
}

const wrongKind = (expected: string, value: unknown, path: Path): Diagnostic => ({
  code: 'PC103',
  path,
  message:
    value === null
      ? `${nameOf(path)} is empty`
      : `${nameOf(path)} must be ${KINDS[expected] ?? expected}, but is ${kindOf(value)}`,
  ...describe(path),
  remedy:
    value === null
      ? `${kindRemedy(expected, value, path)}, or remove the key if it is optional`
      : kindRemedy(expected, value, path),
})

const said = (message: string, path: Path, at?: 'key'): Diagnostic => {
  const [wrong = message, remedy = 'correct the value', why] = message.split('\n')
  return {
    code: 'PC104',
    path,
    ...(at === undefined ? {} : { at }),
    message: wrong,
    ...(why === undefined ? {} : { why }),
    remedy,
  }
}

const notOneOf = (values: readonly unknown[], value: unknown, path: Path): Diagnostic => {
  const later = typeof value === 'string' ? laterRemedy([...path, value]) : undefined
  if (later !== undefined)
    return { code: 'PC106', path, message: `"${path.join('.')}: ${value}" is not supported yet`, remedy: later }
  const meant = typeof value === 'string' ? nearest(value, values.map(String)) : undefined
  return {
    code: 'PC104',
    path,
    message: `${nameOf(path)} cannot be ${kindOf(value).replace(/^the (?:text|value) /, '')}`,
    ...describe(path),
    remedy:
      meant === undefined
        ? `write ${alternatives(values)}`
        : `did you mean ${meant}? use one of ${values.map(String).join(', ')}`,
  }
}

/** Of a union, the branch that takes this kind of value; its issues are the ones that help. */
const branchOf = (branches: readonly (readonly Issue[])[]): readonly Issue[] | undefined =>
  branches.find(
    (issues) =>
      !issues.some(
        (issue) => issue.path.length === 0 && (issue.code === 'invalid_type' || issue.code === 'invalid_value'),
      ),
  )

const fromUnion = (issue: Extract<Issue, { code: 'invalid_union' }>, path: Path): Diagnostic[] => {
  const branch = branchOf(issue.errors)
  if (branch !== undefined) return branch.flatMap((inner) => fromIssue(inner, path))
  const literals = issue.errors.flatMap((errors) =>
    errors.flatMap((inner) => (inner.code === 'invalid_value' ? inner.values : [])),
  )
  const kinds = issue.errors.flatMap((errors) =>
    errors.flatMap((inner) => (inner.code === 'invalid_type' ? [KINDS[inner.expected] ?? inner.expected] : [])),
  )
  const example = exampleOf(path)
  return [
    {
      code: 'PC103',
      path,
      message:
        issue.input === null
          ? `${nameOf(path)} is empty`
          : `${nameOf(path)} must be ${alternatives([...new Set([...literals, ...kinds])])}, but is ${kindOf(issue.input)}`,
      ...describe(path),
      remedy:
        example !== undefined
          ? `write for example ${example}`
          : issue.input === null && kinds.includes(KINDS['string'] ?? '')
            ? 'write a value, "" for an empty one, or remove the key'
            : `write ${alternatives([...literals, ...kinds])}`,
    },
  ]
}

/** One issue of zod as mistakes that a person can act on. */
const fromIssue = (issue: Issue, prefix: Path): Diagnostic[] => {
  const path: Path = [...prefix, ...issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part))]
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey([...path, key]))
    case 'invalid_type':
      return [issue.input === undefined ? missingKey(path) : wrongKind(issue.expected, issue.input, path)]
    case 'invalid_value':
      return [issue.input === undefined ? missingKey(path) : notOneOf(issue.values, issue.input, path)]
    case 'invalid_union':
      return issue.input === undefined ? [missingKey(path)] : fromUnion(issue, path)
    case 'invalid_key':
      return issue.issues.map((inner) => said(inner.message, path, 'key'))
    case 'custom':
      return [issue.params === MISSING ? missingKey(path) : said(issue.message, path)]
    default:
      return [said(issue.message, path)]
  }
}

/** zod also measures the length of what is of the wrong kind. */
const withoutMeasures = (issues: readonly Issue[]): Issue[] => {
  const wrong = new Set(issues.flatMap(({ code, path }) => (code === 'invalid_type' ? [path.join('.')] : [])))
  return issues.filter(({ code, path }) => code === 'invalid_type' || !wrong.has(path.join('.')))
}

export const diagnosticsOf = (issues: readonly Issue[]): Diagnostic[] =>
  withoutMeasures(issues).flatMap((issue) => fromIssue(issue, []))
