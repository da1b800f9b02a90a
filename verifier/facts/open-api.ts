/**
 * Routes and integrations that an API takes from an OpenAPI document in the template. What it leaves to a "$ref" counts
 * as not read, except for shared integrations,
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-extensions-integrations.html
 */
import type { Resource } from '../resolve/program.ts'
import { entry, isAbsent, textOf, type Value } from '../resolve/value.ts'
import type { Facts } from './facts.ts'
import type { Access, ApiRoute, Integration } from './route.ts'
import { samScheme } from './sam.ts'

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

/** The integration itself; what cannot be found is no map, and so counts as not read. */
function shared(body: Value, value: Value): Value {
  const path = entry(value, reference)
  if (isAbsent(path)) return value
  const name = textOf(path)?.startsWith(sharedPath) ? textOf(path)?.slice(sharedPath.length) : undefined
  const found = name === undefined ? path : entry(entry(entry(body, 'components'), `${extension}s`), name)
  return found.kind === 'map' && isAbsent(entry(found, reference)) ? found : path
}

export function definedRoutes(facts: Facts, api: Resource, body: Value): Defined {
  if (isAbsent(body)) return { routes: [], integrations: [], unread: [] }
  const paths = entry(body, 'paths')
  if (body.kind !== 'map' || paths.kind !== 'map') return { routes: [], integrations: [], unread: [body] }
  const routes: ApiRoute[] = []
  const integrations: Integration[] = []
  const unread: Value[] = []
  const place = facts.place(api)
  const scheme = (name: string): Access => samScheme(facts, api, name) ?? schemeOf(body, name)
  const integration = (operation: Value, name: string): void => {
    const value = shared(body, entry(operation, extension))
    if (isAbsent(value)) return
    if (value.kind !== 'map') unread.push(value)
    const connection = textOf(entry(value, 'connectionType'))
    const link = entry(value, 'connectionId')
    if (connection === 'INTERNET' || (connection === undefined && isAbsent(link))) return
    const target = entry(value, 'integrationTarget')
    integrations.push({
      name,
      place,
      link,
      target: isAbsent(target) ? entry(value, 'uri') : target,
      serverName: entry(entry(value, 'tlsConfig'), 'serverNameToVerify'),
    })
  }
  for (const [path, item] of paths.entries) {
    if (item.kind !== 'map' || item.entries.has(reference)) {
      unread.push(item)
      continue
    }
    for (const [method, operation] of item.entries) {
      if (!methods.has(method.toLowerCase())) continue
      if (operation.kind !== 'map' || operation.entries.has(reference)) unread.push(operation)
      const isDefault = path === '$default' || path === '/$default'
      const verb = method.startsWith('x-amazon') ? 'ANY' : method.toUpperCase()
      const key = isDefault ? '$default' : `${verb} ${path}`
      routes.push({ key, name: api.id, place, access: accessOf(body, operation, scheme), leadsTo: `${api.id} ${key}` })
      integration(operation, `${api.id} ${key}`)
    }
  }
  return { routes, integrations, unread }
}

function accessOf(body: Value, operation: Value, scheme: (name: string) => Access): Access {
  const security = entry(operation, 'security')
  // https://github.com/amazon-archives/aws-apigateway-importer/issues/204
  if (isAbsent(security))
    return {
      kind: 'open',
      isUnset: true,
      because: `the operation has no "security"${isAbsent(entry(body, 'security')) ? '' : ' of its own, and API Gateway does not apply that of the document'}`,
    }
  if (security.kind !== 'list') return { kind: 'unknown', value: security, because: 'its "security" is not known' }
  if (security.items.length === 0) return { kind: 'open', isUnset: true, because: 'its "security" is empty' }
  const names: string[] = []
  // Each item is an alternative, so one open item opens the operation.
  for (const item of security.items) {
    if (item.kind !== 'map') return { kind: 'unknown', value: item, because: 'its "security" is not known' }
    if (item.entries.size === 0) return { kind: 'open', because: 'its "security" has an empty alternative' }
    for (const name of item.entries.keys()) {
      const access = scheme(name)
      if (access.kind !== 'closed') return access
      names.push(name)
    }
  }
  return { kind: 'closed', by: names.join(', ') }
}

function schemeOf(body: Value, name: string): Access {
  const schemes = entry(entry(body, 'components'), 'securitySchemes')
  const scheme = entry(isAbsent(schemes) ? entry(body, 'securityDefinitions') : schemes, name)
  if (isAbsent(scheme)) return { kind: 'open', because: `there is no security scheme ${name}` }
  if (scheme.kind !== 'map')
    return { kind: 'unknown', value: scheme, because: `the security scheme ${name} is not known` }
  const authorizer = entry(scheme, 'x-amazon-apigateway-authorizer')
  if (authorizer.kind === 'map') return { kind: 'closed', by: name }
  const type = textOf(entry(scheme, 'x-amazon-apigateway-authtype'))
  if (type === 'awsSigv4' || type === 'cognito_user_pools') return { kind: 'closed', by: name }
  return isAbsent(authorizer)
    ? { kind: 'open', because: `the security scheme ${name} has no authorizer` }
    : { kind: 'unknown', value: authorizer, because: `the authorizer of ${name} is not known` }
}
