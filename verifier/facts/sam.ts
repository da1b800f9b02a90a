/**
 * Routes as the SAM translator makes them, https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-httpapi-httpapiauth.html
 * A default authorizer covers every operation but OPTIONS that has no "security", or an empty one; any other stands.
 */
import type { Resource } from '../resolve/program.ts'
import { booleanOf, entry, isAbsent, textOf, type Value } from '../resolve/value.ts'
import type { Facts } from './facts.ts'
import { resourceOf } from './identity.ts'
import type { Access, ApiRoute } from './route.ts'

export function samRoutes(
  facts: Facts,
  api: Resource,
  defined: readonly ApiRoute[],
): { readonly routes: readonly ApiRoute[]; readonly unread: readonly Value[] } {
  if (!api.type.startsWith('AWS::Serverless::')) return { routes: defined, unread: [] }
  const auth = facts.get(api, 'Auth')
  const fallback = defaultAccess(auth)
  const unread: Value[] = isAbsent(auth) || auth.kind === 'map' ? [] : [auth]
  const covered = defined.map(
    (route): ApiRoute =>
      fallback && route.access.kind === 'open' && route.access.isUnset && !route.key.startsWith('OPTIONS ')
        ? { ...route, access: fallback }
        : route,
  )
  const events = facts.all('AWS::Serverless::Function').flatMap((resource) => {
    const all = facts.get(resource, 'Events')
    if (isAbsent(all)) return []
    if (all.kind !== 'map') {
      unread.push(all)
      return []
    }
    return [...all.entries].flatMap(([name, event]) => eventRoute(facts, api, resource, name, event, auth, fallback))
  })
  return { routes: [...covered, ...events], unread }
}

/** The security scheme that SAM adds to a document; undefined when it adds none of that name. */
export function samScheme(facts: Facts, api: Resource, name: string): Access | undefined {
  if (!api.type.startsWith('AWS::Serverless::')) return undefined
  const auth = facts.get(api, 'Auth')
  const isAdded =
    !isAbsent(entry(entry(auth, 'Authorizers'), name)) ||
    (name === 'AWS_IAM' && booleanOf(entry(auth, 'EnableIamAuthorizer'), false) === true)
  return isAdded ? { kind: 'closed', by: name } : undefined
}

function eventRoute(
  facts: Facts,
  api: Resource,
  resource: Resource,
  name: string,
  event: Value,
  auth: Value,
  fallback: Access | undefined,
): ApiRoute[] {
  const wanted = api.type === 'AWS::Serverless::HttpApi' ? 'HttpApi' : 'Api'
  if (textOf(entry(event, 'Type')) !== wanted) return []
  const properties = entry(event, 'Properties')
  const target = entry(properties, wanted === 'HttpApi' ? 'ApiId' : 'RestApiId')
  if (resourceOf(facts.around.program, target, api.type) !== api) return []
  const [method, path] = [textOf(entry(properties, 'Method')), textOf(entry(properties, 'Path'))]
  const key = path === undefined ? '$default' : `${method?.toUpperCase() ?? 'ANY'} ${path}`
  const chosen = entry(entry(properties, 'Auth'), 'Authorizer')
  const access: Access =
    isAbsent(chosen) && !key.startsWith('OPTIONS ')
      ? (fallback ?? { kind: 'open', because: 'the event has no authorizer' })
      : named(auth, chosen)
  return [{ key, name: `${resource.id}.${name}`, place: facts.place(resource), access, leadsTo: undefined }]
}

function defaultAccess(auth: Value): Access | undefined {
  const fallback = entry(auth, 'DefaultAuthorizer')
  return isAbsent(fallback) ? undefined : named(auth, fallback)
}

function named(auth: Value, name: Value): Access {
  if (isAbsent(name)) return { kind: 'open', because: 'no default authorizer covers OPTIONS' }
  const word = textOf(name)
  if (word === undefined) return { kind: 'unknown', value: name, because: 'the name of the authorizer is not known' }
  if (word === 'NONE') return { kind: 'open', because: 'the authorizer is NONE' }
  if (word === 'AWS_IAM') return { kind: 'closed', by: word }
  const authorizer = entry(entry(auth, 'Authorizers'), word)
  if (isAbsent(authorizer)) return { kind: 'unknown', value: name, because: `there is no authorizer ${word}` }
  return { kind: 'closed', by: word }
}
