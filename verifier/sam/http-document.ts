/** What events and `Auth` do to the document of an HTTP API. */
import { type Mapping, type Node, string } from '../read/node.ts'
import { authOf, authOfEvent } from './auth.ts'
import { httpScheme, iamScheme } from './authorizers.ts'
import {
  addSecurity,
  allPaths,
  anyMethod,
  branchesOf,
  defaultPath,
  editable,
  hasIntegration,
  integrate,
  isTaken,
  methodOf,
  pathItems,
  readable,
  scopesOf,
  section,
} from './document.ts'
import { type ApiDraft, keySet, unknownIn } from './draft.ts'
import {
  conditional,
  functionOf,
  get,
  isNoValue,
  isTrue,
  list,
  map,
  plainMap,
  set,
  sub,
  truth,
  without,
  word,
} from './nodes.ts'

const eventKeys = keySet('Path Method ApiId Stage Auth TimeoutInMillis RouteSettings PayloadFormatVersion')

/** Path and method of an event; undefined when they are not literal. */
export function routeOf(properties: Mapping): { readonly path: string; readonly method: string } | undefined {
  const [path, method] = [get(properties, 'Path'), get(properties, 'Method')]
  if (truth(path) === false && truth(method) === false) return { path: defaultPath, method: anyMethod }
  const [pathWord, methodWord] = [word(path), word(method)]
  return pathWord && methodWord ? { path: pathWord, method: methodWord.toLowerCase() } : undefined
}

export function addHttpEvent(
  api: ApiDraft,
  name: string,
  properties: Mapping,
  target: string,
  condition: string | undefined,
): void {
  const open = (reason: string | undefined): void => {
    if (reason !== undefined) api.reasons.add(reason)
  }
  open(unknownIn(properties, eventKeys, `event ${name}`))
  if (!api.body) return
  const route = routeOf(properties)
  if (!route) {
    open(`path and method of event ${name} are not literal`)
    return
  }
  if (!editable(api)) {
    open(`the document of ${api.id} is not one that SAM edits`)
    return
  }
  const { path, method } = route
  const at = properties.at
  if (!isTaken(api, path, method)) {
    const uri = invocationOf(target, at)
    const integration = map(at, {
      type: string('aws_proxy', at),
      httpMethod: string('POST', at),
      payloadFormatVersion: string('2.0', at),
      uri: condition === undefined ? uri : conditional(condition, uri, at),
    })
    integrate(api, path, method, integration, condition)
  } else if (api.isManaged) open(`${method} ${path} is defined twice in ${api.id}`)
  const auth = get(properties, 'Auth')
  if (truth(auth) !== false) addEventAuth(api, name, auth as Node, path, method, open)
}

/** The URI by which API Gateway invokes a function; `target` is what is between the braces. */
export const invocationOf = (target: string, at: number): Mapping =>
  sub(
    'arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/TARGET/invocations'.replace(
      'TARGET',
      `\${${target}}`,
    ),
    at,
  )

function addEventAuth(
  api: ApiDraft,
  name: string,
  node: Node,
  path: string,
  method: string,
  open: (reason: string | undefined) => void,
): void {
  const found = authOfEvent(api, name, node, open)
  if (!found) return
  const { auth, unclear } = found
  const apiAuth = get(api.properties, 'Auth')
  const authorizer = get(auth, 'Authorizer') ?? get(apiAuth, 'DefaultAuthorizer')
  const chosen = word(authorizer)
  if (!chosen) {
    open(unclear)
    return
  }
  const isBuiltIn = chosen === 'NONE' || (chosen === 'AWS_IAM' && isTrue(get(apiAuth, 'EnableIamAuthorizer')))
  const defined = get(get(apiAuth, 'Authorizers'), chosen)
  if (!isBuiltIn && !plainMap(defined)) {
    open(`event ${name} names an authorizer ${chosen} that ${api.id} does not have`)
    return
  }
  if (chosen === 'NONE' && truth(get(apiAuth, 'DefaultAuthorizer')) === false) {
    open(unclear)
    return
  }
  const own = get(auth, 'AuthorizationScopes')
  const scopes =
    chosen === 'NONE' || chosen === 'AWS_IAM'
      ? list([], auth.at)
      : scopesOf(truth(own) === false ? get(defined, 'AuthorizationScopes') : own, auth.at)
  addSecurity(api, path, method, chosen, scopes, (authorizer as Node).at)
}

/** Security schemes, and the default authorizer wherever an operation demands nothing; never for OPTIONS. */
export function addHttpAuth(api: ApiDraft): void {
  const found = authOf(api)
  if (!found) return
  const { auth, unclear } = found
  const isIam = get(auth, 'EnableIamAuthorizer')
  if (functionOf(isIam)) api.reasons.add(unclear)
  const written = get(auth, 'Authorizers')
  const authorizers = truth(written) === false ? map(auth.at, {}) : plainMap(written)
  if (!authorizers) {
    api.reasons.add(unclear)
    return
  }
  const names = new Set(isTrue(isIam) ? ['AWS_IAM', ...authorizers.entries.keys()] : authorizers.entries.keys())
  if (names.size > 0) {
    const schemes = section(api, ['components', 'securitySchemes'], auth.at)
    if (schemes && isTrue(isIam)) set(schemes, 'AWS_IAM', iamScheme(auth.at), auth.at)
    for (const [name, entry] of authorizers.entries)
      if (schemes) set(schemes, name, httpScheme(name, entry.node, api.id), entry.at)
  }
  const fallback = get(auth, 'DefaultAuthorizer')
  if (truth(fallback) === false || isNoValue(fallback)) return
  const name = word(fallback)
  if (name === undefined || !names.has(name)) {
    api.reasons.add(`the default authorizer of ${api.id} is not modelled`)
    return
  }
  const scopes = get(get(authorizers, name), 'AuthorizationScopes') ?? list([], auth.at)
  for (const path of allPaths(api)) addDefault(api, path, name, scopes, (fallback as Node).at)
}

function addDefault(api: ApiDraft, path: string, name: string, scopes: Node, at: number): void {
  for (const item of pathItems(api, path))
    for (const [method, entry] of item.entries) {
      const normal = methodOf(method)
      if (normal === 'parameters' || normal === 'options') continue
      if (normal !== method) {
        api.reasons.add(`the method ${method} of ${path} in ${api.id} is not modelled`)
        continue
      }
      for (const branch of branchesOf(entry.node))
        for (const operation of readable(api, branch, `${method} ${path}`))
          if (hasIntegration(operation) && truth(get(operation, 'security')) === false)
            set(operation, 'security', list([map(at, { [name]: scopes })], at), at)
    }
}

/** `servers`, where an HTTP API is told to close its default endpoint. */
export function disableEndpoint(api: ApiDraft, value: Node): void {
  const body = api.body && plainMap(api.body)
  if (!body) {
    api.reasons.add(`DisableExecuteApiEndpoint of ${api.id} is not modelled`)
    return
  }
  const servers = get(body, 'servers') ?? list([map(value.at, {})], value.at)
  const isKnown = servers.kind === 'list' && servers.items.length > 0 && servers.items.every(plainMap)
  if (!isKnown) {
    api.reasons.add(`servers in ${api.id} is not modelled`)
    return
  }
  for (const server of servers.items as Mapping[]) {
    const configuration = plainMap(get(server, endpointKey)) ?? map(value.at, {})
    set(configuration, 'disableExecuteApiEndpoint', value)
    set(server, endpointKey, configuration, value.at)
  }
  set(body, 'servers', servers, value.at)
}

export const endpointKey = 'x-amazon-apigateway-endpoint-configuration'

/** With FailOnWarnings the default path gets a slash. */
export function renameDefaultPath(api: ApiDraft): void {
  const paths = plainMap(get(api.body, 'paths'))
  const item = get(paths, defaultPath)
  if (!paths || !item) return
  set(paths, `/${defaultPath}`, item)
  set(api.body as Mapping, 'paths', without(paths, defaultPath))
}
