// Queries for CloudWatch Logs Insights in the guides, held against the format of the API's access log.
import { readFileSync } from 'node:fs'

/** The fields of the access log, as the emitted API writes it. */
function accessLogFields(): string[] {
  const [, format = '{}'] = readFileSync('templates/api.yaml', 'utf8').match(/Format: '(\{.*\})'/) ?? []
  return Object.keys(JSON.parse(format))
}

const words = [
  ...['fields', 'filter', 'stats', 'sort', 'limit', 'by', 'as', 'asc', 'desc', 'and', 'or', 'not', 'in', 'like'],
  ...['count', 'avg', 'max', 'min', 'pct', 'bin', 'ispresent', 'isempty'],
]

/** Names in a query that are neither words of the language, fields of the access log, nor made by the query itself. */
export function unknownFields(query: string): string[] {
  const bare = query.replaceAll(/"[^"]*"|'[^']*'|\/(?:\\.|[^/\n])+\//g, '')
  const made = [...bare.matchAll(/\bas (\w+)/g)].map(([, name = '']) => name)
  const known = [...words, ...made, ...accessLogFields()]
  return [...bare.matchAll(/(?<![@\w.])[A-Za-z_]\w*/g)].map(([name]) => name).filter((name) => !known.includes(name))
}
