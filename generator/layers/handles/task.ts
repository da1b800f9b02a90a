/** Logical IDs are public API: renaming one replaces a live resource. They are spelt in this folder only. */
import { handle } from '../../cfn/handle.ts'
import type { Reach } from '../../model/task/reaches.ts'
import type { Task } from '../../model/task/task.ts'

export const taskSecurityGroup = ({ id }: Pick<Task, 'id'>) =>
  handle('AWS::EC2::SecurityGroup', `${id}TaskSecurityGroup`)
export const taskEgressToEndpoints = ({ id }: Task) =>
  handle('AWS::EC2::SecurityGroupEgress', `${id}TaskEgressToEndpoints`)
export const endpointIngressFrom = ({ id }: Task) =>
  handle('AWS::EC2::SecurityGroupIngress', `EndpointIngressFrom${id}`)
export const taskEgressToDynamoDb = ({ id }: Task) =>
  handle('AWS::EC2::SecurityGroupEgress', `${id}TaskEgressToDynamoDb`)
export const taskEgressToS3 = ({ id }: Task) => handle('AWS::EC2::SecurityGroupEgress', `${id}TaskEgressToS3`)
export const taskEgressToInternet = ({ id }: Task) =>
  handle('AWS::EC2::SecurityGroupEgress', `${id}TaskEgressToInternet`)
export const taskEgressToInternetPort = ({ id }: Task, port: number) =>
  handle('AWS::EC2::SecurityGroupEgress', `${id}TaskEgressToInternet${port}`)
export const taskLogGroup = ({ id }: Pick<Task, 'id'>) => handle('AWS::Logs::LogGroup', `${id}LogGroup`)
export const executionRole = ({ id }: Task) => handle('AWS::IAM::Role', `${id}ExecutionRole`)
export const taskRole = ({ id }: Task) => handle('AWS::IAM::Role', `${id}TaskRole`)
export const taskDefinition = ({ id }: Task) => handle('AWS::ECS::TaskDefinition', `${id}TaskDefinition`)
export const reachEgress = ({ id }: Task, { word }: Reach) =>
  handle('AWS::EC2::SecurityGroupEgress', `${id}Reaches${word}Egress`)
export const reachIngress = ({ id }: Task, { word }: Reach) =>
  handle('AWS::EC2::SecurityGroupIngress', `${id}Reaches${word}Ingress`)
