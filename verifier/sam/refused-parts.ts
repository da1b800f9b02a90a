/** Parts of SAM resources that the translator refuses, beyond the properties that it does not know. */
import type { Mapping, Node } from '../read/node.ts'
import { choiceOf, get, isNoValue, plainMap, truth, word } from './nodes.ts'
import { policyTemplates } from './policy-templates.gen.ts'
import { first, kindOf, type Owner, type Refusal, refusal } from './refusal.ts'
import { refusedAuth } from './refused-auth.ts'

type Part = {
  /** Kinds of resources, and the path in them. */
  readonly of: readonly string[]
  readonly path: readonly string[]
  /** All keys that it may have. */
  readonly keys?: readonly string[]
  readonly needs?: readonly string[]
  readonly oneOf?: readonly string[]
}

const apis = ['Api', 'HttpApi']
const words = (text: string): readonly string[] => text.split(' ')

/** The contents of a map that is not empty. */
const parts: readonly Part[] = [
  { of: apis, path: ['Domain'], needs: ['DomainName', 'CertificateArn'] },
  { of: apis, path: ['Domain', 'Route53'], oneOf: ['HostedZoneId', 'HostedZoneName'] },
  { of: apis, path: ['Domain', 'MutualTlsAuthentication'], keys: ['TruststoreUri', 'TruststoreVersion'] },
  { of: ['Api'], path: ['Cors'], keys: words('AllowMethods AllowHeaders AllowOrigin MaxAge AllowCredentials') },
  {
    of: ['HttpApi'],
    path: ['CorsConfiguration'],
    keys: words('AllowMethods AllowHeaders AllowOrigins MaxAge ExposeHeaders AllowCredentials'),
  },
  { of: ['Function'], path: ['DeadLetterQueue'], needs: ['Type', 'TargetArn'] },
  { of: ['Function'], path: ['FunctionUrlConfig'], needs: ['AuthType'] },
  { of: ['Function'], path: ['CodeUri'], needs: ['Bucket', 'Key'] },
  { of: ['LayerVersion'], path: ['ContentUri'], needs: ['Bucket', 'Key'] },
  {
    of: ['NetworkConnector'],
    path: ['VpcConfig'],
    keys: words('SubnetIds SecurityGroupIds NetworkProtocol'),
    needs: words('SubnetIds SecurityGroupIds NetworkProtocol'),
  },
  { of: ['CapacityProvider'], path: ['VpcConfig'], keys: words('SubnetIds SecurityGroupIds'), needs: ['SubnetIds'] },
]

/** Choices of which at most one, or exactly one, may be made. */
const choices: readonly { readonly of: string; readonly among: readonly string[]; readonly isNeeded?: true }[] = [
  { of: 'Function', among: ['InlineCode', 'CodeUri'] },
  { of: 'Function', among: ['InlineCode', 'ImageUri'] },
  { of: 'StateMachine', among: ['Definition', 'DefinitionUri'], isNeeded: true },
  { of: 'StateMachine', among: ['Role', 'Policies'] },
]

export function refusedParts(owner: Owner): Refusal | undefined {
  return (
    first(parts, (part) => inPart(owner, part)) ??
    first(choices, (choice) => inChoice(owner, choice)) ??
    withoutCode(owner) ??
    inPolicies(owner) ??
    besideEvents(owner) ??
    inDocument(owner) ??
    refusedAuth(owner)
  )
}

function inPart({ id, kind, properties }: Owner, { of, path, keys, needs = [], oneOf }: Part): Refusal | undefined {
  if (!of.includes(kind)) return undefined
  let found: Node | undefined = properties
  for (const step of path) found = plainMap(found) && get(found, step)
  const map = plainMap(found)
  if (!map || map.entries.size === 0) return undefined
  const name = `${path.join('.')} of ${id}`
  const unknown = [...map.entries].find(([key]) => keys && !keys.includes(key))
  if (unknown) return refusal(unknown[1], `${unknown[0]} is not a property of ${name}`)
  const missing = needs.find((key) => !get(map, key))
  if (missing !== undefined) return refusal(map, `${name} has no ${missing}`)
  return oneOf?.every((key) => !get(map, key)) ? refusal(map, `${name} has none of ${oneOf.join(', ')}`) : undefined
}

function inChoice(
  { id, kind, properties, at }: Owner,
  { of, among, isNeeded }: (typeof choices)[number],
): Refusal | undefined {
  if (kind !== of) return undefined
  const made = among.map((name) => truth(get(properties, name)))
  if (made.every((each) => each === true)) return refusal({ at }, `${id} has both ${among.join(' and ')}`)
  return isNeeded && made.every((each) => each === false)
    ? refusal({ at }, `${id} has neither ${among.join(' nor ')}`)
    : undefined
}

function withoutCode({ id, kind, properties, at }: Owner): Refusal | undefined {
  const isZip = kind === 'Function' && (word(get(properties, 'PackageType')) ?? 'Zip') === 'Zip'
  if (!isZip || kindOf(get(properties, 'PackageType')) === 'function') return undefined
  const missing = ['Runtime', 'Handler'].find((name) => truth(get(properties, name)) === false)
  return missing === undefined ? undefined : refusal({ at }, `${id} has no ${missing}`)
}

/** With a role there need be no policies, and they are not looked at. */
function hasRole(properties: Mapping): boolean {
  const role = get(properties, 'Role')
  return role !== undefined && choiceOf(role) === undefined
}

function inPolicies({ id, kind, properties }: Owner): Refusal | undefined {
  const policies = get(properties, 'Policies')
  if ((kind !== 'Function' && kind !== 'StateMachine') || !policies || hasRole(properties)) return undefined
  const all = policies.kind === 'list' ? policies.items : [policies]
  return first(all, (policy) => {
    const why = policyFault(policy)
    return why === undefined ? undefined : refusal(policy, `a policy of ${id} ${why}`)
  })
}

/** Events that add a document of their own to those of the role, which the translator then looks for in each policy. */
const withDocument: ReadonlySet<string> = new Set(['DocumentDB', 'MQ', 'SelfManagedKafka'])

function besideEvents({ id, kind, properties }: Owner): Refusal | undefined {
  const policies = get(properties, 'Policies')
  if (kind !== 'Function' || !policies) return undefined
  const all = policies.kind === 'list' ? policies.items : [policies]
  const chosen = all.find((policy) => choiceOf(policy)?.branches.some((each) => kindOf(each) === 'map'))
  const events = [...(plainMap(get(properties, 'Events'))?.entries.values() ?? [])].map(({ node }) => plainMap(node))
  const types = events.map((event) => word(get(event, 'Type')) ?? '')
  const type = types.find((each) => withDocument.has(each))
  return chosen && type !== undefined
    ? refusal(chosen, `a policy of ${id} that only one condition gives stands beside an event of ${type}`)
    : undefined
}

function policyFault(node: Node): string | undefined {
  const choice = choiceOf(node)
  if (choice) return choice.branches.map((each) => (isNoValue(each) ? undefined : policyFault(each))).find(Boolean)
  const kind = kindOf(node)
  if (kind === 'text' || kind === 'function') return undefined
  const policy = kind === 'map' ? plainMap(node) : undefined
  if (kind !== 'map') return 'is neither a name nor a map'
  if (!policy || policy.entries.has('Statement')) return undefined
  const [name = ''] = policy.entries.keys()
  // A newer translator may have more templates than this one; it cannot read what has several keys or none.
  const template = policyTemplates[name]
  if (policy.entries.size !== 1 || template === undefined) return 'is neither a document nor a known template'
  const given = get(policy, name)
  if (given && given.kind !== 'map') return `gives ${name} no map of parameters`
  const missing = parametersOf(template).find(
    (each) => plainMap(given ?? policy) && !(given?.kind === 'map' && given.entries.has(each)),
  )
  return missing === undefined ? undefined : `gives ${name} no ${missing}`
}

const parametersOf = (template: string): readonly string[] =>
  [...template.matchAll(/"Ref":"([A-Za-z]+)"/g)].map(([, name = '']) => name)

function inDocument({ id, kind, properties }: Owner): Refusal | undefined {
  // Where nothing is written into it, the document is handed on as it is.
  if (kind !== 'Api' || truth(get(properties, 'Auth')) !== true) return undefined
  const paths = plainMap(get(plainMap(get(properties, 'DefinitionBody')), 'paths'))
  // Only what each method gets is written into each method.
  const isOfMethods = ['DefaultAuthorizer', 'ApiKeyRequired'].some(
    (name) => truth(get(get(properties, 'Auth'), name)) === true,
  )
  return first([...(paths?.entries ?? [])], ([path, { node, at }]) => {
    const here = `the path ${path} in the DefinitionBody of ${id}`
    if (['function', 'none'].includes(kindOf(node))) return undefined
    if (node.kind !== 'map') return refusal({ at }, `${here} is not a map`)
    return first(isOfMethods ? methodsOf(node) : [], ([method, entry]) =>
      ['map', 'function', 'none'].includes(kindOf(entry.node))
        ? undefined
        : refusal(entry, `${method} of ${here} is not a map`),
    )
  })
}

const besideMethods: ReadonlySet<string> = new Set(['parameters', 'summary', 'description', 'servers'])
const methodsOf = (node: Mapping) =>
  [...(plainMap(node)?.entries ?? [])].filter(
    ([name]) => !besideMethods.has(name) && !name.startsWith('x-') && !name.startsWith('$'),
  )
