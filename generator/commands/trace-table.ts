/** A table of expectations: YAML, a list of requests, each with what is expected of it. */
import { isMap, isSeq, LineCounter, parseDocument } from 'yaml'
import { z } from 'zod'
import { type Expectation, type From, fromOf, type Request, requestOf } from '../../verifier/index.ts'

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

/** The rows, or the first mistake with its line. */
export function tableOf(text: string): readonly Row[] | { readonly line: number; readonly wrong: string } {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const [problem] = document.errors
  if (problem) return { line: lines.linePos(problem.pos[0]).line, wrong: problem.message.split('\n')[0] ?? '' }
  const { contents } = document
  if (!isSeq(contents) || contents.items.length === 0)
    return { line: 1, wrong: 'write a list of requests: - request: GET /orders' }
  const rows: Row[] = []
  for (const item of contents.items) {
    const start = isMap(item) ? item.range?.[0] : undefined
    const line = lines.linePos(start ?? contents.range?.[0] ?? 0).line
    const read = rowSchema.safeParse(isMap(item) ? item.toJS(document) : item)
    if (!read.success) {
      const [issue] = read.error.issues
      return {
        line,
        wrong: [issue?.path.join('.') ?? '', issue?.message ?? ''].filter((part) => part !== '').join(': '),
      }
    }
    const row = rowOf(read.data, line)
    if (typeof row === 'string') return { line, wrong: row }
    rows.push(row)
  }
  return rows
}

function rowOf(
  { request: written, host, headers = {}, from, ...expected }: z.infer<typeof rowSchema>,
  line: number,
): Row | string {
  const named = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
  const request = requestOf(written, named, host)
  if (!request) return `request: write METHOD /path, such as GET /orders/17`
  const sender = from === undefined ? undefined : fromOf(from)
  if (from !== undefined && sender === undefined) return 'from: write internet, vpc or an address'
  const { status, target, stop } = expected
  if (status === undefined && target === undefined && stop === undefined)
    return 'write what is expected: status, target or stop'
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
