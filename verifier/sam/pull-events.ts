/** Events that Lambda fetches by itself: an event source mapping, and the rights to read the source. */
import { type Node, string } from '../read/node.ts'
import { type Draft, keySet, make, passedOn, type Sam, unknownIn } from './draft.ts'
import type { Event } from './events.ts'
import { get, map, picked, plainMap, sub, truth, without, word } from './nodes.ts'
import { allow, awsPolicy, destinationActions, policy, type Role } from './role.ts'

/** The property with the source, and the policy that reads it. */
export const pullTypes: Readonly<Record<string, { readonly source?: string; readonly policy?: string }>> = {
  Kinesis: { source: 'Stream', policy: 'service-role/AWSLambdaKinesisExecutionRole' },
  DynamoDB: { source: 'Stream', policy: 'service-role/AWSLambdaDynamoDBExecutionRole' },
  SQS: { source: 'Queue', policy: 'service-role/AWSLambdaSQSQueueExecutionRole' },
  MSK: { source: 'Stream', policy: 'service-role/AWSLambdaMSKExecutionRole' },
  MQ: { source: 'Broker' },
  DocumentDB: { source: 'Cluster' },
  SelfManagedKafka: {},
}

const handedOn = (
  'StartingPosition StartingPositionTimestamp BatchSize Enabled MaximumBatchingWindowInSeconds MaximumRetryAttempts ' +
  'BisectBatchOnFunctionError MaximumRecordAgeInSeconds ParallelizationFactor Topics Queues SourceAccessConfigurations ' +
  'TumblingWindowInSeconds FunctionResponseTypes FilterCriteria KmsKeyArn ScalingConfig ProvisionedPollerConfig MetricsConfig ' +
  'LoggingConfig'
).split(' ')
const keys = keySet(
  `${handedOn.join(' ')} DestinationConfig SecretsManagerKmsKeyId KafkaBootstrapServers ConsumerGroupId SchemaRegistryConfig ` +
    'Stream Queue Broker DynamicPolicyName Cluster DatabaseName CollectionName FullDocument',
)
const networkActions = [
  'ec2:CreateNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DeleteNetworkInterface',
  'ec2:DescribeVpcs',
  'ec2:DescribeSubnets',
  'ec2:DescribeSecurityGroups',
]

export function addMapping(draft: Draft, sam: Sam, event: Event, role: Role, functionName: Node): void {
  const { type, properties, at } = event
  const kind = pullTypes[type] ?? {}
  const servers = get(properties, 'KafkaBootstrapServers')
  const config = picked(properties, ['DatabaseName', 'CollectionName', 'FullDocument'])
  const kafka = get(properties, 'ConsumerGroupId') ?? get(properties, 'SchemaRegistryConfig')
  const kafkaConfig = kafka && map(at, picked(properties, ['ConsumerGroupId', 'SchemaRegistryConfig']))
  const destination = destinationOf(role, event, `${sam.id}${event.name}`)
  make(draft, `${sam.id}${event.name}`, {
    type: 'AWS::Lambda::EventSourceMapping',
    at,
    attributes: passedOn(sam.resource),
    properties: {
      FunctionName: functionName,
      EventSourceArn: kind.source === undefined ? undefined : get(properties, kind.source),
      ...picked(properties, handedOn),
      DestinationConfig: destination,
      SelfManagedEventSource: servers && map(at, { Endpoints: map(at, { KafkaBootstrapServers: servers }) }),
      DocumentDBEventSourceConfig: type === 'DocumentDB' ? map(at, config) : undefined,
      AmazonManagedKafkaEventSourceConfig: type === 'MSK' ? kafkaConfig : undefined,
      SelfManagedKafkaEventSourceConfig: type === 'SelfManagedKafka' ? kafkaConfig : undefined,
    },
    open: unknownIn(properties, keys, `event ${event.name}`),
  })
  if (kind.policy) role.managed.push(awsPolicy(kind.policy, at))
  const statements = statementsOf(event)
  if (statements.length > 0) role.policies.push(policy(`${event.name}SourcePolicy`, statements, at))
}

/** `Type` is SAM's own word for which rights the destination needs. */
function destinationOf(role: Role, event: Event, id: string): Node | undefined {
  const written = get(event.properties, 'DestinationConfig')
  const failure = plainMap(get(written, 'OnFailure'))
  const type = word(get(failure, 'Type'))
  const destination = get(failure, 'Destination')
  if (!written || !failure || type === undefined) return written
  const actions = destinationActions[type]
  if (actions && destination)
    role.policies.push(policy(`${id}Policy`, [allow(actions, destination, event.at)], event.at))
  else if (type !== 'Kafka') role.reasons.push(`DestinationConfig of ${id} is not modelled`)
  return map(written.at, { OnFailure: without(failure, 'Type') })
}

function statementsOf({ type, properties, at }: Event): Node[] {
  if (!['MSK', 'MQ', 'DocumentDB', 'SelfManagedKafka'].includes(type)) return []
  const written = get(properties, 'SourceAccessConfigurations')
  const configurations = written?.kind === 'list' ? written.items : []
  const uriOf = (wanted: (kind: string) => boolean): (Node | undefined)[] =>
    configurations.filter((each) => wanted(word(get(each, 'Type')) ?? '')).map((each) => get(each, 'URI'))
  const secrets = uriOf(
    (kind) =>
      kind === 'BASIC_AUTH' ||
      kind === 'CLIENT_CERTIFICATE_TLS_AUTH' ||
      (type === 'SelfManagedKafka' && /^(SASL_|OAUTHBEARER_AUTH$|SERVER_ROOT)/.test(kind)),
  )
  const registry = get(properties, 'SchemaRegistryConfig')
  const keyId = get(properties, 'SecretsManagerKmsKeyId')
  const all = (actions: readonly string[], resource: Node | undefined): Node => allow(actions, resource, at)
  return [
    ...secrets.map((uri) => all(['secretsmanager:GetSecretValue'], uri)),
    ...(type === 'MQ' ? [all(['mq:DescribeBroker'], get(properties, 'Broker'))] : []),
    ...(type === 'DocumentDB'
      ? [
          all(['rds:DescribeDBClusterParameters'], inAccount('rds', 'cluster-pg:*', at)),
          all(['rds:DescribeDBSubnetGroups'], inAccount('rds', 'subgrp:*', at)),
          all(['rds:DescribeDBClusters'], get(properties, 'Cluster')),
          all(networkActions, string('*', at)),
        ]
      : []),
    ...(type === 'SelfManagedKafka' && uriOf((kind) => kind === 'VPC_SUBNET').length > 0
      ? [all(networkActions, string('*', at))]
      : []),
    ...(keyId && type !== 'MSK' ? [all(['kms:Decrypt'], inAccount('kms', `key/${word(keyId) ?? '*'}`, at))] : []),
    ...(truth(registry) === false
      ? []
      : [all(['secretsmanager:GetSecretValue', 'glue:GetRegistry', 'glue:GetSchemaVersion'], undefined)]),
  ]
}

const inAccount = (service: string, resource: string, at: number): Node =>
  sub(`arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}:${resource}`, at)
