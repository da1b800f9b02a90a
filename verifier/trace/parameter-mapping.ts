/**
 * What an HTTP API makes of a request on its way to an integration.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html
 */
import type { Request } from './request.ts'
import type { Arriving } from './rule-match.ts'

export type Sent = {
  readonly request: Request
  /** The path without stage and mapping key; undefined where nobody says whether the key is in it. */
  readonly path: string | undefined
  /** As the integration gets it where no mapping says otherwise. */
  readonly passed: string | undefined
  readonly method: string | undefined
  readonly variables: ReadonlyMap<string, string>
  /** `$context` by name, as far as it is known. */
  readonly context: ReadonlyMap<string, string>
}

/** `mappings`: `overwrite:path` and the like, with their values; undefined is a value that is not known. */
export function mapped(mappings: readonly (readonly [string, string | undefined])[], sent: Sent): Arriving {
  const { request } = sent
  let path = sent.passed
  const headers = new Map<string, string | undefined>(request.headers)
  // Whatever the client calls the host, API Gateway calls its own; which name it sends is not documented.
  headers.delete('host')
  let host: string | undefined
  const query = new URLSearchParams(request.query)
  for (const [key, written] of mappings) {
    const [, action = '', place = '', name = ''] =
      /^(append|overwrite|remove):(path|header|querystring)(?:\.(.+))?$/.exec(key) ?? []
    const value = action === 'remove' || written === undefined ? undefined : mappedValue(written, sent)
    if (place === 'path') path = value
    else if (place === 'querystring') {
      if (action !== 'append') query.delete(name)
      if (value !== undefined) query.append(name, value)
    } else if (place === 'header' && name.toLowerCase() === 'host') host = value
    else if (place === 'header' && action === 'remove') headers.delete(name.toLowerCase())
    else if (place === 'header') {
      const before = action === 'append' ? headers.get(name.toLowerCase()) : undefined
      headers.set(name.toLowerCase(), before === undefined || value === undefined ? value : `${before},${value}`)
    }
  }
  return { method: sent.method, path, host, headers, query: [...query] }
}

/** A fixed text, one variable, or a text with variables in braces; undefined where one is not known. */
export function mappedValue(written: string, sent: Sent): string | undefined {
  const whole = /^\$([A-Za-z][\w.-]*)$/.exec(written)?.[1]
  if (whole !== undefined) return variableOf(whole, sent)
  let isKnown = true
  const text = written.replace(/\$\{([^}]+)\}/g, (_, name: string) => {
    const value = variableOf(name, sent)
    isKnown &&= value !== undefined
    return value ?? ''
  })
  return isKnown ? text : undefined
}

function variableOf(name: string, { request, path, variables, context }: Sent): string | undefined {
  const [scope = '', kind = '', ...rest] = name.split('.')
  const rested = rest.join('.')
  if (scope === 'context') return context.get([kind, ...rest].join('.'))
  if (scope !== 'request') return undefined
  if (kind === 'path') return rested === '' ? path : variables.get(rested)
  if (kind === 'header') return request.headers.get(rested.toLowerCase()) ?? ''
  if (kind === 'querystring') return new URLSearchParams(request.query).getAll(rested).join(',')
  return undefined
}
