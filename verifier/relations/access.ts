/** Who may call a route: the authorizer that is named, and whether it is one. */
import type { Facts } from '../facts/facts.ts'
import { isIt, resourceOf } from '../facts/identity.ts'
import type { Resource } from '../resolve/program.ts'
import { any, entry, isAbsent, isEmpty, nothing, textOf, type Value } from '../resolve/value.ts'
import { cachedForOthers } from './authorizer-cache.ts'
import { unlessWritten } from './known.ts'
import type { Access } from './route.ts'

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control.html */
export function routeAccess(facts: Facts, route: Resource, api: Resource): Access {
  const type = facts.get(route, 'AuthorizationType')
  const word = isAbsent(type) ? 'NONE' : textOf(type)
  if (word === 'NONE')
    return { kind: 'open', because: `AuthorizationType is ${isAbsent(type) ? 'not set, which means NONE' : 'NONE'}` }
  if (word === 'AWS_IAM') return { kind: 'closed', by: 'AWS_IAM' }
  if (word !== 'JWT' && word !== 'CUSTOM')
    return { kind: 'unknown', value: type, because: 'AuthorizationType is not known' }
  const wanted = word === 'JWT' ? ['JWT'] : ['REQUEST']
  return byAuthorizer(facts, route, api, {
    word,
    type: 'AWS::ApiGatewayV2::Authorizer',
    owner: 'ApiId',
    kind: 'AuthorizerType',
    wanted,
  })
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-to-api.html */
export function methodAccess(facts: Facts, method: Resource, api: Resource): Access {
  const type = facts.get(method, 'AuthorizationType')
  const word = isAbsent(type) ? 'NONE' : textOf(type)?.toUpperCase()
  if (word === 'NONE') return byPolicy(facts, api, method)
  if (word === 'AWS_IAM') return { kind: 'closed', by: 'AWS_IAM' }
  if (word !== 'CUSTOM' && word !== 'COGNITO_USER_POOLS' && word !== 'JWT')
    return { kind: 'unknown', value: type, because: 'AuthorizationType is not known' }
  const wanted = { CUSTOM: ['TOKEN', 'REQUEST'], COGNITO_USER_POOLS: ['COGNITO_USER_POOLS'], JWT: ['JWT'] }[word]
  return byAuthorizer(facts, method, api, {
    word,
    type: 'AWS::ApiGateway::Authorizer',
    owner: 'RestApiId',
    kind: 'Type',
    wanted,
  })
}

type Wanted = {
  readonly word: string
  readonly type: string
  readonly owner: string
  readonly kind: string
  readonly wanted: readonly string[]
}

/** What an authorizer of that kind cannot do without. */
const needed: Readonly<Record<string, readonly string[]>> = {
  JWT: ['JwtConfiguration', 'JwtConfiguration.Issuer', 'JwtConfiguration.Audience'],
  REQUEST: ['AuthorizerUri'],
  TOKEN: ['AuthorizerUri'],
  COGNITO_USER_POOLS: ['ProviderARNs'],
}

function byAuthorizer(
  facts: Facts,
  part: Resource,
  api: Resource,
  { word, type, owner, kind, wanted }: Wanted,
): Access {
  const id = facts.get(part, 'AuthorizerId')
  if (isAbsent(id)) return { kind: 'open', because: `AuthorizationType is ${word}, but there is no AuthorizerId` }
  const authorizer = resourceOf(facts, id, type)
  if (!authorizer)
    return { kind: 'unknown', value: id, because: 'the authorizer is not in the templates', isElsewhere: true }
  if (isIt(facts, facts.get(authorizer, owner), api.key).is !== 'yes')
    return { kind: 'unknown', value: id, because: `${authorizer.id} belongs to another API` }
  const given = facts.get(authorizer, kind)
  const name = textOf(given)
  if (name === undefined || !wanted.includes(name))
    return {
      kind: 'unknown',
      value: isAbsent(given) ? id : given,
      because: `${authorizer.id} is not a ${wanted.join(' or ')} authorizer`,
    }
  const must = needed[name]?.find((path) => isEmpty(facts.get(authorizer, path)))
  if (must !== undefined) return { kind: 'unknown', value: id, because: `${authorizer.id} has no ${must}` }
  const cached = cachedForOthers(
    name,
    facts.get(authorizer, 'IdentitySource'),
    facts.get(authorizer, 'AuthorizerResultTtlInSeconds'),
  )
  if (cached)
    return {
      kind: 'unknown',
      value: cached,
      because: `${authorizer.id} may keep its answer for others than the one who was asked about`,
    }
  return { kind: 'closed', by: authorizer.id }
}

/**
 * A resource policy that names who may call closes a method without an authorizer, when it allows nobody else:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
 */
function byPolicy(facts: Facts, api: Resource, method: Resource): Access {
  const because = `AuthorizationType is NONE${textOf(facts.get(method, 'ApiKeyRequired')) === 'true' ? ', and an API key is not authorization' : ''}`
  return policiesAccess(facts, api) ?? { kind: 'open', because }
}

/**
 * Undefined where the resource policy lets anybody in, or there is none. Which one holds where the API has one and its
 * document another is not documented: https://docs.aws.amazon.com/apigateway/latest/developerguide/openapi-extensions-policy.html
 */
export function policiesAccess(facts: Facts, api: Resource): Access | undefined {
  const written = [facts.get(api, 'Policy'), entry(facts.get(api, 'Body'), 'x-amazon-apigateway-policy')]
  const found = written.filter((policy) => !isAbsent(policy)).map(policyAccess)
  const open = found.find((each) => each?.kind === 'unknown')
  if (open || found.every((each) => each?.kind === 'closed')) return open ?? found[0]
  if (found.every((each) => each === undefined)) return undefined
  const name = `one resource policy of ${api.id}, not another one in its document`
  return {
    kind: 'unknown',
    value: any(name, nothing, { kind: 'unreadable', name }),
    because: 'the resource policies of the API and of its document differ in whom they admit',
  }
}

/** All but a name that is written, a thing of the templates, and a text of which a part is written that is no wildcard. */
const mayBeAnybody = (name: Value): boolean =>
  name.kind === 'joined'
    ? name.parts.every((part) => !/[^*]/.test(textOf(part) ?? ''))
    : name.kind !== 'text' && name.kind !== 'ref' && name.kind !== 'none'

/** Undefined where the policy lets anybody in. */
function policyAccess(policy: Value): Access | undefined {
  if (policy.kind !== 'map')
    return { kind: 'unknown', value: policy, because: 'the resource policy of the API is not known' }
  const statements = entry(policy, 'Statement')
  const all = statements.kind === 'list' ? statements.items : [statements]
  for (const statement of all) {
    if (statement.kind !== 'map')
      return { kind: 'unknown', value: statement, because: 'the resource policy of the API is not known' }
    const effect = entry(statement, 'Effect')
    if (textOf(effect) === 'Deny') continue
    const found = admittedBy(statement)
    if (found === 'nobody else') continue
    if (textOf(effect) === 'Allow') return found ?? underConditions(entry(statement, 'Condition'))
    return {
      kind: 'unknown',
      value: unlessWritten(effect, ['Allow', 'Deny']),
      because: 'whether the resource policy of the API allows or denies is not known',
    }
  }
  return { kind: 'closed', by: 'the resource policy' }
}

/** What only a caller has who signs: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html */
const ofSigners = /^(?:aws:(?:principal|user(?:id|name)$|federated|assumed|tokenissue|multifactor)|saml:|sts:)/i

/** Undefined where the conditions do not ask who calls; whom they leave is not worked out. */
function underConditions(conditions: Value): Access | undefined {
  if (isAbsent(conditions)) return undefined
  const tests = conditions.kind === 'map' ? [...conditions.entries.values()] : [conditions]
  const open = tests.find((each) => each.kind !== 'map')
  const asks = tests.some((each) => each.kind === 'map' && [...each.entries.keys()].some((key) => ofSigners.test(key)))
  if (!open && !asks) return undefined
  const name = 'the conditions of the resource policy'
  return {
    kind: 'unknown',
    value: open ?? any(name, nothing, { kind: 'unreadable', name }),
    because: 'whom the resource policy of the API admits under its conditions is not known',
  }
}

/** Undefined where it lets anybody in, if it allows anything. */
function admittedBy(statement: Value): Access | 'nobody else' | undefined {
  const principal = entry(statement, 'Principal')
  const names =
    principal.kind === 'map'
      ? [...principal.entries.values()].flatMap((each) => (each.kind === 'list' ? each.items : [each]))
      : [principal]
  if (names.length === 0 || !isAbsent(entry(statement, 'NotPrincipal'))) return undefined
  if (names.some((each) => textOf(each) === '*')) return undefined
  const open = names.find(mayBeAnybody)
  if (open) return { kind: 'unknown', value: open, because: 'whom the resource policy of the API admits is not known' }
  return names.some((each) => isAbsent(each)) ? undefined : 'nobody else'
}
