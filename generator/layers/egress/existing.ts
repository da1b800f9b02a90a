/** Ways out of an existing VPC: the endpoints that it has, or wherever its routes lead. */
import { empty, existing as exists, fragment } from '../../cfn/fragment.ts'
import type { EgressPorts, ExistingEgress } from '../../model/network/egress.ts'
import type { Task } from '../../model/task/task.ts'
import { EndpointSecurityGroup } from '../handles/egress.ts'
import {
  endpointIngressFrom,
  taskEgressToDynamoDb,
  taskEgressToEndpoints,
  taskEgressToInternet,
  taskEgressToS3,
} from '../handles/task.ts'
import { paramOf } from '../parameters.ts'
import { callsDynamoDb, toDynamoDb, toEndpoints, toS3 } from './endpoint-rules.ts'
import { toInternet, waysToInternet } from './internet-rules.ts'
import type { WayOut } from './way-out.ts'

export const existing = (egress: ExistingEgress): WayOut =>
  egress.kind === 'existing-routes' ? routes(egress.ports) : endpoints(egress)

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

const routes = (ports: EgressPorts): WayOut => ({
  resources: () => empty,
  taskRules: (task) =>
    fragment(
      ...waysOverRoutes(task, ports).map((way) =>
        toInternet(task, way, {
          description: 'Wherever the routes of the VPC lead',
          why: 'The VPC exists already, and so do its routes: AWS services may be reached over any of them.',
        }),
      ),
    ),
  readyBefore: (task) => waysOverRoutes(task, ports).map(({ rule }) => rule),
})

/** EC2 takes no rule twice, so the one for 443 is called as it was when there was no other. */
const waysOverRoutes = (task: Task, ports: EgressPorts) =>
  waysToInternet(task, ports).map((way) => (way.port === 443 ? { ...way, rule: taskEgressToInternet(task) } : way))
