/** Through which custom domains an API is reached. */
import type { Facts } from '../facts/facts.ts'
import { type Answer, isIt, resourceOf } from '../facts/identity.ts'
import { atomsOf } from '../resolve/atoms.ts'
import type { Resource } from '../resolve/program.ts'
import {
  any,
  booleanOf,
  entry,
  isAbsent,
  isOpen,
  itemsOf,
  keyOf,
  nothing,
  textOf,
  type Value,
} from '../resolve/value.ts'
import { actionsOfRule } from './apis.ts'
import { type Known, unlessBoolean, wordOf } from './known.ts'
import { disablesEndpoint, endpointWords } from './open-api.ts'

export const domainTypes = [
  'AWS::ApiGatewayV2::DomainName',
  'AWS::ApiGateway::DomainName',
  'AWS::ApiGateway::DomainNameV2',
] as const
const mappingTypes = [
  'AWS::ApiGatewayV2::ApiMapping',
  'AWS::ApiGateway::BasePathMapping',
  'AWS::ApiGateway::BasePathMappingV2',
  'AWS::ApiGatewayV2::RoutingRule',
] as const

const apiProperty: Readonly<Record<string, string>> = {
  'AWS::ApiGatewayV2::ApiMapping': 'ApiId',
  'AWS::ApiGateway::BasePathMapping': 'RestApiId',
  'AWS::ApiGateway::BasePathMappingV2': 'RestApiId',
}

export type Mapped = {
  /** What maps the domain to the API. */
  readonly by: Resource
  readonly domain: Value
  /** The domain, when it is in the templates for certain. */
  readonly resource: Resource | undefined
}

/** What may map a domain to an API, in any world. */
export const mappingSources = (facts: Facts): readonly Resource[] => facts.candidates(...mappingTypes)

/** Whether a mapping or routing rule leads to the API. */
export function mapsTo(facts: Facts, by: Resource, api: Resource): Answer {
  const property = apiProperty[by.type]
  if (property !== undefined) return isIt(facts, facts.get(by, property), api.key)
  const answers = actionsOfRule(facts, by).map((value) => isIt(facts, value, api.key))
  return (
    answers.find(({ is }) => is === 'yes') ??
    answers.find(({ is }) => is === 'maybe') ?? { is: 'no', because: 'another resource' }
  )
}

export function mappedBy(facts: Facts, by: Resource): Mapped {
  const name = ['DomainName', 'DomainNameArn'].map((each) => facts.get(by, each)).find((value) => !isAbsent(value))
  const domain = name ?? facts.get(by, 'DomainName')
  return { by, domain, resource: domainOf(facts, domain) }
}

/** Mappings that certainly lead to the API, in this world. */
export const mappedTo = (facts: Facts, api: Resource): Mapped[] =>
  mappingSources(facts)
    .filter((by) => mapsTo(facts, by, api).is === 'yes' && facts.exists(by))
    .map((by) => mappedBy(facts, by))

/**
 * Whether its domain looks at it: a domain takes mappings unless it takes rules only, and rules only if it says so.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-routing-mode.html
 */
export function isInUse(facts: Facts, { by, resource }: Mapped): Known<boolean> {
  if (!resource) return { known: true }
  const modes = ['API_MAPPING_ONLY', 'ROUTING_RULE_ONLY', 'ROUTING_RULE_THEN_API_MAPPING'] as const
  const mode = wordOf(facts.get(resource, 'RoutingMode'), modes, 'API_MAPPING_ONLY')
  if ('unknown' in mode) return mode
  const ignored = by.type === 'AWS::ApiGatewayV2::RoutingRule' ? 'API_MAPPING_ONLY' : 'ROUTING_RULE_ONLY'
  return { known: mode.known !== ignored }
}

/** By reference, or by the same name. */
function domainOf(facts: Facts, value: Value): Resource | undefined {
  return (
    resourceOf(facts, value, ...domainTypes) ??
    facts
      .candidates(...domainTypes)
      .find((each) => keyOf(facts.get(each, 'DomainName')) === keyOf(value) && facts.exists(each))
  )
}

/** Whether two mappings are of one domain, named or referred to. */
export function isSameDomain(a: Mapped, b: Mapped): boolean | undefined {
  if (a.resource && b.resource) return a.resource === b.resource
  if (keyOf(a.domain) === keyOf(b.domain)) return true
  if (a.domain.kind === 'text' && b.domain.kind === 'text') return false
  return undefined
}

/** Whether all of a name stands in the template. */
export const isWrittenOut = (value: Value): boolean => atomsOf(value, true).every(({ kind }) => kind === 'literal')

/** Whether the API's own endpoint is switched off; undefined when that is not known. */
export function isEndpointOff(
  facts: Facts,
  api: Resource,
): { readonly is: boolean | undefined; readonly isSaid: boolean; readonly value: Value } {
  const value = facts.get(api, 'DisableExecuteApiEndpoint')
  const said = booleanOf(value, false)
  const document = facts.get(api, 'Body')
  if (isAbsent(value)) {
    const body = disablesEndpoint(document)
    return 'unknown' in body
      ? { is: undefined, isSaid: false, value: body.unknown }
      : { is: body.known ?? false, isSaid: body.known !== undefined, value }
  }
  const words = endpointWords(document)
  const name = `what DisableExecuteApiEndpoint of ${api.id} says, in its document too`
  const contradiction = any(name, nothing, { kind: 'unreadable', name })
  if ('unknown' in words)
    return { is: undefined, isSaid: true, value: isOpen(words.unknown) ? words.unknown : contradiction }
  const { top, below } = words.known
  // Which of the two holds is not documented.
  if (said !== undefined && [top, ...below].some((each) => !isAbsent(each) && booleanOf(each, false) !== said))
    return { is: undefined, isSaid: true, value: contradiction }
  return { is: said, isSaid: true, value: said === undefined ? unlessBoolean(value) : value }
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-security-policies-list.html */
const newPolicies = /^(?:TLS_1_2|SecurityPolicy_TLS1[23]_.+)$/

export type Policy = { readonly is: 'new' | 'old' } | { readonly is: 'unknown'; readonly value: Value }

/** Which TLS versions a domain takes, as far as it is written; what API Gateway chooses otherwise is not documented. */
export function policiesOf(facts: Facts, domain: Resource): Policy[] {
  const isV2 = domain.type === 'AWS::ApiGatewayV2::DomainName'
  const configurations = isV2
    ? (itemsOf(facts.get(domain, 'DomainNameConfigurations')) ?? [facts.get(domain, 'DomainNameConfigurations')])
    : [facts.get(domain, 'SecurityPolicy')]
  return configurations.flatMap((configuration): Policy[] => {
    const policy = isV2 ? entry(configuration, 'SecurityPolicy') : configuration
    if (isAbsent(policy)) return []
    const word = textOf(policy)
    if (word === 'TLS_1_0') return [{ is: 'old' }]
    return word !== undefined && newPolicies.test(word) ? [{ is: 'new' }] : [{ is: 'unknown', value: policy }]
  })
}
