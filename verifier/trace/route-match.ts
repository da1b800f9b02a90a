/**
 * Which route takes a request: a full match before a greedy one, of these the one with the most specific path, and of
 * two with the same path the one that names the method. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 */

export type RouteMatch = {
  readonly key: string
  /** What the variables of the path stand for; of a greedy one, all that is left. */
  readonly variables: ReadonlyMap<string, string>
}

type Key = { readonly key: string; readonly method: string; readonly segments: readonly string[] }

/** Of keys as templates write them: `GET /orders/{id}`, `ANY /{proxy+}`, `$default`. */
export function bestRoute(keys: readonly string[], method: string, path: string): RouteMatch | undefined {
  const matching = keys
    .flatMap((key) => parsed(key) ?? [])
    .flatMap((key) => {
      const variables = variablesOf(key, method, path)
      return variables ? [{ key, variables }] : []
    })
    .toSorted((a, b) => bySpecificity(a.key, b.key))
  const [best] = matching
  if (best) return { key: best.key.key, variables: best.variables }
  return keys.includes('$default') ? { key: '$default', variables: new Map() } : undefined
}

function parsed(key: string): Key | undefined {
  const [, method, path] = /^([A-Z]+) (\/.*)$/s.exec(key) ?? []
  return method === undefined || path === undefined ? undefined : { key, method, segments: segmentsOf(path) }
}

/** `/` has none; what stands after the last slash is one, even if it is empty. */
const segmentsOf = (path: string): readonly string[] => (path === '/' ? [] : path.slice(1).split('/'))

const variable = /^\{([^{}+]+)(\+?)\}$/

function variablesOf(key: Key, method: string, path: string): ReadonlyMap<string, string> | undefined {
  if (key.method !== 'ANY' && key.method !== method) return undefined
  const given = segmentsOf(path)
  const found = new Map<string, string>()
  for (const [index, segment] of key.segments.entries()) {
    const here = given[index]
    // A variable stands for at least one character: `/{proxy+}` does not take `/`.
    if (here === undefined || (here === '' && segment !== '')) return undefined
    const [, name, greedy] = variable.exec(segment) ?? []
    if (name === undefined) {
      if (segment !== here) return undefined
    } else if (greedy) {
      found.set(name, given.slice(index).join('/'))
      return found
    } else found.set(name, here)
  }
  return given.length === key.segments.length ? found : undefined
}

/** A full match before a greedy one, a written segment before a variable, the longer greedy one, a method before any. */
const bySpecificity = (a: Key, b: Key): number => {
  const greed = Number(isGreedy(a)) - Number(isGreedy(b))
  if (greed !== 0) return greed
  const [ranks, others] = [a, b].map(({ segments }) => segments.map(rank)) as [number[], number[]]
  for (let index = 0; index < Math.max(ranks.length, others.length); index++) {
    const difference = (ranks[index] ?? 3) - (others[index] ?? 3)
    if (difference !== 0) return difference
  }
  return Number(a.method === 'ANY') - Number(b.method === 'ANY')
}

const isGreedy = ({ segments }: Key): boolean => segments.some((segment) => rank(segment) === 2)

const rank = (segment: string): number => {
  const [, name, greedy] = variable.exec(segment) ?? []
  return name === undefined ? 0 : greedy ? 2 : 1
}
