import type { Config } from '../../config/schema/index.ts'
import { pascalCase, sortedEntries } from '../names.ts'
import { audience, functionArn, issuer } from '../parameters/authorizer.ts'
import type { Parameter } from '../parameters/parameter.ts'

type Named = { readonly key: string; readonly id: string }
export type JwtAuthorizer = Named & { readonly kind: 'jwt'; readonly issuer: Parameter; readonly audience: Parameter }
export type LambdaAuthorizer = Named & { readonly kind: 'lambda'; readonly functionArn: Parameter }
export type Authorizer = JwtAuthorizer | LambdaAuthorizer

export const authorizersOf = (auth: Config['api']['auth']): Authorizer[] =>
  sortedEntries(auth).flatMap(([key, { jwt, lambda }]): Authorizer[] => {
    const named = { key, id: pascalCase(key) }
    if (jwt !== undefined)
      return [{ ...named, kind: 'jwt', issuer: issuer(named, jwt.issuer), audience: audience(named, jwt.audience) }]
    return lambda === undefined ? [] : [{ ...named, kind: 'lambda', functionArn: functionArn(named, lambda) }]
  })

export const parametersOfAuthorizers = (authorizers: readonly Authorizer[]): Parameter[] =>
  authorizers.flatMap((each) => (each.kind === 'jwt' ? [each.issuer, each.audience] : [each.functionArn]))
