/** Logical IDs are public API: renaming one replaces a live resource. They are spelt in this folder only. */
import { handle } from '../../cfn/handle.ts'

export const Vpc = handle('AWS::EC2::VPC', 'Vpc')
export const privateSubnet = (zone: number) => handle('AWS::EC2::Subnet', `PrivateSubnet${zone}`)
export const privateRouteTable = (zone: number) => handle('AWS::EC2::RouteTable', `PrivateRouteTable${zone}`)
export const privateRouteTableAssociation = (zone: number) =>
  handle('AWS::EC2::SubnetRouteTableAssociation', `PrivateRouteTableAssociation${zone}`)
export const FlowLogGroup = handle('AWS::Logs::LogGroup', 'FlowLogGroup')
export const FlowLogRole = handle('AWS::IAM::Role', 'FlowLogRole')
export const FlowLog = handle('AWS::EC2::FlowLog', 'FlowLog')
