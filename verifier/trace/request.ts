/** One HTTP request, as a person writes it. */

export type Request = {
  readonly method: string
  /** Without the query. */
  readonly path: string
  /** As it is sent, without the question mark. */
  readonly query: string
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>
  readonly host?: string
}

/** `GET /orders/17?x=1`; undefined for anything else. */
export function requestOf(
  line: string,
  headers: ReadonlyMap<string, string> = new Map(),
  host?: string,
): Request | undefined {
  const [, method, path, query = ''] = /^([A-Z]+) (\/[^\s?#]*)(?:\?([^\s#]*))?$/.exec(line.trim()) ?? []
  if (method === undefined || path === undefined) return undefined
  return { method, path, query, headers, ...(host === undefined ? {} : { host: host.toLowerCase() }) }
}

/** `name: value`, as `curl` takes it; undefined for anything else. */
export function headerOf(text: string): readonly [string, string] | undefined {
  const [, name, value] = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):\s*(.*)$/s.exec(text) ?? []
  return name === undefined || value === undefined ? undefined : [name.toLowerCase(), value.trimEnd()]
}

/** Pairs of a query, decoded. */
export const queryPairs = (query: string): readonly (readonly [string, string])[] => [...new URLSearchParams(query)]
