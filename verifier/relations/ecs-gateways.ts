/**
 * ECS Gateway: a service that joins one gets a load balancer that ECS makes, and ECS writes the rule that admits it
 * into the service's own group. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/gateway-connect-service.html
 */
import type { Facts } from '../facts/facts.ts'
import { isIt, resourceOf } from '../facts/identity.ts'
import type { Resource } from '../resolve/program.ts'
import { any, isAbsent, keyOf, nothing, piecesOf, textOf, type Value } from '../resolve/value.ts'

export const gatewayType = 'AWS::ECS::Gateway'
export const expressType = 'AWS::ECS::ExpressGatewayService'

export const ecsMakesGateway =
  'remove its GatewayConnectors: ECS opens the group of the service to the load balancer of the gateway'

export type Joined =
  | {
      readonly gateway: Resource
      readonly because: string
      /** Internet-facing unless it says internal; undefined when that is not known. */
      readonly isPublic: boolean | undefined
      readonly value?: undefined
    }
  | {
      readonly gateway?: undefined
      readonly because: string
      readonly isPublic: undefined
      /** What keeps the gateway from being known. */
      readonly value: Value
    }

/** Gateways that a service joins; without one in the templates, its cluster may have one. */
export function gatewaysOf(facts: Facts, service: Resource): Joined[] {
  const connectors = facts.get(service, 'GatewayConnectors')
  if (piecesOf(connectors).length === 0) return []
  const cluster = facts.get(service, 'Cluster')
  const joined = facts
    .candidates('AWS::ECS::GatewayClusterAssociations')
    .filter((each) => isOfCluster(facts, facts.get(each, 'Cluster'), cluster) && facts.exists(each))
    .map((each) => resourceOf(facts, facts.get(each, 'Gateway'), gatewayType))
  const known = joined.flatMap((gateway) => gateway ?? [])
  if (known.length === 0)
    return [
      {
        because: `${service.id} joins the ECS gateways of its cluster, which are not in the templates`,
        isPublic: undefined,
        value:
          connectors.kind === 'any' || connectors.kind === 'outside'
            ? connectors
            : any(service.id, nothing, { kind: 'opaque', name: service.id }),
      },
    ]
  return known.map((gateway) => ({
    gateway,
    because: `${service.id} joins the ECS gateway ${gateway.id}: ECS makes a load balancer and admits it to the tasks`,
    isPublic: isPublic(facts, gateway),
  }))
}

function isPublic(facts: Facts, gateway: Resource): boolean | undefined {
  const scheme = facts.get(gateway, 'Configuration.HostSharedAlb.Scheme')
  if (isAbsent(scheme)) return true
  const word = textOf(scheme)
  return word === undefined ? undefined : word !== 'internal'
}

const isOfCluster = (facts: Facts, a: Value, b: Value): boolean => {
  const cluster = resourceOf(facts, b, 'AWS::ECS::Cluster')
  return cluster ? isIt(facts, a, cluster.key).is !== 'no' : keyOf(a) === keyOf(b) || a.kind !== 'text'
}
