/**
 * VPC endpoints of AWS services, by the short names that follow `com.amazonaws.<region>.`
 * https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html, as aws-cdk-lib 2.276.0
 * lists them (aws-ec2, InterfaceVpcEndpointAwsService)
 */
import { covers, meets, words } from './action-patterns.ts'

/** What answers on another port, or under no fixed name, is not here. */
export const ENDPOINTS = [
  'appconfig',
  'appconfigdata',
  'aps',
  'aps-workspaces',
  'athena',
  'bedrock',
  'bedrock-agent-runtime',
  'bedrock-runtime',
  'cognito-identity',
  'cognito-idp',
  'comprehend',
  'data-servicediscovery',
  'dynamodb',
  'dynamodb-streams',
  'ec2',
  'ecr.api',
  'ecr.dkr',
  'ecs',
  'elasticache',
  'elasticfilesystem',
  'email',
  'events',
  'execute-api',
  'glue',
  'kinesis-firehose',
  'kinesis-streams',
  'kms',
  'lambda',
  'logs',
  'memory-db',
  'monitoring',
  'polly',
  'rds',
  'rds-data',
  'rekognition',
  's3',
  'sagemaker.api',
  'sagemaker.runtime',
  'secretsmanager',
  'servicediscovery',
  'sns',
  'sqs',
  'ssm',
  'ssmmessages',
  'states',
  'sts',
  'sync-states',
  'textract',
  'transcribe',
  'translate',
  'xray',
] as const

/** They cost nothing, and lead through route tables. */
const gateways: ReadonlySet<string> = new Set(['s3', 'dynamodb'])

export const isGateway = (endpoint: string): boolean => gateways.has(endpoint)

const isEndpoint = (name: string): boolean => ENDPOINTS.some((each) => each === name)

/** By the prefix of actions where it is not the name of the endpoint; none where what is called stands in a VPC itself. */
const endpointsOf: Readonly<Record<string, string>> = {
  cloudwatch: 'monitoring',
  ecr: 'ecr.api',
  firehose: 'kinesis-firehose',
  'kafka-cluster': '',
  kinesis: 'kinesis-streams',
  memorydb: 'memory-db',
  'neptune-db': '',
  'rds-db': '',
  sagemaker: 'sagemaker.api',
  ses: 'email',
  // Where its names resolve to an endpoint, those of public APIs do too: only where the config asks for it.
  'execute-api': '',
}

/** Actions of a service that have an endpoint of their own, or need none. */
const apart: readonly { readonly prefix: string; readonly actions: string; readonly endpoint?: string }[] = [
  { prefix: 'appconfig', actions: 'GetLatestConfiguration StartConfigurationSession', endpoint: 'appconfigdata' },
  {
    prefix: 'aps',
    actions: 'GetLabels GetMetricMetadata GetSeries QueryMetrics RemoteWrite',
    endpoint: 'aps-workspaces',
  },
  { prefix: 'bedrock', actions: 'ApplyGuardrail CountTokens InvokeModel*', endpoint: 'bedrock-runtime' },
  {
    prefix: 'bedrock',
    actions: 'InvokeAgent InvokeFlow Rerank Retrieve RetrieveAndGenerate',
    endpoint: 'bedrock-agent-runtime',
  },
  {
    // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/privatelink-streams.html
    prefix: 'dynamodb',
    actions: 'DescribeStream GetRecords GetShardIterator ListStreams',
    endpoint: 'dynamodb-streams',
  },
  { prefix: 'elasticache', actions: 'Connect' },
  { prefix: 'elasticfilesystem', actions: 'Client*' },
  { prefix: 'es', actions: 'ESHttp*' },
  { prefix: 'memorydb', actions: 'Connect' },
  { prefix: 'sagemaker', actions: 'InvokeEndpoint*', endpoint: 'sagemaker.runtime' },
  { prefix: 'servicediscovery', actions: 'Discover*', endpoint: 'data-servicediscovery' },
  { prefix: 'states', actions: 'StartSyncExecution', endpoint: 'sync-states' },
]

/** The endpoints that an action, or all that a pattern means, needs. Of some services none is known. */
export const endpointsFor = (action: string): readonly string[] | undefined => {
  const [prefix = '', name = ''] = action.toLowerCase().split(':')
  const own = apart
    .filter((each) => each.prefix === prefix)
    .map(({ actions, endpoint }) => ({ patterns: words(actions.toLowerCase()), endpoint }))
    .filter(({ patterns }) => patterns.some((each) => meets(each, name)))
  const ofAll = endpointsOf[prefix] ?? (isEndpoint(prefix) ? prefix : undefined)
  const isApart = own.some(({ patterns }) => patterns.some((each) => covers(each, name)))
  if (!isApart && ofAll === undefined) return undefined
  return [...own.map(({ endpoint = '' }) => endpoint), isApart ? '' : (ofAll ?? '')].filter((each) => each !== '')
}
