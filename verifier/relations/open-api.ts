/**
 * Routes and integrations that an API takes from an OpenAPI document in the template. What it leaves to a "$ref" counts
 * as not read, except for shared integrations,
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-extensions-integrations.html
 */

import type { Facts } from '../facts/facts.ts'
import type { Resource } from '../resolve/program.ts'
import {
  any,
  at,
  booleanOf,
  entry,
  isAbsent,
  isEmpty,
  isOpen,
  itemsOf,
  none,
  nothing,
  textOf,
  type Value,
} from '../resolve/value.ts'
import { policiesAccess } from './access.ts'
import { cachedForOthers } from './authorizer-cache.ts'
import { fixedHeaders } from './fixed-headers.ts'
import { type Known, unlessBoolean, unlessWritten } from './known.ts'
import { unknownExtensions, unknownOfAuthorizer, unknownOfIntegration, unknownOfTls } from './open-api-words.ts'
import type { Access, ApiRoute, Integration } from './route.ts'
import { verifiedByName, verifiedByUri } from './verified-name.ts'

export type Defined = {
  readonly routes: readonly ApiRoute[]
  readonly integrations: readonly Integration[]
  readonly unread: readonly Value[]
}

const methods = new Set([
  'get',
  'put',
  'post',
  'delete',
  'options',
  'head',
  'patch',
  'trace',
  'x-amazon-apigateway-any-method',
])
const extension = 'x-amazon-apigateway-integration'
const reference = '$ref'
const sharedPath = '#/components/x-amazon-apigateway-integrations/'

/** The integration itself; what cannot be found is not a map, and so counts as unread. */
function shared(body: Value, value: Value): Value {
  const path = entry(value, reference)
  if (isAbsent(path)) return value
  const name = textOf(path)?.startsWith(sharedPath) ? textOf(path)?.slice(sharedPath.length) : undefined
  const found = name === undefined ? path : entry(entry(entry(body, 'components'), `${extension}s`), name)
  return found.kind === 'map' && isAbsent(entry(found, reference)) ? found : path
}

/** What the template writes but what is not read goes by the name of the API. */
export const unreadPart = (facts: Facts, api: Resource, written: Value): Value =>
  isOpen(written) ? written : any(`${api.key}.unread`, facts.taint(written), { kind: 'opaque', name: api.id })

export function definedRoutes(facts: Facts, api: Resource, body: Value, kind: 'http' | 'rest'): Defined {
  if (isAbsent(body)) return { routes: [], integrations: [], unread: [] }
  const paths = entry(body, 'paths')
  if (body.kind !== 'map' || (paths.kind !== 'map' && !isAbsent(paths)))
    return { routes: [], integrations: [], unread: [unreadPart(facts, api, body)] }
  const routes: ApiRoute[] = []
  const integrations: Integration[] = []
  const unread: Value[] = [...unknownExtensions(body)]
  const place = facts.place(api)
  const access = (operation: Value): Access => {
    const found = accessOf(body, operation, kind)
    return (kind === 'rest' && found.kind === 'open' ? policiesAccess(facts, api) : undefined) ?? found
  }
  const integration = (value: Value, name: string): void => {
    if (isAbsent(value)) return
    if (value.kind !== 'map') unread.push(value)
    unread.push(...unknownOfIntegration(value), ...unknownOfTls(entry(value, 'tlsConfig')))
    const connection = textOf(entry(value, 'connectionType'))
    const link = entry(value, 'connectionId')
    if (
      connection === 'INTERNET' ||
      (connection === undefined && isAbsent(link) && isAbsent(entry(value, 'connectionType')))
    )
      return
    const target = entry(value, 'integrationTarget')
    const uri = entry(value, 'uri')
    const tls = entry(value, 'tlsConfig')
    integrations.push({
      name,
      place,
      resource: undefined,
      link,
      target: isAbsent(target) ? uri : target,
      parameters: entry(value, 'requestParameters'),
      ...(kind === 'rest'
        ? { ...verifiedByUri(name, uri, tls), headers: new Map() }
        : {
            port: undefined,
            verified: verifiedByName(name, tls, 'serverNameToVerify'),
            headers: fixedHeaders(entry(value, 'requestParameters')),
          }),
    })
  }
  for (const [path, item] of paths.kind === 'map' ? paths.entries : []) {
    if (item.kind !== 'map' || item.entries.has(reference)) {
      unread.push(item)
      continue
    }
    unread.push(...unknownExtensions(item))
    for (const [method, operation] of item.entries) {
      if (!methods.has(method.toLowerCase())) continue
      if (operation.kind !== 'map' || operation.entries.has(reference)) unread.push(operation)
      unread.push(...unknownExtensions(operation))
      const isDefault = path === '$default' || path === '/$default'
      const verb = method.startsWith('x-amazon') ? 'ANY' : method.toUpperCase()
      const key = isDefault ? '$default' : `${verb} ${path}`
      const way = shared(body, entry(operation, extension))
      const isMock = kind === 'rest' && textOf(entry(way, 'type'))?.toLowerCase() === 'mock'
      routes.push({ key, name: api.id, place, access: access(operation), leadsTo: `${api.id} ${key}`, isMock })
      integration(way, `${api.id} ${key}`)
    }
  }
  return { routes, integrations, unread }
}

/**
 * `x-amazon-apigateway-auth` says NONE or AWS_IAM, where the operation says nothing else; what holds of two that differ,
 * and what it is to an HTTP API, is not documented:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-auth.html
 */
function accessOf(body: Value, operation: Value, kind: 'http' | 'rest'): Access {
  const found = bySecurity(body, operation, kind)
  const auth = entry(operation, 'x-amazon-apigateway-auth')
  if (isAbsent(auth)) return found
  const type = entry(auth, 'type')
  const word = textOf(type)?.toUpperCase()
  if (found.kind === 'open' && word === 'NONE') return found
  if (kind === 'rest' && word === 'AWS_IAM')
    if (found.kind === 'closed' || isAbsent(entry(operation, 'security'))) return { kind: 'closed', by: 'AWS_IAM' }
  const name = 'one of "security" and x-amazon-apigateway-auth, not both'
  return {
    kind: 'unknown',
    value: isOpen(type) ? type : any(name, nothing, { kind: 'unreadable', name }),
    because: 'its x-amazon-apigateway-auth may say something else than its "security"',
  }
}

function bySecurity(body: Value, operation: Value, kind: 'http' | 'rest'): Access {
  const security = entry(operation, 'security')
  // https://github.com/amazon-archives/aws-apigateway-importer/issues/204
  if (isAbsent(security))
    return {
      kind: 'open',
      because: `the operation has no "security"${isAbsent(entry(body, 'security')) ? '' : ' of its own, and API Gateway does not apply that of the document'}`,
    }
  if (security.kind !== 'list') return { kind: 'unknown', value: security, because: 'its "security" is not known' }
  if (security.items.length === 0) return { kind: 'open', because: 'its "security" is empty' }
  const names: string[] = []
  // Each item is an alternative, so one open item opens the operation.
  for (const item of security.items) {
    if (item.kind !== 'map') return { kind: 'unknown', value: item, because: 'its "security" is not known' }
    if (item.entries.size === 0) return { kind: 'open', because: 'its "security" has an empty alternative' }
    const all = [...item.entries.keys()].map((name) => ({ name, access: schemeOf(body, name, kind) }))
    // All schemes of one alternative must be met; SAM writes an API key next to the authorizer.
    const closed = all.find(({ access }) => access.kind === 'closed')
    if (closed) names.push(closed.name)
    else return all.find(({ access }) => access.kind === 'unknown')?.access ?? (all[0]?.access as Access)
  }
  return { kind: 'closed', by: names.join(', ') }
}

/** OpenAPI 3 has its schemes in components, Swagger 2.0 in securityDefinitions; neither reads those of the other. */
export function schemesOf(body: Value): Value {
  const isSwagger = textOf(entry(body, 'swagger')) !== undefined
  return isSwagger ? entry(body, 'securityDefinitions') : entry(entry(body, 'components'), 'securitySchemes')
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-authtype.html */
const authTypes = { http: ['awsSigv4'], rest: ['awsSigv4'] } as const

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control.html */
const ofKind: Readonly<Record<'http' | 'rest', ReadonlySet<string>>> = {
  http: new Set(['jwt', 'request']),
  rest: new Set(['cognito_user_pools', 'jwt', 'request', 'token']),
}

function schemeOf(body: Value, name: string, kind: 'http' | 'rest'): Access {
  const scheme = entry(schemesOf(body), name)
  if (isAbsent(scheme)) return { kind: 'open', because: `there is no security scheme ${name}` }
  if (scheme.kind !== 'map')
    return { kind: 'unknown', value: scheme, because: `the security scheme ${name} is not known` }
  const authorizer = entry(scheme, 'x-amazon-apigateway-authorizer')
  const type = textOf(entry(scheme, 'x-amazon-apigateway-authtype'))
  if (isAbsent(authorizer))
    return type !== undefined && (authTypes[kind] as readonly string[]).includes(type)
      ? { kind: 'closed', by: name }
      : { kind: 'open', because: `the security scheme ${name} has no authorizer` }
  if (authorizer.kind !== 'map')
    return { kind: 'unknown', value: authorizer, because: `the authorizer of ${name} is not known` }
  if (!isComplete(authorizer))
    return { kind: 'open', because: `the authorizer of the security scheme ${name} is not complete` }
  const [unread] = unknownOfAuthorizer(authorizer)
  const word = textOf(entry(authorizer, 'type'))?.toLowerCase() ?? ''
  if (unread || !ofKind[kind].has(word))
    return {
      kind: 'unknown',
      value: unread ?? unlessWritten(entry(authorizer, 'type'), [...ofKind[kind]]),
      because: `what the authorizer of ${name} does is not known`,
    }
  const cached = cachedForOthers(
    word,
    entry(authorizer, 'identitySource'),
    entry(authorizer, 'authorizerResultTtlInSeconds'),
  )
  return cached
    ? {
        kind: 'unknown',
        value: cached,
        because: `the authorizer of ${name} may keep its answer for others than the one who was asked about`,
      }
    : { kind: 'closed', by: name }
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-authorizer.html */
function isComplete(authorizer: Value): boolean {
  const has = (path: string): boolean => !isEmpty(at(authorizer, path))
  switch (textOf(entry(authorizer, 'type'))?.toLowerCase()) {
    case 'jwt':
      return has('jwtConfiguration.issuer') && has('jwtConfiguration.audience')
    case 'token':
    case 'request':
      return has('authorizerUri')
    case 'cognito_user_pools':
      return has('providerARNs')
    default:
      return false
  }
}

const endpointKey = 'x-amazon-apigateway-endpoint-configuration'

/** What a document says of the API's own endpoint: at the top, and under each of its servers. */
export function endpointWords(body: Value): Known<{ readonly top: Value; readonly below: readonly Value[] }> {
  if (isAbsent(body)) return { known: { top: none, below: [] } }
  if (body.kind !== 'map') return { unknown: body }
  const given = entry(body, 'servers')
  const servers = itemsOf(given)
  if (!servers) return { unknown: given }
  const said = (place: Value): Value => entry(entry(place, endpointKey), 'disableExecuteApiEndpoint')
  return { known: { top: said(body), below: servers.map(said) } }
}

/**
 * Whether the document switches the API's own endpoint off; undefined where it says nothing. OpenAPI 3 says it under
 * its servers, Swagger 2.0 at the top; what is said elsewhere, or differs, may hold or not:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-endpoint-configuration.html
 */
export function disablesEndpoint(body: Value): Known<boolean | undefined> {
  const said = endpointWords(body)
  if ('unknown' in said) return said
  const { top, below } = said.known
  const isThree = textOf(entry(body, 'openapi'))?.startsWith('3')
  const isTwo = textOf(entry(body, 'swagger'))?.startsWith('2')
  const all = [top, ...below].filter((value) => !isAbsent(value))
  const open = all.find((value) => booleanOf(value, false) === undefined)
  if (all.length === 0) return { known: undefined }
  if (open) return { unknown: unlessBoolean(open) }
  const places = isThree === isTwo ? [] : isTwo ? [top] : below
  const [first, ...others] = places.map((value) => booleanOf(value, false))
  const isOne = others.every((each) => each === first) && all.every((value) => booleanOf(value, false) === first)
  if (first !== undefined && isOne) return { known: first }
  const name = `disableExecuteApiEndpoint ${isTwo ? 'at the top' : 'under each of "servers"'}, or DisableExecuteApiEndpoint`
  return { unknown: any(name, nothing, { kind: 'unreadable', name }) }
}
