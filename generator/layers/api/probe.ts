import { createHash } from 'node:crypto'
import { empty, type Fragment, fragment } from '../../cfn/fragment.ts'
import { getAtt, type Handle } from '../../cfn/handle.ts'
import { join, param, select, split } from '../../cfn/intrinsics.ts'
import type { Value } from '../../cfn/value.ts'
import type { Api } from '../../model/api/api.ts'
import type { Domain } from '../../model/domain/domain.ts'
import type { LoadBalancer as Balancer } from '../../model/load-balancer/load-balancer.ts'
import type { Network } from '../../model/network/network.ts'
import type { Override } from '../../model/overrides.ts'
import type { Parameter } from '../../model/parameters/parameter.ts'
import type { External } from '../../model/service/external.ts'
import type { Fronted } from '../../model/service/fronted.ts'
import type { Service } from '../../model/service/service.ts'
import { customResource } from '../custom-resource.ts'
import { ApiDomainName, ApiMapping, DefaultStage, HttpApi, IsolationProbe, route } from '../handles/api.ts'
import { LoadBalancer } from '../handles/load-balancer.ts'
import { fargateService, listenerRule } from '../handles/service.ts'
import { paramOf } from '../parameters.ts'

type Slice = {
  readonly api: Api
  readonly domain: Domain
  readonly network: Network
  readonly loadBalancer: Balancer
  readonly services: readonly Service[]
  readonly externals: readonly External[]
  readonly parameters: Parameters
  readonly overrides: readonly Override[]
}

type Parameters = Readonly<Record<string, Parameter>>

/** Fails a deployment whose guarded route is open. `guarding` is what, when it changes, must be probed again. */
export const probe = (
  { api, domain, network, loadBalancer, services, externals, parameters, overrides }: Slice,
  guarding: Fragment,
): Fragment => {
  const { probe: requests } = api
  if (!requests) return empty
  const executeApiHost = select(2, split('/', getAtt(HttpApi, 'ApiEndpoint')))
  return fragment(
    customResource(
      IsolationProbe,
      {
        DomainName: domain.publish ? paramOf(domain.domainName) : executeApiHost,
        ConnectTo: domain.publish ? endpointOf(domain) : executeApiHost,
        GuardedRequest: requests.guarded,
        OpenRequest: requests.open,
        OpenStatus: requests.open === undefined ? undefined : '200',
        // Of one that others made, only the listener is known.
        ...(loadBalancer.kind === 'existing'
          ? {}
          : { LoadBalancerDnsName: getAtt(LoadBalancer, 'DNSName'), VpcCidr: paramOf(network.cidr) }),
        BudgetSeconds: 600,
        Revision: revision(parameters, guarding, overrides),
      },
      {
        dependsOn: [
          ...(domain.publish ? [ApiMapping] : []),
          DefaultStage,
          ...api.routes.map(route),
          ...(requests.open === undefined
            ? []
            : [
                ...services.flatMap((service) => [fargateService(service), ...rulesOf(service)]),
                ...externals.flatMap(rulesOf),
              ]),
        ],
        why: 'Calls the deployed API without credentials and fails the deployment if it gets in. Its Revision changes with routes, authorizers, domain and group rules.',
      },
    ),
  )
}

/** Without the DNS of the name, unless the domain is made elsewhere: then only its name is known. */
const endpointOf = ({ existing, domainName }: Domain) =>
  existing ? paramOf(domainName) : getAtt(ApiDomainName, 'RegionalDomainName')

const rulesOf = (service: Fronted): Handle[] => service.listenerRules.map((rule) => listenerRule(service, rule))

/**
 * What the templates say, and the values of the parameters in it: a deployment that only gives a parameter another value
 * changes what is deployed although the resource that refers to it reads the same.
 */
const revision = (parameters: Parameters, { entries }: Fragment, overrides: readonly Override[]): Value<string> => {
  const byName = ([a]: readonly [unknown, unknown], [b]: readonly [unknown, unknown]) =>
    String(a) < String(b) ? -1 : 1
  const resources = JSON.stringify([
    ...entries.map(({ id, resource }) => [id, resource] as const).sort(byName),
    ...(overrides.length > 0 ? [overrides] : []),
  ])
  const named = Object.entries(parameters)
    .filter(([name]) => resources.includes(`"${name}"`))
    .sort(byName)
  const defaults = named.map(([name, parameter]) => [name, parameter.default] as const)
  const hash = createHash('sha256').update(resources).update(JSON.stringify(defaults)).digest('hex').slice(0, 16)
  const values = named.map(([name, { type }]) => (type === 'CommaDelimitedList' ? join(',', param(name)) : param(name)))
  return values.length === 0 ? hash : join('|', [hash, ...values])
}
