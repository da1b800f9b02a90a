/** What events and `Auth` do to the document of a REST API. */
import { type Mapping, type Node, string } from '../read/node.ts'
import { authOf, authOfEvent } from './auth.ts'
import { apiKeyScheme, iamScheme, restScheme } from './authorizers.ts'
import {
  addSecurity,
  allPaths,
  branchesOf,
  editable,
  hasIntegration,
  integrate,
  integrationKey,
  isTaken,
  methodOf,
  operationsAt,
  pathItems,
  readable,
  section,
} from './document.ts'
import type { ApiDraft } from './draft.ts'
import { endpointKey, invocationOf } from './http-document.ts'
import { conditional, functionOf, get, getAtt, isTrue, list, map, plainMap, set, sub, truth, word } from './nodes.ts'
import { addCustomStatements, addResourcePolicy } from './resource-policy.ts'

/** Parts of a path item that are not methods. */
const noMethods = new Set(['summary', 'description', 'parameters'])
const securityKey = 'securityDefinitions'

/** Where an event leads: to a function, or by a role to a state machine. */
export type RestTarget = { readonly arn: string } | { readonly role: string }

export function addRestEvent(
  api: ApiDraft,
  name: string,
  properties: Mapping,
  target: RestTarget,
  condition: string | undefined,
): void {
  const open = (reason: string | undefined): void => {
    if (reason !== undefined) api.reasons.add(reason)
  }
  const [path, written] = [word(get(properties, 'Path')), word(get(properties, 'Method'))]
  const isMerged = isTrue(get(api.properties, 'MergeDefinitions')) && 'arn' in target
  const auth = get(properties, 'Auth')
  const isOverridden = truth(get(auth, 'OverrideApiAuth')) !== false && 'arn' in target
  if (!api.body || !(api.isManaged || isMerged || isOverridden)) return
  if (!path || !written) {
    open(`path and method of event ${name} are not literal`)
    return
  }
  if (!editable(api)) {
    open(`the document of ${api.id} is not one that SAM edits`)
    return
  }
  const method = written.toLowerCase()
  if (api.isManaged || isMerged) {
    if (isTaken(api, path, method) && !isMerged) {
      open(`${method} ${path} is defined twice in ${api.id}`)
      return
    }
    // The translator writes such a path under a key of its own, and drops the security schemes of the event.
    if (isMerged && (methodOf(method) !== method || condition !== undefined || truth(auth) !== false)) {
      open(`event ${name} with MergeDefinitions is not modelled`)
      return
    }
    if (isMerged) dropSecurity(api, path, method)
    integrate(api, path, method, integrationOf(api, target, auth, condition, properties), condition)
    if (truth(auth) !== false)
      addEventAuth(api, name, auth as Node, path, method, eventStage(api, properties, target), open)
  }
  if (!isOverridden) return
  // Which of several events comes first depends on the hash of a name in the translator.
  const operation = `${methodOf(method)} ${path}`
  if (api.overridden.has(operation)) open(`several events authorize ${operation} of ${api.id}`)
  api.overridden.add(operation)
  addEventAuth(api, name, auth as Node, path, method, eventStage(api, properties, target), open)
}

/** A definition of the author is joined with SAM's, which says nothing of security. */
function dropSecurity(api: ApiDraft, path: string, method: string): void {
  for (const item of pathItems(api, path)) {
    const operation = get(item, method)
    if (operation && !plainMap(operation)) api.reasons.add(`${method} ${path} of ${api.id} is not modelled`)
  }
}

function integrationOf(
  api: ApiDraft,
  target: RestTarget,
  auth: Node | undefined,
  condition: string | undefined,
  properties: Mapping,
): Mapping {
  const at = properties.at
  const under = (uri: Node): Node => (condition === undefined ? uri : conditional(condition, uri, at))
  if ('role' in target)
    return map(at, {
      type: string('aws', at),
      httpMethod: string('POST', at),
      uri: under(sub('arn:${AWS::Partition}:apigateway:${AWS::Region}:states:action/StartExecution', at)),
      credentials: getAtt(target.role, 'Arn', at),
    })
  return map(at, {
    type: string('aws_proxy', at),
    httpMethod: string('POST', at),
    uri: under(invocationOf(target.arn, at)),
    credentials: credentialsOf(auth, get(api.properties, 'Auth'), at),
  })
}

/** With IAM the caller's own rights invoke the function, unless a role is given, or none. */
function credentialsOf(auth: Node | undefined, apiAuth: Node | undefined, at: number): Node | undefined {
  const isIam =
    word(get(auth, 'Authorizer')) === 'AWS_IAM' ||
    (word(get(apiAuth, 'DefaultAuthorizer')) === 'AWS_IAM' && truth(auth) === false)
  if (!isIam) return undefined
  const role = get(auth, 'InvokeRole') ?? get(apiAuth, 'InvokeRole')
  const name = word(role)
  if (name === 'NONE') return undefined
  return role && name !== 'CALLER_CREDENTIALS' ? role : string('arn:aws:iam::*:user/*', at)
}

function addEventAuth(
  api: ApiDraft,
  name: string,
  node: Node,
  path: string,
  method: string,
  stage: Node | undefined,
  open: (reason: string | undefined) => void,
): void {
  const found = authOfEvent(api, name, node, open)
  if (!found) return
  const { auth, unclear } = found
  if (functionOf(get(auth, 'OverrideApiAuth'))) open(unclear)
  const apiAuth = get(api.properties, 'Auth')
  const authorizer = get(auth, 'Authorizer')
  if (truth(authorizer) !== false) {
    const chosen = word(authorizer)
    const authorizers = get(apiAuth, 'Authorizers')
    const defined = chosen === undefined ? undefined : get(authorizers, chosen)
    if (chosen === undefined) {
      open(unclear)
      return
    }
    if (chosen === 'NONE' && truth(get(apiAuth, 'DefaultAuthorizer')) === false) {
      open(unclear)
      return
    }
    if (chosen !== 'NONE' && chosen !== 'AWS_IAM' && !plainMap(defined)) {
      open(`event ${name} names an authorizer ${chosen} that ${api.id} does not have`)
      return
    }
    const own = get(auth, 'AuthorizationScopes')
    const scopes = (defined && (own ?? get(defined, 'AuthorizationScopes'))) ?? list([], auth.at)
    addSecurity(api, path, method, chosen, scopes, (authorizer as Node).at)
    addIamScheme(api, path, method, auth.at)
  }
  const key = get(auth, 'ApiKeyRequired')
  if (key) {
    const isRequired = truth(key)
    if (isRequired === undefined) {
      open(unclear)
      return
    }
    if (!isRequired && truth(get(apiAuth, 'ApiKeyRequired')) === false) {
      open(unclear)
      return
    }
    const isThere = operationsAt(api, path, method).length > 0
    const schemes = isRequired && isThere ? section(api, [securityKey], auth.at) : undefined
    if (schemes && !get(schemes, 'api_key')) set(schemes, 'api_key', apiKeyScheme(auth.at), auth.at)
    addSecurity(api, path, method, isRequired ? 'api_key' : 'api_key_false', list([], auth.at), key.at)
  }
  const policy = get(auth, 'ResourcePolicy')
  if (truth(policy) === false) return
  addResourcePolicy(api, policy as Node, path, stage)
  addCustomStatements(api, policy as Node)
}

/** The stage in the policy of an event: for a state machine only the one that it names itself. */
const eventStage = (api: ApiDraft, properties: Mapping, target: RestTarget): Node | undefined =>
  'role' in target ? get(properties, 'Stage') : string(word(get(api.properties, 'StageName')) ?? 'Stage', properties.at)

/** SAM declares IAM where the first alternative demands it. */
function addIamScheme(api: ApiDraft, path: string, method: string, at: number): void {
  for (const item of pathItems(api, path))
    for (const operation of branchesOf(get(item, methodOf(method)))) declareIam(api, operation, at)
}

function declareIam(api: ApiDraft, operation: Node, at: number): void {
  const security = get(operation, 'security')
  const first = security?.kind === 'list' ? security.items[0] : undefined
  if (!get(first, 'AWS_IAM')) return
  const schemes = section(api, [securityKey], at)
  if (schemes && !get(schemes, 'AWS_IAM')) set(schemes, 'AWS_IAM', iamScheme(at), at)
}

export function addRestAuth(api: ApiDraft): void {
  const found = authOf(api)
  if (!found) return
  const { auth, unclear } = found
  addAuthorizers(api, auth, unclear)
  const isKeyed = truth(get(auth, 'ApiKeyRequired'))
  if (isKeyed === undefined) api.reasons.add(unclear)
  if (isKeyed === true) addApiKey(api, auth, unclear)
  const policy = get(auth, 'ResourcePolicy')
  if (truth(policy) === false) return
  const stage = get(api.properties, 'StageName') ?? string('', auth.at)
  for (const path of allPaths(api)) addResourcePolicy(api, policy as Node, path, stage)
  addCustomStatements(api, policy as Node)
}

function addAuthorizers(api: ApiDraft, auth: Mapping, unclear: string): void {
  const fallback = get(auth, 'DefaultAuthorizer')
  const name = word(fallback)
  const written = get(auth, 'Authorizers')
  const authorizers = truth(written) === false ? map(auth.at, {}) : plainMap(written)
  if (!authorizers || (fallback && name === undefined)) {
    api.reasons.add(unclear)
    return
  }
  const isIam = name === 'AWS_IAM'
  // Without any authorizer SAM never looks at the name of the default one.
  if (authorizers.entries.size === 0 && !isIam) return
  const schemes = section(api, [securityKey], auth.at)
  if (schemes && isIam) set(schemes, 'AWS_IAM', iamScheme(auth.at), auth.at)
  for (const [each, entry] of authorizers.entries)
    if (schemes) set(schemes, each, restScheme(each, entry.node, api.id), entry.at)
  if (!name) return
  if (!isIam && !get(authorizers, name)) {
    api.reasons.add(`the default authorizer of ${api.id} is not modelled`)
    return
  }
  const preflight = auth.entries.get('AddDefaultAuthorizerToCorsPreflight')?.node
  const isPreflight = preflight ? truth(preflight) : true
  if (isPreflight === undefined) api.reasons.add(unclear)
  const known = new Set(['AWS_IAM', ...authorizers.entries.keys()])
  const scopes = get(get(authorizers, name), 'AuthorizationScopes') ?? list([], auth.at)
  eachOperation(api, (method, operation, items) => {
    if (method === 'options' && !isPreflight) return
    const others = items.filter((item) => ![...item.entries.keys()].some((key) => known.has(key)))
    const existing = items.filter((item) => !others.includes(item))
    const none = others.findIndex((item) => item.entries.has('NONE'))
    const kept = none < 0 ? others : others.filter((_, index) => index !== none)
    const added = none >= 0 ? [] : existing.length > 0 ? existing : [map(auth.at, { [name]: scopes })]
    const security = [...kept, ...added]
    if (security.length === 0) return
    set(operation, 'security', list(security, (fallback as Node).at), (fallback as Node).at)
    declareIam(api, operation, auth.at)
  })
}

/** An API key is not an authorizer, but SAM writes it next to the others. */
function addApiKey(api: ApiDraft, auth: Mapping, unclear: string): void {
  const schemes = section(api, [securityKey], auth.at)
  if (schemes && !get(schemes, 'api_key')) set(schemes, 'api_key', apiKeyScheme(auth.at), auth.at)
  const preflight = auth.entries.get('AddApiKeyRequiredToCorsPreflight')?.node
  const isPreflight = preflight ? truth(preflight) : true
  if (isPreflight === undefined) api.reasons.add(unclear)
  eachOperation(api, (method, operation, items) => {
    const isKey = (item: Mapping): boolean => item.entries.has('api_key') || item.entries.has('api_key_false')
    const others = items.filter((item) => !isKey(item))
    const isRefused = items.some((item) => item.entries.has('api_key_false'))
    const isAdded = !isRefused && !(method === 'options' && !isPreflight)
    const security = isAdded ? [...others, map(auth.at, { api_key: list([], auth.at) })] : others
    if (security.length !== items.length || isAdded) set(operation, 'security', list(security, auth.at), auth.at)
  })
}

function eachOperation(
  api: ApiDraft,
  change: (method: string, operation: Mapping, security: readonly Mapping[]) => void,
): void {
  for (const path of allPaths(api))
    for (const item of pathItems(api, path))
      for (const [method, entry] of item.entries) {
        if (noMethods.has(method)) continue
        for (const branch of branchesOf(entry.node))
          for (const operation of readable(api, branch, `${method} ${path}`)) {
            if (!hasIntegration(operation)) continue
            const security = get(operation, 'security')
            const items = security ? (security.kind === 'list' ? security.items.map(plainMap) : [undefined]) : []
            if (items.includes(undefined))
              api.reasons.add(`the security of ${method} ${path} in ${api.id} is not modelled`)
            else change(methodOf(method), operation, items as Mapping[])
          }
      }
}

/** A MOCK for OPTIONS at each path that has none; paths that differ by a slash at the end are one. */
export function addRestCors(api: ApiDraft): void {
  const cors = get(api.properties, 'Cors')
  if (truth(cors) === false) return
  const at = (cors as Node).at
  if (!editable(api)) {
    api.reasons.add(`Cors of ${api.id} is not modelled`)
    return
  }
  const done = new Set<string>()
  for (const path of allPaths(api)) {
    const normal = path === '/' ? path : path.replace(/\/+$/, '')
    if (done.has(normal)) {
      api.reasons.add(`Cors of ${api.id} has paths that differ by a slash at the end`)
      continue
    }
    done.add(normal)
    for (const item of pathItems(api, path)) {
      if (item.entries.has('options')) continue
      const mock = map(at, { type: string('mock', at) })
      set(item, 'options', map(at, { [integrationKey]: mock }), at)
    }
  }
}

/** Under `servers` in OpenAPI 3.0, at the top in Swagger 2.0. */
export function disableRestEndpoint(api: ApiDraft, value: Node): void {
  const body = editable(api)
  if (!body) {
    api.reasons.add(`DisableExecuteApiEndpoint of ${api.id} is not modelled`)
    return
  }
  const isThree = /^3(\.\d)(\.\d)?$/.test(word(get(body, 'openapi')) ?? '')
  const servers = isThree ? (get(body, 'servers') ?? list([map(value.at, {})], value.at)) : undefined
  const places = servers ? (servers.kind === 'list' ? servers.items.map(plainMap) : [undefined]) : [body]
  if (places.includes(undefined)) {
    api.reasons.add(`servers in ${api.id} is not modelled`)
    return
  }
  for (const place of places as Mapping[]) {
    const configuration = plainMap(get(place, endpointKey)) ?? map(value.at, {})
    set(configuration, 'disableExecuteApiEndpoint', value)
    set(place, endpointKey, configuration, value.at)
  }
  if (servers) set(body, 'servers', servers, value.at)
}

/** OpenAPI 3.0 has its schemes elsewhere. */
export function movedSchemes(api: ApiDraft): void {
  const body = plainMap(api.body)
  if (!body || get(body, 'swagger')) return
  const version = get(api.properties, 'OpenApiVersion') ?? get(body, 'openapi')
  if (functionOf(version)) api.reasons.add(`OpenApiVersion of ${api.id} is not modelled`)
  if (!/^3(\.\d)(\.\d)?$/.test(word(version) ?? '')) return
  const schemes = get(body, securityKey)
  if (truth(schemes) === false || !schemes) return
  const components = section(api, ['components'], schemes.at)
  if (!components) return
  set(components, 'securitySchemes', schemes)
  body.entries.delete(securityKey)
}
