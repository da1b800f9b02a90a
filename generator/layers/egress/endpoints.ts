import { S3_PREFIX_LISTS } from '../../aws/s3-prefix-lists.ts'
import { type Fragment, fragment, type Mapping, merge } from '../../cfn/fragment.ts'
import { getAtt, ref } from '../../cfn/handle.ts'
import { equals, findInMap, iff, not, noValue, pseudo, sub } from '../../cfn/intrinsics.ts'
import { type Entry, resource } from '../../cfn/resource.ts'
import type { Intrinsic } from '../../cfn/value.ts'
import type { Egress } from '../../model/network/egress.ts'
import type { Network } from '../../model/network/network.ts'
import type { Parameter } from '../../model/parameters/parameter.ts'
import type { Task } from '../../model/task/task.ts'
import { DynamoDbEndpoint, EndpointSecurityGroup, interfaceEndpoint, S3Endpoint } from '../handles/egress.ts'
import { privateRouteTable, privateSubnet, Vpc } from '../handles/network.ts'
import {
  endpointIngressFrom,
  taskEgressToDynamoDb,
  taskEgressToEndpoints,
  taskEgressToS3,
  taskSecurityGroup,
} from '../handles/task.ts'
import { ifGiven, paramOf } from '../parameters.ts'
import { between, closedGroup } from '../security-group.ts'
import { zones } from '../zones.ts'
import { endpointPolicy, s3EndpointPolicy } from './endpoint-policy.ts'
import type { WayOut } from './way-out.ts'

type Endpoints = Extract<Egress, { kind: 'endpoints' }>

/** What tasks need of AWS, reached without any way to the internet. */
export const endpoints = (network: Network, egress: Endpoints): WayOut => ({
  resources: () =>
    fragment(s3Endpoint(network, egress), ...dynamoDbEndpoint(network, egress), ...interfaces(network, egress)),
  taskRules: (task) => merge(taskRules(task, network, egress.s3PrefixListId), fragment(...toDynamoDb(task, egress))),
  readyBefore: (task) => [
    taskEgressToEndpoints(task),
    endpointIngressFrom(task),
    taskEgressToS3(task),
    S3Endpoint,
    ...(callsDynamoDb(task) ? [taskEgressToDynamoDb(task), DynamoDbEndpoint] : []),
    ...egress.interfaceEndpoints.map(interfaceEndpoint),
  ],
})

const callsDynamoDb = ({ calls }: Task): boolean => calls.includes('dynamodb')

const s3Endpoint = (network: Network, { granted, called }: Endpoints): Entry =>
  resource(
    S3Endpoint,
    {
      VpcId: ref(Vpc),
      VpcEndpointType: 'Gateway',
      ServiceName: sub('com.amazonaws.${AWS::Region}.s3'),
      RouteTableIds: zones(network).map((zone) => ref(privateRouteTable(zone))),
      PolicyDocument: s3EndpointPolicy(granted),
    },
    {
      why: called.includes('s3')
        ? 'Image layers come from S3; besides them, the policy lets through what the applications are granted.'
        : 'Image layers come from S3; the policy lets nothing else through, so no data can leave this way.',
    },
  )

const dynamoDbEndpoint = (network: Network, { dynamoDbPrefixListId, ...used }: Endpoints): Entry[] =>
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

const interfaces = (network: Network, { interfaceEndpoints, ...used }: Endpoints): Entry[] => [
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

const https = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443 }

const taskRules = (task: Task, { regionalZoneIds }: Network, s3PrefixListId: Parameter): Fragment => ({
  ...toAws(task, s3PrefixListId),
  mappings: { S3PrefixLists: prefixLists(Object.keys(regionalZoneIds)) },
})

/** Regions of which no prefix list is known. */
const none = 'none'
const prefixLists = (regions: readonly string[]): Mapping =>
  Object.fromEntries(regions.map((region) => [region, { Id: S3_PREFIX_LISTS[region] ?? none }]))

const regionalId = findInMap('S3PrefixLists', pseudo('Region'), 'Id')
const ifRegional = (then: unknown, otherwise: unknown): Intrinsic =>
  iff({ condition: 'HasRegionalS3PrefixList', holds: not(equals(regionalId, none)) }, then, otherwise)

const toAws = (task: Task, s3PrefixListId: Parameter): Fragment =>
  fragment(
    ...between({
      from: taskSecurityGroup(task),
      to: EndpointSecurityGroup,
      port: 443,
      egress: { rule: taskEgressToEndpoints(task), says: 'To the endpoints of AWS services' },
      ingress: { rule: endpointIngressFrom(task), says: `From the tasks of ${task.key}` },
    }),
    resource(
      taskEgressToS3(task),
      {
        GroupId: getAtt(taskSecurityGroup(task), 'GroupId'),
        DestinationPrefixListId: ifGiven(s3PrefixListId, paramOf(s3PrefixListId), ifRegional(regionalId, noValue)),
        CidrIp: ifGiven(s3PrefixListId, noValue, ifRegional(noValue, '0.0.0.0/0')),
        Description: 'Image layers, through the S3 gateway endpoint',
        ...https,
      },
      {
        why: 'A gateway endpoint has no group to name. In a region whose prefix list is not known the range is open, but no route leads out of the VPC.',
      },
    ),
  )

const anywhere = '0.0.0.0/0'

/** EC2 takes no rule twice: where the rule for S3 names any address already, this one opens nothing. */
const toDynamoDb = (task: Task, { s3PrefixListId, dynamoDbPrefixListId: list }: Endpoints): Entry[] =>
  list === undefined || !callsDynamoDb(task)
    ? []
    : [
        resource(
          taskEgressToDynamoDb(task),
          {
            GroupId: getAtt(taskSecurityGroup(task), 'GroupId'),
            DestinationPrefixListId: ifGiven(list, paramOf(list), noValue),
            CidrIp: ifGiven(
              list,
              noValue,
              ifGiven(s3PrefixListId, anywhere, ifRegional(anywhere, '255.255.255.255/32')),
            ),
            Description: 'To DynamoDB, through its gateway endpoint',
            ...https,
          },
          {
            why: 'Without a prefix list the range is open, unless the rule for S3 says the same already; no route leads out of the VPC.',
          },
        ),
      ]
