import { getAtt } from '../../cfn/handle.ts'
import { type Entry, resource } from '../../cfn/resource.ts'
import type { Value } from '../../cfn/value.ts'
import type { Task } from '../../model/task/task.ts'
import { EndpointSecurityGroup } from '../handles/egress.ts'
import {
  endpointIngressFrom,
  taskEgressToDynamoDb,
  taskEgressToEndpoints,
  taskEgressToS3,
  taskSecurityGroup,
} from '../handles/task.ts'
import { between } from '../security-group.ts'

const https = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443 }

/** Interface endpoints have a group. */
export const toEndpoints = (task: Task): readonly Entry[] =>
  between({
    from: taskSecurityGroup(task),
    to: EndpointSecurityGroup,
    port: 443,
    egress: { rule: taskEgressToEndpoints(task), says: 'To the endpoints of AWS services' },
    ingress: { rule: endpointIngressFrom(task), says: `From the tasks of ${task.key}` },
  })

/** A gateway endpoint has no group to name: a list of its addresses, or a range. */
type Addresses = { readonly DestinationPrefixListId: Value<string>; readonly CidrIp?: Value<string> }

export const toS3 = (task: Task, addresses: Addresses, why?: string): Entry =>
  resource(
    taskEgressToS3(task),
    {
      GroupId: getAtt(taskSecurityGroup(task), 'GroupId'),
      ...addresses,
      Description: 'Image layers, through the S3 gateway endpoint',
      ...https,
    },
    why === undefined ? {} : { why },
  )

export const callsDynamoDb = ({ calls }: Task): boolean => calls.includes('dynamodb')

export const toDynamoDb = (task: Task, addresses: Addresses, why?: string): Entry =>
  resource(
    taskEgressToDynamoDb(task),
    {
      GroupId: getAtt(taskSecurityGroup(task), 'GroupId'),
      ...addresses,
      Description: 'To DynamoDB, through its gateway endpoint',
      ...https,
    },
    why === undefined ? {} : { why },
  )
