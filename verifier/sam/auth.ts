/** `Auth` of an API, with the globals in it, and of an event. */
import type { Mapping, Node } from '../read/node.ts'
import { editable } from './document.ts'
import { type ApiDraft, keySet, unknownIn } from './draft.ts'
import { get, plainMap, truth } from './nodes.ts'

export const authKeys: Readonly<Record<ApiDraft['kind'], ReadonlySet<string>>> = {
  http: keySet('Authorizers DefaultAuthorizer EnableIamAuthorizer'),
  rest: keySet(
    'Authorizers DefaultAuthorizer InvokeRole AddDefaultAuthorizerToCorsPreflight AddApiKeyRequiredToCorsPreflight ' +
      'ApiKeyRequired ResourcePolicy UsagePlan',
  ),
}

/** What is written into the document of the API; undefined where nothing is. What is not modelled leaves it open. */
export function authOf(api: ApiDraft): { readonly auth: Mapping; readonly unclear: string } | undefined {
  const node = get(api.properties, 'Auth')
  if (truth(node) === false) return undefined
  const auth = plainMap(node)
  const unclear = `Auth of ${api.id} is not modelled`
  if (!auth || !editable(api)) {
    api.reasons.add(unclear)
    return undefined
  }
  const unknown = unknownIn(auth, authKeys[api.kind], `Auth of ${api.id}`)
  if (unknown !== undefined) api.reasons.add(unknown)
  return { auth, unclear }
}

const eventAuthKeys: typeof authKeys = {
  http: keySet('Authorizer AuthorizationScopes'),
  rest: keySet('Authorizer AuthorizationScopes ApiKeyRequired ResourcePolicy InvokeRole OverrideApiAuth'),
}

/** What an event says; undefined where it cannot be read. What is not modelled is told to `open`. */
export function authOfEvent(
  { kind }: ApiDraft,
  name: string,
  node: Node,
  open: (reason: string | undefined) => void,
): { readonly auth: Mapping; readonly unclear: string } | undefined {
  const auth = plainMap(node)
  const unclear = `Auth of event ${name} is not modelled`
  if (!auth) {
    open(unclear)
    return undefined
  }
  open(unknownIn(auth, eventAuthKeys[kind], `Auth of event ${name}`))
  return { auth, unclear }
}
