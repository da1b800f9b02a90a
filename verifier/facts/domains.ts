/** Through which custom domains an API is reached. */
import type { Resource } from '../resolve/program.ts'
import { entry, isAbsent, itemsOf, keyOf, type Value } from '../resolve/value.ts'
import { httpApis, restApis } from './apis.ts'
import type { Facts } from './facts.ts'
import { resourceOf } from './identity.ts'

export type Mapped = {
  /** What maps the domain to the API. */
  readonly by: Resource
  readonly domain: Value
  /** The domain, when it is in the templates. */
  readonly resource: Resource | undefined
}

const domainTypes = ['AWS::ApiGatewayV2::DomainName', 'AWS::ApiGateway::DomainName'] as const
const apiTypes = [...httpApis, ...restApis] as const

/** Mappings, base paths and routing rules that lead to the API, and the domain that SAM makes itself. */
export function domainsOf(facts: Facts, api: Resource): Mapped[] {
  const { program } = facts.around
  const leads = (value: Value): boolean => resourceOf(program, value, ...apiTypes) === api
  const mapped = (by: Resource, domain: Value): Mapped => ({ by, domain, resource: domainOf(facts, domain) })
  const sam = facts.get(api, 'Domain')
  return [
    ...facts
      .all('AWS::ApiGatewayV2::ApiMapping')
      .filter((each) => leads(facts.get(each, 'ApiId')))
      .map((each) => mapped(each, facts.get(each, 'DomainName'))),
    ...facts
      .all('AWS::ApiGateway::BasePathMapping')
      .filter((each) => leads(facts.get(each, 'RestApiId')))
      .map((each) => mapped(each, facts.get(each, 'DomainName'))),
    ...facts
      .all('AWS::ApiGatewayV2::RoutingRule')
      .filter((each) =>
        (itemsOf(facts.get(each, 'Actions')) ?? []).some((action) => leads(entry(entry(action, 'InvokeApi'), 'ApiId'))),
      )
      .map((each) => mapped(each, facts.get(each, 'DomainNameArn'))),
    ...(api.type.startsWith('AWS::Serverless::') && !isAbsent(sam) ? [mapped(api, entry(sam, 'DomainName'))] : []),
  ]
}

/** By reference, or by the same name. */
function domainOf(facts: Facts, value: Value): Resource | undefined {
  const { program } = facts.around
  const byReference =
    resourceOf(program, value, ...domainTypes) ??
    (value.kind === 'ref' ? program.resources.get(value.resource) : undefined)
  if (byReference && (domainTypes as readonly string[]).includes(byReference.type)) return byReference
  return facts.all(...domainTypes).find((each) => keyOf(facts.get(each, 'DomainName')) === keyOf(value))
}

/** The same for mappings of the same domain, whether named or referred to. */
export const domainKey = ({ resource, domain }: Mapped): string => resource?.key ?? keyOf(domain)
