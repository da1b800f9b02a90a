/** Logical IDs are public API: renaming one replaces a live resource. They are spelt in this folder only. */
import { handle } from '../../cfn/handle.ts'

export const EndpointSecurityGroup = handle('AWS::EC2::SecurityGroup', 'EndpointSecurityGroup')
export const S3Endpoint = handle('AWS::EC2::VPCEndpoint', 'S3Endpoint')
export const DynamoDbEndpoint = handle('AWS::EC2::VPCEndpoint', 'DynamoDbEndpoint')
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
  appconfig: 'AppConfig',
  appconfigdata: 'AppConfigData',
  aps: 'Aps',
  'aps-workspaces': 'ApsWorkspaces',
  athena: 'Athena',
  bedrock: 'Bedrock',
  'bedrock-agent-runtime': 'BedrockAgentRuntime',
  'bedrock-runtime': 'BedrockRuntime',
  'cognito-identity': 'CognitoIdentity',
  'cognito-idp': 'CognitoIdp',
  comprehend: 'Comprehend',
  'data-servicediscovery': 'DataServiceDiscovery',
  'dynamodb-streams': 'DynamoDbStreams',
  ec2: 'Ec2',
  'ecr.api': 'EcrApi',
  'ecr.dkr': 'EcrDkr',
  ecs: 'Ecs',
  elasticache: 'ElastiCache',
  elasticfilesystem: 'ElasticFileSystem',
  email: 'Email',
  events: 'Events',
  'execute-api': 'ExecuteApi',
  glue: 'Glue',
  'kinesis-firehose': 'KinesisFirehose',
  'kinesis-streams': 'KinesisStreams',
  kms: 'Kms',
  lambda: 'Lambda',
  logs: 'Logs',
  'memory-db': 'MemoryDb',
  monitoring: 'Monitoring',
  polly: 'Polly',
  rds: 'Rds',
  'rds-data': 'RdsData',
  rekognition: 'Rekognition',
  'sagemaker.api': 'SageMakerApi',
  'sagemaker.runtime': 'SageMakerRuntime',
  secretsmanager: 'SecretsManager',
  servicediscovery: 'ServiceDiscovery',
  sns: 'Sns',
  sqs: 'Sqs',
  ssm: 'Ssm',
  ssmmessages: 'SsmMessages',
  states: 'States',
  sts: 'Sts',
  'sync-states': 'SyncStates',
  textract: 'Textract',
  transcribe: 'Transcribe',
  translate: 'Translate',
  xray: 'XRay',
}
const fail = (name: string): never => {
  throw new Error(`no logical ID for the endpoint ${name}`)
}
