/** Databases, caches, file systems, brokers, streams and what moves data between them. */
import { carriers, harmless, judged, type Listed, passive, plain } from './judgement.ts'

export const stores: readonly Listed[] = [
  // Databases whose users can open connections: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Oracle.Concepts.ONA.html
  // and https://docs.aws.amazon.com/neptune/latest/userguide/sparql-service.html
  carriers(
    'answers queries, and its users can make it open connections (database links, UTL_HTTP, federated queries)',
    `RDS::DBCluster RDS::DBInstance RDS::DBSubnetGroup RDS::DBShardGroup RDS::OptionGroup Neptune::DBCluster
     Neptune::DBInstance Neptune::DBSubnetGroup Redshift::Cluster Redshift::ClusterSubnetGroup RedshiftServerless::Workgroup
     OpenSearchService::Domain Elasticsearch::Domain AmazonMQ::Broker MSK::Replicator FSx::FileSystem Timestream::InfluxDBCluster
     Timestream::InfluxDBInstance`,
    {
      data: 'DBSubnetGroupDescription EnhancedVpcRouting',
      passive: 'OptionConfigurations.DBSecurityGroupMemberships OptionConfigurations.VpcSecurityGroupMemberships',
      owner: 'OntapConfiguration.RouteTableIds OpenZFSConfiguration.RouteTableIds',
    },
  ),
  carriers('connects to the databases behind it, by names that its owner gives', 'RDS::DBProxy RDS::DBProxyEndpoint'),
  plain('says which databases are behind a proxy', 'RDS::DBProxyTargetGroup', {
    target: 'DBClusterIdentifiers DBInstanceIdentifiers',
    data: 'TargetGroupName',
  }),
  passive(
    'answers on its port and opens no connection to a host of its users’ choice',
    `ElastiCache::CacheCluster ElastiCache::ReplicationGroup ElastiCache::ServerlessCache ElastiCache::SubnetGroup
     MemoryDB::Cluster MemoryDB::SubnetGroup DAX::Cluster DAX::SubnetGroup DocDB::DBCluster DocDB::DBSubnetGroup
     DocDBElastic::Cluster EFS::MountTarget S3Files::MountTarget MSK::Cluster MSK::ServerlessCluster
     CloudHSM::Cluster S3Outposts::Endpoint`,
    { data: 'DBSubnetGroupDescription CacheSecurityGroupNames' },
  ),
  passive(
    'is an endpoint: clients of the VPC reach a service through it, and nothing comes back on its own',
    `MSK::VpcConnection NeptuneGraph::PrivateGraphEndpoint OpenSearchServerless::VpcEndpoint Redshift::EndpointAccess
     `,
  ),
  harmless(
    'admits to databases outside of VPCs, or describes, copies, names or counts data',
    `RDS::ClusterSnapshot RDS::CustomDBEngineVersion RDS::DBClusterEndpoint RDS::DBClusterParameterGroup RDS::DBParameterGroup
     RDS::DBSecurityGroup RDS::DBSecurityGroupIngress RDS::DBSnapshot RDS::Deployment RDS::EventSubscription RDS::GlobalCluster
     RDS::Integration Neptune::DBClusterParameterGroup Neptune::DBParameterGroup Neptune::EventSubscription
     Neptune::GlobalCluster NeptuneGraph::Graph NeptuneGraph::GraphSnapshot Redshift::ClusterParameterGroup
     Redshift::ClusterSecurityGroup Redshift::ClusterSecurityGroupIngress Redshift::EndpointAuthorization
     Redshift::EventSubscription Redshift::Integration Redshift::QEV2IdcApplication Redshift::RedshiftIdcApplication
     Redshift::ScheduledAction Redshift::Snapshot Redshift::SnapshotCopyGrant Redshift::SnapshotSchedule Redshift::UsageLimit
     RedshiftServerless::Namespace RedshiftServerless::Snapshot OpenSearchService::Application
     OpenSearchServerless::AccessPolicy OpenSearchServerless::Collection OpenSearchServerless::CollectionGroup
     OpenSearchServerless::CollectionIndex OpenSearchServerless::Index OpenSearchServerless::LifecyclePolicy
     OpenSearchServerless::SecurityConfig OpenSearchServerless::SecurityPolicy ElastiCache::GlobalReplicationGroup
     ElastiCache::ParameterGroup ElastiCache::SecurityGroup ElastiCache::SecurityGroupIngress
     ElastiCache::ServerlessCacheSnapshot ElastiCache::Snapshot ElastiCache::User ElastiCache::UserGroup MemoryDB::ACL
     MemoryDB::MultiRegionCluster MemoryDB::ParameterGroup MemoryDB::User MemoryDB::Snapshot DAX::ParameterGroup
     DocDB::DBClusterParameterGroup DocDB::DBInstance DocDB::EventSubscription DocDB::GlobalCluster
     DocDBElastic::ClusterSnapshot EFS::AccessPoint EFS::FileSystem S3Files::AccessPoint S3Files::FileSystem
     S3Files::FileSystemPolicy FSx::Backup FSx::DataRepositoryAssociation FSx::S3AccessPointAttachment FSx::Snapshot
     FSx::Volume AmazonMQ::ConfigurationAssociation MSK::BatchScramSecret MSK::ClusterPolicy MSK::Configuration
     MSK::Topic Timestream::Database Timestream::ScheduledQuery Timestream::Table Timestream::InfluxDBBackup
     DynamoDB::GlobalTable DynamoDB::Table DynamoDB::Backup Serverless::SimpleTable S3::AccessGrant S3::AccessGrantsInstance
     S3::AccessGrantsLocation S3::AccessPoint S3::Bucket S3::BucketPolicy S3::MultiRegionAccessPoint
     S3::MultiRegionAccessPointPolicy S3::StorageLens S3::StorageLensGroup S3Express::AccessPoint S3Express::BucketPolicy
     S3Express::DirectoryBucket S3Outposts::AccessPoint S3Outposts::Bucket S3Outposts::BucketPolicy
     S3Tables::Namespace S3Tables::Table S3Tables::TableBucket S3Tables::TableBucketPolicy S3Tables::TablePolicy
     Kinesis::ResourcePolicy Kinesis::Stream Kinesis::StreamConsumer SQS::Queue SQS::QueueInlinePolicy SQS::QueuePolicy
     SNS::Subscription SNS::Topic SNS::TopicInlinePolicy SNS::TopicPolicy Athena::DataCatalog Athena::NamedQuery
     Athena::PreparedStatement Athena::WorkGroup Athena::CapacityReservation`,
  ),
  plain(
    'configures a broker, perhaps with connections to others',
    'AmazonMQ::Configuration FSx::StorageVirtualMachine',
    {
      code: 'Data',
    },
  ),
  plain('writes what is in topics into stores', 'MSK::Channel'),
  plain('is a database in a VPC of AWS', 'DSQL::Cluster'),

  // Moving data
  carriers(
    'opens connections to sources and targets that its owner names',
    `DMS::InstanceProfile DMS::ReplicationConfig DMS::ReplicationInstance DMS::ReplicationSubnetGroup Glue::Connection
     Glue::DevEndpoint DataZone::Connection DataSync::Agent DataSync::LocationEFS DataSync::LocationFSxLustre
     DataSync::LocationFSxONTAP DataSync::LocationFSxOpenZFS DataSync::LocationFSxWindows KinesisFirehose::DeliveryStream
     KafkaConnect::Connector IoT::TopicRuleDestination QuickSight::VPCConnection Kendra::DataSource QBusiness::DataSource
     Grafana::Workspace APS::Scraper CodeConnections::Host Comprehend::DocumentClassifier Comprehend::EntityRecognizer
     Comprehend::Flywheel MediaConnect::Flow MediaConnect::FlowVpcInterface MediaConnect::RouterNetworkInterface
     MediaLive::Channel MediaLive::Input GroundStation::DataflowEndpointGroup Transfer::Server Transfer::WebApp
     SecurityAgent::AgentSpace SecurityAgent::Pentest OSIS::Pipeline PCAConnectorAD::Connector FSx::FileCache`,
    {
      data: 'ReplicationSubnetGroupDescription ReplicationSubnetGroupIdentifier InputSecurityGroups DatabaseSourceConfiguration.DatabaseSourceVPCConfiguration SnowflakeDestinationConfiguration.SnowflakeVpcConfiguration NetworkAccessControl VpcInterfaces.Name VpcInterfaces.NetworkInterfaceType Destinations.MediaPackageSettings',
      code: 'IdentityProviderDetails.Function CustomDocumentEnrichmentConfiguration',
    },
  ),
  plain(
    'says where data comes from or goes; what moves it says where it is',
    `DMS::DataMigration DMS::DataProvider DMS::Endpoint DMS::MigrationProject DMS::ReplicationTask DataSync::LocationAzureBlob
     DataSync::LocationHDFS DataSync::LocationNFS DataSync::LocationObjectStorage DataSync::LocationS3 DataSync::LocationSMB
     DataSync::Task Glue::Crawler Glue::Job Glue::Session Glue::Trigger Glue::Workflow Glue::MLTransform Glue::Blueprint
     Glue::Integration Glue::TableOptimizer QuickSight::DataSource QuickSight::ActionConnector QuickSight::OAuthClientApplication
     KafkaConnect::CustomPlugin KafkaConnect::WorkerConfiguration Kendra::Index MediaConnect::Bridge MediaConnect::BridgeOutput
     MediaConnect::BridgeSource MediaConnect::FlowOutput MediaConnect::FlowSource MediaConnect::RouterInput
     MediaConnect::RouterOutput MediaConnect::Gateway StorageGateway::NFSFileShare StorageGateway::SMBFileShare
     StorageGateway::Volume`,
    {
      code: 'Command DefaultArguments BlueprintLocation',
      peer: 'VPCEndpointDNSName NetworkInterfaceId Configuration.Standard.NetworkInterfaceArn Configuration.Failover.NetworkInterfaceArn Configuration.Merge.NetworkInterfaceArn Sources.FlowSource.FlowVpcInterfaceAttachment FlowSource.FlowVpcInterfaceAttachment VpcInterfaceAttachment VpcInterfaceName GatewayBridgeSource.VpcInterfaceAttachment TableOptimizerConfiguration.VpcConfiguration VpcConnectionArn VpcConnectionProperties IdentityProviderVpcConnectionProperties AlternateDataSourceParameters Credentials DataSourceParameters',
      data: 'SourceListenerAddress SourceListenerPort EndpointIdentifier GatewayARN TargetArn',
    },
  ),
  {
    'AWS::Transfer::Connector': judged('sends files to a server, perhaps through Lattice', {
      target: 'EgressConfig.VpcLattice.ResourceConfigurationArn Url',
    }),
  },
  plain('says who may use a server, with which role', 'Transfer::Agreement Transfer::User Transfer::Workflow', {
    rights: 'Policy AccessRole',
    code: 'OnExceptionSteps Steps',
  }),
  harmless(
    'describes data, keys, people or steps',
    `DMS::Certificate DMS::EventSubscription Glue::Catalog Glue::Classifier Glue::ConnectionType Glue::CustomEntityType
     Glue::DataCatalogEncryptionSettings Glue::DataQualityRuleset Glue::Database Glue::IdentityCenterConfiguration
     Glue::IntegrationResourceProperty Glue::Partition Glue::Registry Glue::Schema Glue::SchemaVersion
     Glue::SchemaVersionMetadata Glue::SecurityConfiguration Glue::Table Glue::UsageProfile Glue::UserDefinedFunction
     Transfer::Certificate Transfer::HostKey Transfer::Profile PCAConnectorSCEP::Connector DevOpsAgent::AgentSpace
     IoTFleetWise::DecoderManifest IoTWireless::TaskDefinition MediaConnect::FlowEntitlement MediaConnect::FlowMediaStream
     MediaLive::InputSecurityGroup MediaLive::Node SES::MailManagerIngressPoint`,
  ),
  carriers(
    'reaches hosts of the VPC for a service of AWS',
    `BedrockAgentCore::Gateway BedrockAgentCore::GatewayTarget BedrockAgentCore::OAuth2CredentialProvider
     DevOpsAgent::PrivateConnection`,
    {
      target:
        'AuthorizerConfiguration.CustomJWTAuthorizer.PrivateEndpoint.SelfManagedLatticeResource PrivateEndpoint.SelfManagedLatticeResource Oauth2ProviderConfigInput.CustomOauth2ProviderConfig.PrivateEndpoint.SelfManagedLatticeResource Oauth2ProviderConfigInput.CustomOauth2ProviderConfig.PrivateEndpointOverrides.PrivateEndpoint.SelfManagedLatticeResource ConnectionConfiguration.SelfManaged TargetConfiguration',
      data: 'GatewayIdentifier',
    },
  ),
  carriers('makes hosts from copies of others', 'DRS::ReplicationConfigurationTemplate', {
    carrier: 'AssociateDefaultSecurityGroup',
  }),
  {
    // A restored host may get its groups and subnet here, as text.
    'AWS::Backup::RestoreTestingSelection': judged('restores hosts to test them', {
      carrier: 'RestoreMetadataOverrides',
    }),
  },
  harmless(
    'copies or keeps',
    `Backup::BackupPlan Backup::BackupSelection Backup::BackupVault Backup::Framework Backup::LegalHold
     Backup::LogicallyAirGappedBackupVault Backup::ReportPlan Backup::RestoreTestingPlan Backup::TieringConfiguration
     DLM::LifecyclePolicy`,
  ),
]
