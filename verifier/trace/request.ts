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

/** What to write instead of a line that is no request. */
export function requestRemedy(line: string): string {
  const [, method = '', host, path = ''] =
    /^([A-Za-z]+) +(?:https?:\/\/([^\s/?#]*))?(\/[^\s#]*)?$/.exec(line.trim()) ?? []
  const meant = `${method.toUpperCase()} ${path === '' ? '/' : path}`
  if (host !== undefined) return `write "${meant}", and name the host ${host} beside it`
  if (path !== '' && method !== method.toUpperCase()) return `write the method in capitals: "${meant}"`
  return 'write METHOD /path, such as "GET /orders/17"'
}

/** A host name, as a client asks DNS for it. */
export const isHostName = (text: string): boolean => text.split('.').every((label) => /^[a-z0-9_-]{1,63}$/i.test(label))

export const hostRemedy = 'write a host name, such as api.example.com'

/** `name: value`, as `curl` takes it; undefined for anything else. */
export function headerOf(text: string): readonly [string, string] | undefined {
  const [, name, value] = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):\s*(.*)$/s.exec(text) ?? []
  return name === undefined || value === undefined ? undefined : [name.toLowerCase(), value.trimEnd()]
}

/** Pairs of a query, decoded. */
export const queryPairs = (query: string): readonly (readonly [string, string])[] => [...new URLSearchParams(query)]
