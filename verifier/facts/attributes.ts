/** What attributes give, for the resolver, which knows no types. */
import type { AttributeKind } from '../resolve/resolver.ts'
import type { Thing } from './types/attributes.ts'
import { classOf, attributeOf as fromTable } from './types/table.ts'

const typesOf: Readonly<Record<Thing, readonly string[]>> = {
  api: ['AWS::ApiGatewayV2::Api', 'AWS::ApiGateway::RestApi'],
  certificate: ['AWS::CertificateManager::Certificate'],
  group: ['AWS::EC2::SecurityGroup'],
  interface: ['AWS::EC2::NetworkInterface'],
  link: ['AWS::ApiGatewayV2::VpcLink', 'AWS::ApiGateway::VpcLink'],
  listener: ['AWS::ElasticLoadBalancingV2::Listener'],
  'listener-rule': ['AWS::ElasticLoadBalancingV2::ListenerRule'],
  'load-balancer': ['AWS::ElasticLoadBalancingV2::LoadBalancer'],
  'network-acl': ['AWS::EC2::NetworkAcl'],
  'route-table': ['AWS::EC2::RouteTable'],
  subnet: ['AWS::EC2::Subnet'],
  'target-group': ['AWS::ElasticLoadBalancingV2::TargetGroup'],
  vpc: ['AWS::EC2::VPC'],
  // It may be anything.
  other: [],
}

const known = new Map<string, AttributeKind | undefined>()

/** Undefined for an attribute that nobody judged: it may be anything. */
export function attributeOf(type: string, attribute: string): AttributeKind | undefined {
  const key = `${type} ${attribute}`
  if (!known.has(key)) known.set(key, fresh(type, attribute))
  return known.get(key)
}

function fresh(type: string, attribute: string): AttributeKind | undefined {
  const found = fromTable(type, attribute)
  if (found?.kind === 'foreign') return { kind: 'foreign', types: typesOf[found.of] }
  if (found) return found
  // Attributes of the registry that look like the identity of another thing are judged by hand.
  const kind = classOf(type)
  return kind === undefined || kind === 'container' ? undefined : { kind: 'derived' }
}
