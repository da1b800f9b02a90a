import { S3_PREFIX_LISTS } from '../../aws/s3-prefix-lists.ts'
import { type Fragment, fragment, type Mapping } from '../../cfn/fragment.ts'
import { ref } from '../../cfn/handle.ts'
import { equals, findInMap, iff, not, noValue, pseudo, sub } from '../../cfn/intrinsics.ts'
import { type Entry, resource } from '../../cfn/resource.ts'
import type { Intrinsic } from '../../cfn/value.ts'
import type { OwnEgress } from '../../model/network/egress.ts'
import type { OwnNetwork } from '../../model/network/network.ts'
import type { Task } from '../../model/task/task.ts'
import { DynamoDbEndpoint, EndpointSecurityGroup, interfaceEndpoint, S3Endpoint } from '../handles/egress.ts'
import { privateRouteTable, privateSubnet, Vpc } from '../handles/network.ts'
import { endpointIngressFrom, taskEgressToDynamoDb, taskEgressToEndpoints, taskEgressToS3 } from '../handles/task.ts'
import { ifGiven, paramOf } from '../parameters.ts'
import { closedGroup } from '../security-group.ts'
import { zones } from '../zones.ts'
import { endpointPolicy, s3EndpointPolicy } from './endpoint-policy.ts'
import { callsDynamoDb, toDynamoDb, toEndpoints, toS3 } from './endpoint-rules.ts'
import type { WayOut } from './way-out.ts'

type Endpoints = Extract<OwnEgress, { kind: 'endpoints' }>

/** What tasks need of AWS, reached without any way to the internet. */
export const endpoints = (network: OwnNetwork, egress: Endpoints): WayOut => ({
  resources: () =>
    fragment(s3Endpoint(network, egress), ...dynamoDbEndpoint(network, egress), ...interfaces(network, egress)),
  taskRules: (task) => taskRules(task, network, egress),
  readyBefore: (task) => [
    taskEgressToEndpoints(task),
    endpointIngressFrom(task),
    taskEgressToS3(task),
    S3Endpoint,
    ...(callsDynamoDb(task) ? [taskEgressToDynamoDb(task), DynamoDbEndpoint] : []),
    ...egress.interfaceEndpoints.map(interfaceEndpoint),
  ],
})

const s3Endpoint = (network: OwnNetwork, { granted, called, named }: Endpoints): Entry =>
  resource(
    S3Endpoint,
    {
      VpcId: ref(Vpc),
      VpcEndpointType: 'Gateway',
      ServiceName: sub('com.amazonaws.${AWS::Region}.s3'),
      RouteTableIds: zones(network).map((zone) => ref(privateRouteTable(zone))),
      PolicyDocument: s3EndpointPolicy({ granted, named }),
    },
    {
      why: called.includes('s3')
        ? 'Image layers come from S3; besides them, the policy lets through what the applications are granted.'
        : 'Image layers come from S3; the policy lets nothing else through, so no data can leave this way.',
    },
  )

const dynamoDbEndpoint = (network: OwnNetwork, { dynamoDbPrefixListId, ...used }: Endpoints): Entry[] =>
  dynamoDbPrefixListId === undefined
    ? []
    : [
        resource(DynamoDbEndpoint, {
          VpcId: ref(Vpc),
          VpcEndpointType: 'Gateway',
          ServiceName: sub('com.amazonaws.${AWS::Region}.dynamodb'),
          RouteTableIds: zones(network).map((zone) => ref(privateRouteTable(zone))),
          PolicyDocument: endpointPolicy('dynamodb', used),
        }),
      ]

const interfaces = (network: OwnNetwork, { interfaceEndpoints, ...used }: Endpoints): Entry[] => [
  closedGroup(EndpointSecurityGroup, 'Interface endpoints', 'endpoints'),
  ...interfaceEndpoints.map((name) =>
    resource(interfaceEndpoint(name), {
      VpcId: ref(Vpc),
      VpcEndpointType: 'Interface',
      ServiceName: sub(`com.amazonaws.\${AWS::Region}.${name}`),
      PrivateDnsEnabled: true,
      SubnetIds: zones(network).map((zone) => ref(privateSubnet(zone))),
      SecurityGroupIds: [ref(EndpointSecurityGroup)],
      PolicyDocument: endpointPolicy(name, used),
    }),
  ),
]

const taskRules = (task: Task, { regionalZoneIds }: OwnNetwork, egress: Endpoints): Fragment => ({
  ...fragment(...toEndpoints(task), wayToS3(task, egress), ...wayToDynamoDb(task, egress)),
  mappings: { S3PrefixLists: prefixLists(Object.keys(regionalZoneIds)) },
})

/** Regions of which no prefix list is known. */
const none = 'none'
const prefixLists = (regions: readonly string[]): Mapping =>
  Object.fromEntries(regions.map((region) => [region, { Id: S3_PREFIX_LISTS[region] ?? none }]))

const regionalId = findInMap('S3PrefixLists', pseudo('Region'), 'Id')
const ifRegional = (then: unknown, otherwise: unknown): Intrinsic =>
  iff({ condition: 'HasRegionalS3PrefixList', holds: not(equals(regionalId, none)) }, then, otherwise)

const anywhere = '0.0.0.0/0'

const wayToS3 = (task: Task, { s3PrefixListId }: Endpoints): Entry =>
  toS3(
    task,
    {
      DestinationPrefixListId: ifGiven(s3PrefixListId, paramOf(s3PrefixListId), ifRegional(regionalId, noValue)),
      CidrIp: ifGiven(s3PrefixListId, noValue, ifRegional(noValue, anywhere)),
    },
    'A gateway endpoint has no group to name. In a region whose prefix list is not known the range is open, but no route leads out of the VPC.',
  )

/** EC2 takes no rule twice: where the rule for S3 names any address already, this one opens nothing. */
const wayToDynamoDb = (task: Task, { s3PrefixListId, dynamoDbPrefixListId: list }: Endpoints): Entry[] =>
  list === undefined || !callsDynamoDb(task)
    ? []
    : [
        toDynamoDb(
          task,
          {
            DestinationPrefixListId: ifGiven(list, paramOf(list), noValue),
            CidrIp: ifGiven(
              list,
              noValue,
              ifGiven(s3PrefixListId, anywhere, ifRegional(anywhere, '255.255.255.255/32')),
            ),
          },
          'Without a prefix list the range is open, unless the rule for S3 says the same already; no route leads out of the VPC.',
        ),
      ]
