/** `Auth` of an API as the translator refuses it. */
import type { Mapping } from '../read/node.ts'
import { authKeys } from './auth.ts'
import { get, plainMap, truth, word } from './nodes.ts'
import { first, kindOf, type Owner, type Refusal, refusal } from './refusal.ts'

const keys: Readonly<Record<string, ReadonlySet<string>>> = { Api: authKeys.rest, HttpApi: authKeys.http }
const ofTokens = ['AuthorizationScopes', 'IdentitySource']
const ofFunctions = [
  'FunctionArn',
  'FunctionInvokeRole',
  'Identity',
  'AuthorizerPayloadFormatVersion',
  'EnableSimpleResponses',
  'EnableFunctionDefaultPermissions',
]

export function refusedAuth({ id, kind, properties }: Owner): Refusal | undefined {
  const known = keys[kind]
  const auth = known && plainMap(get(properties, 'Auth'))
  if (!auth || auth.entries.size === 0) return undefined
  const unknown = [...auth.entries].find(([name]) => !known.has(name))
  if (unknown) return refusal(unknown[1], `${unknown[0]} is not a property of Auth of ${id}`)
  const written = get(auth, 'Authorizers')
  if (written && !['map', 'function'].includes(kindOf(written)) && truth(written))
    return refusal(written, `Auth.Authorizers of ${id} is not a map`)
  const authorizers = plainMap(written)
  const inAuthorizer = kind === 'Api' ? ofRest : ofHttp
  return (
    first([...(authorizers?.entries ?? [])], ([name, { node, at }]) => {
      const of = `the authorizer ${name} of ${id}`
      if (kindOf(node) === 'function') return undefined
      if (node.kind !== 'map') return refusal({ at }, `${of} is not a map`)
      const authorizer = plainMap(node)
      const why = authorizer && inAuthorizer(authorizer)
      return why === undefined ? undefined : refusal({ at }, `${of} ${why}`)
    }) ??
    withoutDefault(id, kind, auth, authorizers) ??
    (kind === 'Api' ? inUsagePlan(id, auth) : undefined)
  )
}

const missing = (map: Mapping, name: string): boolean => truth(get(map, name)) === false

function ofHttp(authorizer: Mapping): string | undefined {
  const isJwt = truth(get(authorizer, 'JwtConfiguration'))
  if (isJwt === undefined) return undefined
  const foreign = (isJwt ? ofFunctions : ofTokens).find((name) => get(authorizer, name))
  if (foreign !== undefined) return `has a ${foreign}, which its kind does not take`
  const needed = isJwt ? ['IdentitySource'] : ['FunctionArn', 'AuthorizerPayloadFormatVersion']
  const lost = needed.find((name) => missing(authorizer, name))
  return lost === undefined ? undefined : `has no ${lost}`
}

function ofRest(authorizer: Mapping): string | undefined {
  const payload = get(authorizer, 'FunctionPayloadType')
  const type = word(payload)
  if (kindOf(payload) !== 'function' && type !== undefined && type !== 'TOKEN' && type !== 'REQUEST')
    return `has the FunctionPayloadType ${type}`
  const identity = get(authorizer, 'Identity')
  const sources = ['Headers', 'QueryStrings', 'StageVariables', 'Context', 'ReauthorizeEvery']
  if (type !== 'REQUEST' || kindOf(identity) === 'function') return undefined
  return truth(identity) === false || (identity?.kind === 'map' && sources.every((name) => missing(identity, name)))
    ? 'names nothing in Identity'
    : undefined
}

function withoutDefault(
  id: string,
  kind: string,
  auth: Mapping,
  authorizers: Mapping | undefined,
): Refusal | undefined {
  const node = get(auth, 'DefaultAuthorizer')
  if (!node || kindOf(node) === 'function' || truth(node) === false) return undefined
  const name = kindOf(node) === 'text' ? word(node) : undefined
  if (name === undefined) return refusal(node, `Auth.DefaultAuthorizer of ${id} is not text`)
  if (name === 'NONE' || name === 'AWS_IAM' || get(auth, 'Authorizers')?.kind !== 'map' || !authorizers)
    return undefined
  // Without authorizers a REST API takes any name, and authorizes nothing.
  if (kind === 'Api' && authorizers.entries.size === 0) return undefined
  return authorizers.entries.has(name) ? undefined : refusal(node, `${id} has no authorizer ${name}`)
}

function inUsagePlan(id: string, auth: Mapping): Refusal | undefined {
  const plan = get(auth, 'UsagePlan')
  if (!plan || kindOf(plan) === 'function' || truth(plan) === false) return undefined
  if (plan.kind !== 'map') return refusal(plan, `Auth.UsagePlan of ${id} is not a map`)
  const known = ['CreateUsagePlan', 'Description', 'Quota', 'Tags', 'Throttle', 'UsagePlanName']
  const unknown = [...(plainMap(plan)?.entries ?? [])].find(([name]) => !known.includes(name))
  if (unknown) return refusal(unknown[1], `${unknown[0]} is not a property of Auth.UsagePlan of ${id}`)
  return plainMap(plan) && missing(plan, 'CreateUsagePlan')
    ? refusal(plan, `Auth.UsagePlan of ${id} has no CreateUsagePlan`)
    : undefined
}
