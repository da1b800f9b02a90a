/** What claims rest on without following each reference to it: what interfaces stand in, and the parts of an API. */
import type { Facts } from '../facts/facts.ts'
import { isIt } from '../facts/identity.ts'
import { classOf } from '../facts/types/table.ts'
import type { Resource } from '../resolve/program.ts'
import { isAbsent } from '../resolve/value.ts'
import { apiTypes } from './apis.ts'

const network: ReadonlySet<string> = new Set([
  'AWS::EC2::SecurityGroupVpcAssociation',
  'AWS::EC2::Subnet',
  'AWS::EC2::SubnetCidrBlock',
  'AWS::EC2::VPC',
  'AWS::EC2::VPCCidrBlock',
  'AWS::ECS::Cluster',
  'AWS::ECS::ClusterCapacityProviderAssociations',
])

/** Networks and clusters: what is said of one holds for everything in it. */
export const isGround = ({ type }: Resource): boolean => network.has(type)

const routing: ReadonlySet<string> = new Set([
  'AWS::EC2::GatewayRouteTableAssociation',
  'AWS::EC2::Route',
  'AWS::EC2::RouteTable',
  'AWS::EC2::SubnetRouteTableAssociation',
  'AWS::EC2::VPCEndpoint',
  'AWS::EC2::VPNGatewayRoutePropagation',
])

/** What may lead packets out of a network. */
export const isRouting = ({ type }: Resource): boolean => network.has(type) || routing.has(type)

const isOfGateway = (type: string): boolean => /^AWS::ApiGateway(?:V2)?::/.test(type)

/** Parts of an API by what they do for it. */
const parts = {
  entrance: /::(?:ApiMapping|BasePathMapping|DomainName|RoutingRule|Stage|Deployment)$/,
  way: /::(?:DomainName|Integration|Method|Stage|VpcLink)$/,
  access: /::(?:ApiGatewayManagedOverrides|Authorizer|Deployment|Integration|Method|Resource|Route|Stage)$/,
  any: /./,
}

const owners = ['ApiId', 'RestApiId']

/** Whether it may be such a part of the API, or of no API at all, as a domain or link is. */
export function mayBePartOf(facts: Facts, part: Resource, api: Resource, of: keyof typeof parts): boolean {
  if (!isOfGateway(part.type) || (apiTypes as readonly string[]).includes(part.type) || !parts[of].test(part.type))
    return part === api
  const owner = owners.map((name) => facts.get(part, name)).find((value) => !isAbsent(value))
  return owner === undefined || isIt(facts, owner, api.key).is !== 'no'
}

/** What the claims about APIs ask for. */
export const isPartOfApis = ({ type }: Resource): boolean => isOfGateway(type) && classOf(type) === 'modelled'
