/** Ways out of an existing VPC: the endpoints that it has, or wherever its routes lead. */
import { empty, existing as exists, fragment } from '../../cfn/fragment.ts'
import { getAtt } from '../../cfn/handle.ts'
import { resource } from '../../cfn/resource.ts'
import type { ExistingEgress } from '../../model/network/egress.ts'
import { EndpointSecurityGroup } from '../handles/egress.ts'
import {
  endpointIngressFrom,
  taskEgressToDynamoDb,
  taskEgressToEndpoints,
  taskEgressToInternet,
  taskEgressToS3,
  taskSecurityGroup,
} from '../handles/task.ts'
import { paramOf } from '../parameters.ts'
import { callsDynamoDb, toDynamoDb, toEndpoints, toS3 } from './endpoint-rules.ts'
import type { WayOut } from './way-out.ts'

export const existing = (egress: ExistingEgress): WayOut =>
  egress.kind === 'existing-routes' ? routes : endpoints(egress)

const endpoints = ({
  s3PrefixListId,
  dynamoDbPrefixListId: dynamoDb,
}: Extract<ExistingEgress, { kind: 'existing-endpoints' }>): WayOut => ({
  resources: () => exists(EndpointSecurityGroup),
  taskRules: (task) =>
    fragment(
      ...toEndpoints(task),
      toS3(task, { DestinationPrefixListId: paramOf(s3PrefixListId) }),
      ...(dynamoDb !== undefined && callsDynamoDb(task)
        ? [toDynamoDb(task, { DestinationPrefixListId: paramOf(dynamoDb) })]
        : []),
    ),
  readyBefore: (task) => [
    taskEgressToEndpoints(task),
    endpointIngressFrom(task),
    taskEgressToS3(task),
    ...(callsDynamoDb(task) ? [taskEgressToDynamoDb(task)] : []),
  ],
})

const routes: WayOut = {
  resources: () => empty,
  taskRules: (task) =>
    fragment(
      resource(
        taskEgressToInternet(task),
        {
          GroupId: getAtt(taskSecurityGroup(task), 'GroupId'),
          IpProtocol: 'tcp',
          FromPort: 443,
          ToPort: 443,
          CidrIp: '0.0.0.0/0',
          Description: 'Wherever the routes of the VPC lead',
        },
        { why: 'The VPC exists already, and so do its routes: AWS services may be reached over any of them.' },
      ),
    ),
  readyBefore: (task) => [taskEgressToInternet(task)],
}
