/** The flags of `verify` that declare something, as data. */
import { type Declarations, type Door, doors, type Facet, facets } from '../../verifier/declarations.ts'

export type Flags = {
  readonly parameter?: readonly string[]
  readonly openRoute?: readonly string[]
  readonly allow?: readonly string[]
  readonly assume?: readonly string[]
}

type Parsed<T> = T | { readonly wrong: string }

/** Of these nothing else can be said. */
const only: Partial<Record<Facet, string>> = {
  ingress: 'none',
  egress: 'none',
  routes: 'none',
  targets: 'elsewhere',
  rights: 'none',
  opens: 'none',
}

/** The flags as declarations, or what is wrong with the first wrong one. */
export function declarationsOfFlags({
  parameter = [],
  openRoute = [],
  allow = [],
  assume = [],
}: Flags): Parsed<Declarations> {
  const parameters = parsed(parameter, parameterOf)
  if ('wrong' in parameters) return parameters
  const openRoutes = parsed(openRoute, openRouteOf)
  if ('wrong' in openRoutes) return openRoutes
  const allowed = parsed(allow, allowanceOf)
  if ('wrong' in allowed) return allowed
  const assumed = parsed(assume, assumptionOf)
  if ('wrong' in assumed) return assumed
  const [twice] = parameters.filter(({ name, value }) => parameters.some((p) => p.name === name && p.value !== value))
  if (twice) return { wrong: `--parameter ${twice.name}: two values for one parameter` }
  return {
    parameters: new Map(parameters.map(({ name, value }) => [name, value])),
    openRoutes,
    allow: allowed,
    assume: assumed,
  }
}

/** Declarations as the values of the flags that make them. */
export const flagsOf = ({ parameters, openRoutes, allow, assume }: Declarations): Required<Flags> => ({
  parameter: [...parameters].map(([name, value]) => `${name}=${value}`),
  openRoute: openRoutes.map(({ api, key }) => (api === undefined ? key : `${api}:${key}`)),
  allow: allow.map(({ door, name }) => (name === undefined ? door : `${door}:${name}`)),
  assume: assume.map(({ name, facet, value }) => `${name}.${facet}=${value}`),
})

/** Flags that say more than anyone may have meant: a door or a route of that key, wherever it is. */
export function bareFlags({ openRoutes, allow }: Declarations): readonly string[] {
  return [
    ...openRoutes.filter(({ api }) => api === undefined).map(({ key }) => `--open-route ${key}`),
    ...allow.filter(({ name }) => name === undefined).map(({ door }) => `--allow ${door}`),
  ]
}

function parsed<T>(
  flags: readonly string[],
  parse: (flag: string) => Parsed<T>,
): readonly T[] | { readonly wrong: string } {
  const found: T[] = []
  for (const flag of flags) {
    const each = parse(flag)
    if (isWrong(each)) return each
    found.push(each)
  }
  return found
}

const isWrong = (value: unknown): value is { readonly wrong: string } =>
  typeof value === 'object' && value !== null && 'wrong' in value

function parameterOf(flag: string): Parsed<{ readonly name: string; readonly value: string }> {
  const equals = flag.indexOf('=')
  if (equals < 1) return { wrong: `--parameter ${flag}: write NAME=VALUE` }
  return { name: flag.slice(0, equals), value: flag.slice(equals + 1) }
}

/** An API is a logical ID, with the path of its stack before it where that is needed; a route key starts otherwise. */
const routeOfApi = /^((?:[^\s:$*{}/]+\/)*[A-Za-z0-9]+):([A-Z]+ \/.*|\$default)$/s

function openRouteOf(flag: string): Parsed<Declarations['openRoutes'][number]> {
  const [, api, key] = routeOfApi.exec(flag) ?? []
  if (api !== undefined && key !== undefined) return { api, key }
  return flag.trim() === '' ? { wrong: '--open-route: write the key of a route, or API:KEY' } : { key: flag }
}

const namesOf: Partial<Record<Door, { readonly form: RegExp; readonly said: string }>> = {
  caller: { form: /^[^/]+(?:\/[^/]+)*\/[^/]+$/, said: 'caller:CLIENT/TARGET' },
  egress: { form: /^.+:\d{1,5}$/s, said: 'egress:PEER:PORT' },
}

function allowanceOf(flag: string): Parsed<Declarations['allow'][number]> {
  const colon = flag.indexOf(':')
  const word = colon === -1 ? flag : flag.slice(0, colon)
  const door = doors.find((each) => each === word)
  if (!door) return { wrong: `--allow ${flag}: choose one of ${doors.join(', ')}` }
  if (colon === -1) return { door }
  const name = flag.slice(colon + 1)
  const { form = /./s, said = `${door}:NAME` } = namesOf[door] ?? {}
  if (!form.test(name) || (door === 'egress' && !isPort(name))) return { wrong: `--allow ${flag}: write ${said}` }
  return { door, name }
}

function isPort(name: string): boolean {
  const port = Number(name.slice(name.lastIndexOf(':') + 1))
  return port >= 1 && port <= 65_535
}

const assumption = new RegExp(`^(.+?)\\.(${facets.join('|')})=(.*)$`, 's')

function assumptionOf(flag: string): Parsed<Declarations['assume'][number]> {
  const [, name, facet, value] = assumption.exec(flag) ?? []
  if (name === undefined || value === undefined) {
    const hasForm = /^.+\.[^.=]+=./s.test(flag)
    return {
      wrong: `--assume ${flag}: ${hasForm ? `the facet is one of ${facets.join(', ')}` : 'write NAME.FACET=VALUE'}`,
    }
  }
  if (value === '') return { wrong: `--assume ${flag}: write NAME.FACET=VALUE` }
  const sole = only[facet as Facet]
  if (sole !== undefined && value !== sole)
    return { wrong: `--assume ${flag}: for ${facet}, only "${sole}" can be assumed` }
  return { name, facet: facet as Facet, value }
}
