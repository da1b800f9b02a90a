/** The resource policy of a REST API, as `Auth.ResourcePolicy` makes it for each path. */
import { type Mapping, type Node, string } from '../read/node.ts'
import { anyMethod, pathItems } from './document.ts'
import { type ApiDraft, keySet, unknownIn } from './draft.ts'
import { canonical, get, list, map, plainMap, set, sub, truth, word } from './nodes.ts'

const policyKey = 'x-amazon-apigateway-policy'
const keys = keySet(
  'AwsAccountWhitelist AwsAccountBlacklist IpRangeWhitelist IpRangeBlacklist SourceVpcWhitelist SourceVpcBlacklist ' +
    'IntrinsicVpcWhitelist IntrinsicVpceWhitelist IntrinsicVpcBlacklist IntrinsicVpceBlacklist CustomStatements',
)

export function addResourcePolicy(api: ApiDraft, node: Node, path: string, stage: Node | undefined): void {
  const policy = plainMap(node)
  const body = plainMap(api.body)
  if (!policy || !body) {
    api.reasons.add(`ResourcePolicy of ${api.id} is not modelled`)
    return
  }
  const unknown = unknownIn(policy, keys, `ResourcePolicy of ${api.id}`)
  if (unknown !== undefined) api.reasons.add(unknown)
  const at = policy.at
  const resources = list(
    pathItems(api, path).flatMap((item) => [...item.entries.keys()].map((method) => invoked(method, path, stage, at))),
    at,
  )
  const account = (key: string, effect: string): void => {
    const accounts = get(policy, key)
    if (truth(accounts) === false || !accounts) return
    addStatements(api, [statement(effect, resources, map(at, { AWS: asList(accounts) }), undefined, at)])
  }
  const range = (key: string, operator: string): void => {
    const ranges = get(policy, key)
    if (truth(ranges) === false || !ranges) return
    addGuarded(api, resources, map(at, { [operator]: map(at, { 'aws:SourceIp': asList(ranges) }) }), at)
  }
  account('AwsAccountWhitelist', 'Allow')
  account('AwsAccountBlacklist', 'Deny')
  range('IpRangeWhitelist', 'NotIpAddress')
  range('IpRangeBlacklist', 'IpAddress')
  for (const [kind, operator] of [
    ['Blacklist', 'StringEquals'],
    ['Whitelist', 'StringNotEquals'],
  ] as const) {
    const named = get(policy, `SourceVpc${kind}`)
    const literal = named?.kind === 'list' ? named.items : []
    const vpcs = [...literal.filter(startsWith('vpc-')), ...itemsOf(get(policy, `IntrinsicVpc${kind}`))]
    const endpoints = [...literal.filter(startsWith('vpce-')), ...itemsOf(get(policy, `IntrinsicVpce${kind}`))]
    if (vpcs.length + endpoints.length === 0) continue
    const sources = map(at, {
      'aws:SourceVpc': vpcs.length > 0 ? list(vpcs, at) : undefined,
      'aws:SourceVpce': endpoints.length > 0 ? list(endpoints, at) : undefined,
    })
    addGuarded(api, resources, map(at, { [operator]: sources }), at)
  }
}

export function addCustomStatements(api: ApiDraft, node: Node): void {
  const custom = get(node, 'CustomStatements')
  if (!custom || truth(custom) === false) return
  addStatements(api, itemsOf(asList(custom)))
}

/** All are let in but for those whom the condition names. */
function addGuarded(api: ApiDraft, resources: Node, condition: Node, at: number): void {
  const all = string('*', at)
  addStatements(api, [
    statement('Allow', resources, all, undefined, at),
    statement('Deny', resources, all, condition, at),
  ])
}

const statement = (
  effect: string,
  resources: Node,
  principal: Node,
  condition: Node | undefined,
  at: number,
): Mapping =>
  map(at, {
    Effect: string(effect, at),
    Action: string('execute-api:Invoke', at),
    Resource: resources,
    Principal: principal,
    Condition: condition,
  })

function addStatements(api: ApiDraft, statements: readonly Node[]): void {
  const body = plainMap(api.body)
  const [first] = statements
  if (!body || !first) return
  const existing = get(body, policyKey)
  const policy = existing ? plainMap(existing) : map(first.at, {})
  const before = get(policy, 'Statement')
  if (!policy || (before && before.kind !== 'list' && !plainMap(before))) {
    api.reasons.add(`the policy in the document of ${api.id} is not modelled`)
    return
  }
  const known = before ? itemsOf(asList(before)) : []
  const seen = new Set(known.map(canonical))
  const added = statements.filter((each) => !seen.has(canonical(each)))
  set(policy, 'Version', string('2012-10-17', first.at))
  set(policy, 'Statement', list([...known, ...added], first.at))
  set(body, policyKey, policy, first.at)
}

function invoked(method: string, path: string, stage: Node | undefined, at: number): Mapping {
  const lower = method.toLowerCase()
  const verb = lower === anyMethod || lower === 'any' ? '*' : method.toUpperCase()
  const open = path.replace(/\{[a-zA-Z0-9._-]+\+?\}/g, '*')
  return sub(`execute-api:/\${__Stage__}/${verb}${open}`, at, { __Stage__: stage })
}

const asList = (node: Node): Node => (node.kind === 'list' ? node : list([node], node.at))
const itemsOf = (node: Node | undefined): readonly Node[] => (node?.kind === 'list' ? node.items : [])
const startsWith =
  (prefix: string) =>
  (node: Node): boolean =>
    word(node)?.startsWith(prefix) === true
