/** Logical IDs are public API: renaming one replaces a live resource. They are spelt in this folder only. */
import { handle } from '../../cfn/handle.ts'

export const EndpointSecurityGroup = handle('AWS::EC2::SecurityGroup', 'EndpointSecurityGroup')
export const S3Endpoint = handle('AWS::EC2::VPCEndpoint', 'S3Endpoint')
/** `ecr.api` -> `EcrApiEndpoint` */
export const interfaceEndpoint = (name: string) =>
  handle('AWS::EC2::VPCEndpoint', `${endpointNames[name] ?? fail(name)}Endpoint`)

export const InternetGateway = handle('AWS::EC2::InternetGateway', 'InternetGateway')
export const InternetGatewayAttachment = handle('AWS::EC2::VPCGatewayAttachment', 'InternetGatewayAttachment')
export const PublicRouteTable = handle('AWS::EC2::RouteTable', 'PublicRouteTable')
export const PublicDefaultRoute = handle('AWS::EC2::Route', 'PublicDefaultRoute')
export const publicSubnet = (zone: number) => handle('AWS::EC2::Subnet', `PublicSubnet${zone}`)
export const publicRouteTableAssociation = (zone: number) =>
  handle('AWS::EC2::SubnetRouteTableAssociation', `PublicRouteTableAssociation${zone}`)
export const natAddress = (zone: number) => handle('AWS::EC2::EIP', `NatAddress${zone}`)
export const natGateway = (zone: number) => handle('AWS::EC2::NatGateway', `NatGateway${zone}`)
export const RegionalNatGateway = handle('AWS::EC2::NatGateway', 'RegionalNatGateway')
export const defaultRoute = (zone: number) => handle('AWS::EC2::Route', `PrivateDefaultRoute${zone}`)

const endpointNames: Readonly<Record<string, string>> = {
  'ecr.api': 'EcrApi',
  'ecr.dkr': 'EcrDkr',
  logs: 'Logs',
  secretsmanager: 'SecretsManager',
  sqs: 'Sqs',
  ssm: 'Ssm',
  ssmmessages: 'SsmMessages',
}
const fail = (name: string): never => {
  throw new Error(`no logical ID for the endpoint ${name}`)
}
