/** Properties that take a role or an instance profile: a program of somebody's choice acts with it, or one fixed use does. */
import { type Paths, pathsOf } from './judgement.ts'
import { roleOf } from './table.ts'

/** How properties are called that take one. Whatever is called so and is not judged below acts. */
const roleName =
  /Role|ROLE|(?:^|[^A-Za-z])roles?(?![a-z])|Instance_?Profile(?:Arn|Name|Identifier)?$|^[Cc]redentials(?:Arn)?$/

export const isRoleName = (name: string): boolean => roleName.test(name) && !noRole.test(name)

/** Names that speak of roles and hold none: policies, paths, sessions, keys of a directory or a token. */
const noRole =
  /^(?:AssumeRolePolicyDocument|[A-Za-z]*RolePermission(?:s)?Boundary|RolePath|RoleBase|RoleSearch[A-Za-z]+|RolesKey|RoleType|RoleValues|RoleAlias|RbacRoleMappings|[A-Za-z]*RoleSessionName|AssumeRoleRegion|AmbiguousRoleResolution|UserRoleRequired|ExecutionRoleIdentityConfig|InstanceRoleCredentialsProvider|StackRoles|RoleMappings)$/

/**
 * What AWS itself does with the role, and nothing that anybody writes. A path is also that of all properties that end
 * in it.
 */
const fixed: Readonly<Record<string, Readonly<Record<string, Paths>>>> = {
  'writes logs, metrics or events': {
    'AWS::ApiGateway::Account': 'CloudWatchRoleArn',
    'AWS::CloudFormation::HookVersion': 'LoggingConfig.LogRoleArn',
    'AWS::CloudFormation::LambdaHook': 'LoggingConfig.LogRoleArn',
    'AWS::CloudFormation::Macro': 'LogRoleARN',
    'AWS::CloudFormation::ResourceVersion': 'LoggingConfig.LogRoleArn',
    'AWS::CloudFormation::TypeActivation': 'LoggingConfig.LogRoleArn',
    'AWS::CloudFront::RealtimeLogConfig': 'RoleArn',
    'AWS::CloudTrail::Trail': 'CloudWatchLogsRoleArn',
    'AWS::Config::ConfigurationAggregator': 'RoleArn',
    'AWS::Config::ConfigurationRecorder': 'RoleARN',
    'AWS::EC2::FlowLog': 'DeliverCrossAccountRole',
    'AWS::IoT::MitigationAction': 'RoleArnForLogging',
    'AWS::Logs::Destination': 'RoleArn',
    'AWS::Logs::ScheduledQuery': 'RoleArn ExecutionRoleArn',
    'AWS::Logs::SubscriptionFilter': 'RoleArn',
    'AWS::RDS::DBCluster': 'MonitoringRoleArn',
    'AWS::RDS::DBInstance': 'MonitoringRoleArn',
    'AWS::SES::ConfigurationSetEventDestination': 'IAMRoleARN',
    'AWS::SNS::Subscription': 'SubscriptionRoleArn',
    'AWS::SNS::Topic': 'FailureFeedbackRoleArn SuccessFeedbackRoleArn',
    'AWS::Transfer::Connector': 'LoggingRole',
    'AWS::Transfer::Server': 'LoggingRole',
  },
  'copies, stores or reads data': {
    'AWS::AppConfig::ConfigurationProfile': 'RetrievalRoleArn',
    'AWS::AppConfig::Environment': 'AlarmRoleArn',
    'AWS::Backup::BackupPlan': 'ScannerRoleArn',
    'AWS::Backup::BackupSelection': 'IamRoleArn',
    'AWS::Backup::RestoreTestingSelection': 'IamRoleArn',
    'AWS::CloudFormation::GuardHook': 'ExecutionRole',
    'AWS::CloudTrail::EventDataStore': 'FederationRoleArn',
    'AWS::DAX::Cluster': 'IAMRoleARN',
    'AWS::DLM::LifecyclePolicy': 'ExecutionRoleArn',
    'AWS::DMS::DataProvider': 'S3AccessRoleArn',
    'AWS::DMS::MigrationProject': 'S3BucketRoleArn',
    'AWS::ECR::PullThroughCacheRule': 'CustomRoleArn',
    'AWS::ECR::RepositoryCreationTemplate': 'CustomRoleArn',
    'AWS::EFS::FileSystem': 'RoleArn',
    'AWS::Kinesis::Channel': 'ServiceExecutionRoleARN',
    'AWS::KinesisFirehose::DeliveryStream': 'RoleARN',
    'AWS::Logs::Integration': 'DataSourceRoleArn',
    'AWS::MSK::Channel': 'ServiceExecutionRoleArn',
    'AWS::MSK::Replicator': 'ServiceExecutionRoleArn',
    'AWS::Neptune::DBCluster': 'AssociatedRoles',
    'AWS::NeptuneGraph::Graph': 'RoleArn',
    // A database calls S3, Lambda and models with it.
    'AWS::RDS::DBCluster': 'AssociatedRoles',
    'AWS::RDS::DBInstance': 'AssociatedRoles',
    'AWS::RDS::DBProxy': 'RoleArn',
    'AWS::Redshift::Cluster': 'IamRoles',
    'AWS::S3::AccessGrantsLocation': 'IamRoleArn',
    'AWS::S3::Bucket': 'Role',
    'AWS::SES::MailManagerRuleSet': 'RoleArn',
    'AWS::SES::ReceiptRule': 'IAMRoleARN IamRoleArn',
    'AWS::SMSVOICE::RcsAgent': 'TwoWayMediaS3Role',
    'AWS::Transfer::Agreement': 'AccessRole',
    'AWS::Transfer::Connector': 'AccessRole',
    'AWS::Transfer::User': 'Role',
    'AWS::Transfer::WebApp': 'Role',
    'Alexa::ASK::Skill': 'S3BucketRole',
  },
  'does one step for the resource: counts, signs in, pulls, rotates or calls the function that is named': {
    'AWS::AppConfig::Extension': 'RoleArn',
    'AWS::ApplicationAutoScaling::ScalableTarget': 'RoleARN',
    'AWS::AutoScaling::AutoScalingGroup': 'RoleARN ServiceLinkedRoleARN',
    'AWS::AutoScaling::LifecycleHook': 'RoleARN',
    'AWS::CloudFormation::LambdaHook': 'ExecutionRole',
    'AWS::EC2::VPCPeeringConnection': 'PeerRoleArn',
    'AWS::ECS::CapacityProvider': 'InfrastructureRoleArn',
    'AWS::ECS::DaemonTaskDefinition': 'ExecutionRoleArn',
    'AWS::ECS::ExpressGatewayService': 'ExecutionRoleArn InfrastructureRoleArn',
    'AWS::ECS::Gateway': 'InfrastructureRoleArn',
    'AWS::ECS::Service': 'Role RoleArn',
    'AWS::ECS::TaskDefinition': 'ExecutionRoleArn',
    'AWS::Elasticsearch::Domain': 'CognitoOptions.RoleArn',
    'AWS::OpenSearchService::Domain': 'CognitoOptions.RoleArn',
    'AWS::RDS::DBCluster': 'DomainIAMRoleName',
    'AWS::RDS::DBInstance': 'DomainIAMRoleName',
    'AWS::Redshift::RedshiftIdcApplication': 'IamRoleArn',
    'AWS::Redshift::ScheduledAction': 'IamRole',
    'AWS::SecretsManager::RotationSchedule': 'ExternalSecretRotationRoleArn',
    'AWS::Transfer::Server': 'InvocationRole ExecutionRole',
  },
  'is no role of IAM': {
    'AWS::ElastiCache::GlobalReplicationGroup': 'Members.Role',
    'AWS::IAM::InstanceProfile': 'InstanceProfileName',
    'AWS::InspectorV2::Filter': 'FilterCriteria',
    'AWS::KinesisFirehose::DeliveryStream': 'SnowflakeRoleConfiguration',
    'AWS::OpenSearchService::Domain': 'MasterBackendRole',
    'AWS::RDS::DBProxyEndpoint': 'TargetRole',
    'AWS::SecurityHub::Insight': 'Filters',
  },
}

const fixedOf: ReadonlyMap<string, readonly string[]> = Object.values(fixed)
  .flatMap((types) => Object.entries(types))
  .reduce(
    (all, [type, paths]) => all.set(type, [...(all.get(type) ?? []), ...pathsOf(paths)]),
    new Map<string, readonly string[]>(),
  )

/** What is judged, for the test that holds it against the registry. */
export const fixedUses = (): readonly (readonly [type: string, path: string])[] =>
  [...fixedOf].flatMap(([type, paths]) => paths.map((path) => [type, path] as const))

/** A parameter of a document, of which only the default is a value. */
const declaredAt = /^Content\.parameters\.([^.]+)(?:\.(.*))?$/

/** Whether somebody's program may act with a role that stands at the path; list indices left out. */
export function actsWithRole(type: string, path: string): boolean {
  const declared = type === 'AWS::SSM::Document' ? declaredAt.exec(path) : null
  if (declared) return declared[2] === 'default' && isRoleName(declared[1] ?? '')
  const name = path.slice(path.lastIndexOf('.') + 1)
  if (!isRoleName(name)) return false
  // A program that reads it has no more rights by that.
  if (roleOf(type, path) === 'shown') return false
  return !(fixedOf.get(type) ?? []).some((each) => isWithin(path, each))
}

/** The path itself, one that ends in it, or one below. */
const isWithin = (path: string, each: string): boolean => `.${path}.`.includes(`.${each}.`)
