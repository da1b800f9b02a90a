/** What the authorizer of a route looks at, as far as the template says it. */
import type { Facts } from '../facts/facts.ts'
import { resourceOf } from '../facts/identity.ts'
import type { Place, Resource } from '../resolve/program.ts'
import { at, entry, isAbsent, itemsOf, piecesOf, textOf, type Value } from '../resolve/value.ts'
import { schemesOf } from './open-api.ts'
import type { Api } from './route.ts'

export type Authorizer = {
  readonly kind: 'jwt' | 'function' | 'cognito' | 'iam' | 'other'
  readonly name: string
  readonly place: Place
  /** Where it finds who calls, `$request.header.Authorization`; each must be there. */
  readonly sources: readonly string[]
  readonly issuer: Value
  readonly audience: Value
  readonly scopes: readonly string[]
}

const kinds: Readonly<Record<string, Authorizer['kind']>> = {
  jwt: 'jwt',
  request: 'function',
  token: 'function',
  cognito_user_pools: 'cognito',
}

/** Of a route or method that is a resource. */
export function authorizerOf(facts: Facts, route: Resource): Authorizer | undefined {
  const type = textOf(facts.get(route, 'AuthorizationType'))
  const scopes = textsOf(facts.get(route, 'AuthorizationScopes'))
  if (type?.toUpperCase() === 'AWS_IAM') return byIam(facts.place(route))
  const found = resourceOf(
    facts,
    facts.get(route, 'AuthorizerId'),
    'AWS::ApiGatewayV2::Authorizer',
    'AWS::ApiGateway::Authorizer',
  )
  if (!found) return undefined
  const isV2 = found.type === 'AWS::ApiGatewayV2::Authorizer'
  return {
    kind: kindOf(facts.get(found, isV2 ? 'AuthorizerType' : 'Type')),
    name: found.id,
    place: facts.place(found),
    sources: sourcesOf(facts.get(found, 'IdentitySource')),
    issuer: facts.get(found, 'JwtConfiguration.Issuer'),
    audience: facts.get(found, 'JwtConfiguration.Audience'),
    scopes,
  }
}

/** Of a route in the OpenAPI document of an API: the first alternative of its security. */
export function documentAuthorizerOf(facts: Facts, { resource }: Api, key: string): Authorizer | undefined {
  const body = facts.get(resource, 'Body')
  const operation = operationOf(entry(body, 'paths'), key)
  const place = facts.place(resource)
  if (textOf(at(operation, 'x-amazon-apigateway-auth.type'))?.toUpperCase() === 'AWS_IAM') return byIam(place)
  const [first] = piecesOf(entry(operation, 'security'))
  const [name, scopes] = (first?.kind === 'map' ? [...first.entries] : [])[0] ?? []
  if (name === undefined || scopes === undefined) return undefined
  const scheme = entry(schemesOf(body), name)
  if (textOf(entry(scheme, 'x-amazon-apigateway-authtype')) === 'awsSigv4') return byIam(place)
  const authorizer = entry(scheme, 'x-amazon-apigateway-authorizer')
  return {
    kind: kindOf(entry(authorizer, 'type')),
    name,
    place,
    sources: sourcesOf(entry(authorizer, 'identitySource')),
    issuer: at(authorizer, 'jwtConfiguration.issuer'),
    audience: at(authorizer, 'jwtConfiguration.audience'),
    scopes: textsOf(scopes),
  }
}

function operationOf(paths: Value, key: string): Value {
  const space = key.indexOf(' ')
  const item = entry(paths, space < 0 ? key : key.slice(space + 1))
  const method = space < 0 ? 'ANY' : key.slice(0, space)
  const names = method === 'ANY' ? ['x-amazon-apigateway-any-method'] : [method.toLowerCase(), method]
  return names.map((name) => entry(item, name)).find((value) => !isAbsent(value)) ?? entry(item, names[0] ?? '')
}

const byIam = (place: Place): Authorizer => ({
  kind: 'iam',
  name: 'AWS_IAM',
  place,
  sources: ['$request.header.Authorization'],
  issuer: { kind: 'none' },
  audience: { kind: 'none' },
  scopes: [],
})

const kindOf = (type: Value): Authorizer['kind'] => kinds[textOf(type)?.toLowerCase() ?? ''] ?? 'other'

/** A list, or one text with commas; what is not known asks for nothing. */
const sourcesOf = (value: Value): readonly string[] =>
  textsOf(value).flatMap((each) => each.split(',').map((source) => source.trim()))

const textsOf = (value: Value): readonly string[] => (itemsOf(value) ?? []).flatMap((each) => textOf(each) ?? [])
