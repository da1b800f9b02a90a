/** A table of expectations: YAML, a list of requests, each with what is expected of it. */
import { isMap, isNode, isSeq, LineCounter, parseDocument, type YAMLMap } from 'yaml'
import { z } from 'zod'
import {
  type Expectation,
  type From,
  fromOf,
  hostRemedy,
  isHostName,
  type Request,
  requestOf,
  requestRemedy,
} from '../../verifier/index.ts'
import { nearest } from '../errors/nearest.ts'

export type Row = {
  readonly line: number
  readonly request: Request
  readonly from?: From
  readonly expected: Expectation
  /** As it is written. */
  readonly text: string
}

const rowSchema = z.strictObject({
  request: z.string(),
  host: z.string().optional(),
  headers: z.record(z.string(), z.string()).optional(),
  from: z.string().optional(),
  status: z.int().optional(),
  target: z.string().optional(),
  stop: z.string().optional(),
})
const keys = Object.keys(rowSchema.shape)

type Wrong = { readonly line: number; readonly wrong: string }

/** The rows, or the first mistake with its line. */
export function tableOf(text: string): readonly Row[] | Wrong {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const lineAt = (node: unknown): number => lines.linePos((isNode(node) ? node.range?.[0] : undefined) ?? 0).line
  const [problem] = document.errors
  if (problem) return { line: lines.linePos(problem.pos[0]).line, wrong: `not YAML: ${plain(problem.message)}` }
  const { contents } = document
  if (!isSeq(contents) || contents.items.length === 0)
    return { line: 1, wrong: 'write a list of requests: - request: GET /orders' }
  const rows: Row[] = []
  for (const item of contents.items) {
    if (!isMap(item)) return { line: lineAt(item), wrong: `write a map of ${keys.join(', ')}` }
    const line = lineAt(item)
    const read = rowSchema.safeParse(item.toJS(document))
    const row = read.success ? rowOf(read.data, line) : mistakeIn(read.error.issues[0])
    if ('wrong' in row) return { line: lineOf(item, row.key, lineAt) ?? line, wrong: row.wrong }
    rows.push(row)
  }
  return rows
}

/** Without the place, which the parser adds in its own way. */
const plain = (message: string): string => (message.split('\n')[0] ?? '').replace(/ at line \d+, column \d+:?$/, '')

/** Of the key, where the row has it. */
function lineOf(row: YAMLMap, key: string | undefined, lineAt: (node: unknown) => number): number | undefined {
  const pair = row.items.find((each) => String(each.key) === key)
  return pair && lineAt(pair.key)
}

type Mistake = { readonly key?: string; readonly wrong: string }

const shapes: Readonly<Record<string, string>> = {
  request: 'write METHOD /path, such as GET /orders/17',
  headers: 'write a map of names and texts; numbers need quotes',
  status: 'write a number, such as 401',
}

function mistakeIn(issue: z.core.$ZodIssue | undefined): Mistake {
  if (issue?.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys
    const meant = nearest(key, keys)
    return {
      key,
      wrong: `there is no key ${key}; ${meant ? `did you mean ${meant}?` : `a row has ${keys.join(', ')}`}`,
    }
  }
  const key = String(issue?.path[0])
  return { key, wrong: `${key}: ${shapes[key] ?? 'write a text'}` }
}

function rowOf(
  { request: written, host, headers = {}, from, ...expected }: z.infer<typeof rowSchema>,
  line: number,
): Row | Mistake {
  const named = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
  const request = requestOf(written, named, host)
  if (!request) return { key: 'request', wrong: `request: ${requestRemedy(written)}` }
  if (host !== undefined && !isHostName(host)) return { key: 'host', wrong: `host: ${hostRemedy}` }
  const sender = from === undefined ? undefined : fromOf(from)
  if (from !== undefined && sender === undefined)
    return { key: 'from', wrong: 'from: write internet, vpc or an address' }
  const { status, target, stop } = expected
  if (status === undefined && target === undefined && stop === undefined)
    return { wrong: 'write what is expected: status, target or stop' }
  return {
    line,
    request,
    ...(sender === undefined ? {} : { from: sender }),
    expected: {
      ...(status === undefined ? {} : { status }),
      ...(target === undefined ? {} : { target }),
      ...(stop === undefined ? {} : { stop }),
    },
    text: `${written}${from === undefined ? '' : ` from ${from}`}`,
  }
}
