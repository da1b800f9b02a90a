/** Rights, what acts with them, what builds further resources, and what only watches. */
import { carriers, containers, harmless, judged, type Listed, owners, plain } from './judgement.ts'

export const delivery: readonly Listed[] = [
  // What holds or makes further resources
  containers(
    'holds or makes resources that cannot be read here',
    `CloudFormation::Stack CloudFormation::StackSet CloudFormation::ChangeSet CloudFormation::CustomResource
     CloudFormation::ModuleDefaultVersion CloudFormation::ModuleVersion Serverless::Application
     ServiceCatalog::CloudFormationProvisionedProduct Proton::EnvironmentAccountConnection Proton::EnvironmentTemplate
     Proton::ServiceTemplate ElasticBeanstalk::Application ElasticBeanstalk::ApplicationVersion
     ElasticBeanstalk::ConfigurationTemplate ElasticBeanstalk::Environment OpsWorks::App
     OpsWorks::ElasticLoadBalancerAttachment OpsWorks::Instance OpsWorks::Layer OpsWorks::Stack OpsWorks::UserProfile
     OpsWorks::Volume SSMQuickSetup::ConfigurationManager SSMQuickSetup::LifecycleAutomation LaunchWizard::Deployment
     Config::ConformancePack Config::OrganizationConformancePack ControlTower::EnabledBaseline ControlTower::EnabledControl
     ControlTower::LandingZone Organizations::Account EKS::Capability DRS::SourceNetwork DRS::LaunchConfigurationTemplate
     CodeStarConnections::SyncConfiguration DRS::RecoveryPlan MGN::Connector MGN::LaunchConfigurationTemplate MGN::NetworkMigrationDefinition`,
  ),
  // They apply their rules to what is in scope in the account, which nobody has to name.
  containers(
    'changes groups and networks of the account by its own rules',
    `FMS::Policy NetworkSecurityManager::Deployment NetworkSecurityManager::Policy NetworkSecurityManager::Rule
     NetworkSecurityManager::Scope NetworkSecurityManager::Template`,
  ),
  harmless(
    'names resources or applications for policies that stand elsewhere',
    'FMS::ApplicationsList FMS::NotificationChannel FMS::ProtocolsList FMS::ResourceSet',
  ),
  harmless(
    'registers a type, of which each resource is itself unread, or waits',
    `CloudFormation::GeneratedTemplate CloudFormation::HookDefaultVersion CloudFormation::HookTypeConfig
     CloudFormation::HookVersion CloudFormation::PublicTypeVersion CloudFormation::Publisher
     CloudFormation::ResourceDefaultVersion CloudFormation::ResourceVersion CloudFormation::TypeActivation
     CloudFormation::WaitCondition CloudFormation::WaitConditionHandle CDK::Metadata ServerlessRepo::Application`,
  ),
  plain(
    'runs when stacks change, and only forbids or transforms',
    'CloudFormation::GuardHook CloudFormation::LambdaHook CloudFormation::Macro',
    {
      code: 'LambdaFunction FunctionName RuleLocation',
    },
  ),
  {
    // Rights
    'AWS::IAM::InstanceProfile': judged('gives hosts the rights of a role', { rights: 'Roles' }),
  },
  plain(
    'is a source of identities that roles may trust',
    'IAM::OIDCProvider IAM::SAMLProvider RolesAnywhere::TrustAnchor',
    {
      rights: 'Url ClientIdList SamlMetadataDocument Source',
    },
  ),
  plain(
    'gives the people it names the rights of roles or groups',
    'RolesAnywhere::Profile IdentityStore::GroupMembership AccountAccess::Entitlement AccountAccess::Application Cognito::IdentityPoolRoleAttachment Cognito::UserPoolGroup Cognito::UserPoolUserToGroupAttachment Organizations::ResourcePolicy SSM::ServiceSetting SSM::ResourcePolicy SSM::CloudConnector SupportAuthZ::SupportPermit Chatbot::MicrosoftTeamsChannelConfiguration Chatbot::SlackChannelConfiguration Budgets::BudgetsAction LakeFormation::PrincipalPermissions',
    {
      rights:
        'GroupId GroupName MemberId Entitlement IdentitySource Roles RoleMappings Content SettingValue Policy ManagedPolicyArns SessionPolicy ResourceArn Permit CustomizationResourceArns GuardrailPolicies Definition Principal Resource',
    },
  ),
  {
    'AWS::Serverless::Connector': judged('writes policies between two resources', {
      rights: 'Source Destination Permissions',
    }),
  },
  harmless(
    'is a key, person, certificate or limit; rights stand at users, roles, groups and policies',
    `IAM::AccessKey IAM::ServerCertificate IAM::ServiceLinkedRole IAM::VirtualMFADevice SSO::Application
     SSO::ApplicationAssignment SSO::Instance SSO::InstanceAccessControlAttributeConfiguration IdentityStore::Group
     IdentityStore::User RolesAnywhere::CRL Organizations::Organization Organizations::OrganizationalUnit
     Organizations::Policy AccessAnalyzer::Analyzer AccessAnalyzer::ArchiveRule`,
  ),

  // What acts with rights
  plain(
    'acts on the account by a document, with a role',
    `SSM::Association SSM::Document SSM::MaintenanceWindowTask Config::RemediationConfiguration SSMIncidents::ResponsePlan
     FIS::ExperimentTemplate FIS::TargetAccountConfiguration ARCRegionSwitch::Plan Chatbot::CustomAction
     ServiceCatalog::ServiceAction`,
    {
      code: 'Content Attachments Parameters Name TaskArn TaskParameters TaskInvocationParameters TargetId Actions Targets.%.ResourceArns Definition Workflows InstanceId Targets',
    },
  ),
  plain('runs steps that may call any API, with a role', 'StepFunctions::StateMachine Serverless::StateMachine', {
    code: 'Definition DefinitionString DefinitionS3Location DefinitionSubstitutions DefinitionUri',
    rights: 'Policies PermissionsBoundary',
    owner: 'Events',
    peer: 'Events.%.Properties.Auth.ResourcePolicy',
  }),
  plain(
    'builds and deploys with roles',
    'CodePipeline::Pipeline Amplify::App Amplify::Branch CodeStar::GitHubRepository',
    {
      code: 'Stages BuildSpec AutoBranchCreationConfig Code',
      shown: 'EnvironmentVariables',
      target: 'CustomRules',
    },
  ),
  {
    'AWS::CodeDeploy::DeploymentGroup': judged(
      'moves requests of a listener between target groups, and replaces tasks',
      {
        owner: 'AutoScalingGroups',
        // It moves requests between the target groups that it names; a service that it deploys says so itself.
        peer: 'ECSServices LoadBalancerInfo',
        data: 'TriggerConfigurations',
      },
    ),
  },
  harmless(
    'names or paces deployments, or stores code',
    `CodeDeploy::Application CodeDeploy::DeploymentConfig CodePipeline::CustomActionType
     CodePipeline::Webhook CodeArtifact::Domain CodeArtifact::PackageGroup CodeArtifact::Repository CodeCommit::Repository
     CodeConnections::Connection CodeStarConnections::Connection CodeStarConnections::RepositoryLink
     CodeStarNotifications::NotificationRule Amplify::Domain Amplify::Webhook
     Signer::ProfilePermission Signer::SigningProfile`,
  ),
  plain(
    'offers templates, which others start with a role',
    'ServiceCatalog::CloudFormationProduct ServiceCatalog::LaunchRoleConstraint ServiceCatalog::StackSetConstraint ServiceCatalog::PortfolioPrincipalAssociation ServiceCatalog::PortfolioShare',
    {
      code: 'ProvisioningArtifactParameters SourceConnection',
      rights: 'LocalRoleName PrincipalARN AdminRole ExecutionRole AccountId',
    },
  ),
  harmless(
    'sorts, limits or names products',
    `ServiceCatalog::AcceptedPortfolioShare ServiceCatalog::LaunchNotificationConstraint
     ServiceCatalog::LaunchTemplateConstraint ServiceCatalog::Portfolio ServiceCatalog::PortfolioProductAssociation
     ServiceCatalog::ResourceUpdateConstraint ServiceCatalog::ServiceActionAssociation ServiceCatalog::TagOption
     ServiceCatalog::TagOptionAssociation ServiceCatalogAppRegistry::Application ServiceCatalogAppRegistry::AttributeGroup
     ServiceCatalogAppRegistry::AttributeGroupAssociation ServiceCatalogAppRegistry::ResourceAssociation
     ResourceGroups::Group ResourceGroups::TagSyncTask`,
  ),

  // Events
  carriers('starts what it names, at a time or on a message', 'Scheduler::Schedule Pipes::Pipe', {
    target: 'Target Target.Arn Enrichment Source',
    data: 'Target.EcsParameters.TaskDefinitionArn TargetParameters.EcsTaskParameters.TaskDefinitionArn TargetParameters.EventBridgeEventBusParameters Target.DeadLetterConfig',
    // What it calls may be any API.
    code: 'Target.Input TargetParameters.InputTemplate Target.SageMakerPipelineParameters',
  }),
  {
    'AWS::Events::ApiDestination': judged('sends events to a URL', {
      target: 'InvocationEndpoint',
      data: 'ConnectionArn',
    }),
    'AWS::Events::Connection': judged('reaches a private API through Lattice', {
      target:
        'InvocationConnectivityParameters AuthParameters.ConnectivityParameters AuthParameters.OAuthParameters.AuthorizationEndpoint',
    }),
    'AWS::EventsV2::Subscriber': judged('sends events to what it names', { target: 'InvokeConfiguration' }),
  },
  harmless(
    'receives, keeps or describes events',
    `Events::Archive Events::Endpoint Events::EventBus Events::EventBusPolicy
     EventsV2::EventBus EventsV2::EventSource EventsV2::ResourcePolicy EventSchemas::Discoverer EventSchemas::Registry
     EventSchemas::RegistryPolicy EventSchemas::Schema Scheduler::ScheduleGroup StepFunctions::Activity
     StepFunctions::StateMachineAlias StepFunctions::StateMachineVersion`,
  ),

  // API Gateway, apart from what the claims read
  owners('leads a private domain to an API', {
    'AWS::ApiGateway::BasePathMappingV2': 'DomainNameArn RestApiId',
    'AWS::ApiGateway::DomainNameAccessAssociation': 'AccessAssociationSource DomainNameArn',
  }),
  {
    'AWS::ApiGateway::DomainNameV2': judged('is an entrance for hosts of a VPC', { rights: 'Policy' }),
    'AWS::Serverless::WebSocketApi': judged('becomes a WebSocket API with its routes', {
      owner: 'Routes',
      code: 'Auth',
    }),
    'AWS::Serverless::GraphQLApi': judged('becomes a GraphQL API with its functions', {
      code: 'Functions Resolvers SchemaInline SchemaUri Auth',
      target: 'DataSources',
    }),
  },
  harmless(
    'describes, limits or shapes answers',
    `ApiGateway::Account ApiGateway::ApiKey ApiGateway::ClientCertificate
     ApiGateway::DocumentationPart ApiGateway::DocumentationVersion ApiGateway::GatewayResponse ApiGateway::Model
     ApiGateway::RequestValidator ApiGateway::UsagePlan ApiGateway::UsagePlanKey ApiGatewayV2::IntegrationResponse
     ApiGatewayV2::Model ApiGatewayV2::PortalProduct ApiGatewayV2::RouteResponse`,
  ),
  plain(
    'asks functions, tables and public addresses for the data of a GraphQL API',
    'AppSync::DataSource AppSync::Resolver AppSync::FunctionConfiguration',
    {
      target: 'HttpConfig LambdaConfig',
      owner: 'ApiId',
      code: 'Code CodeS3Location RequestMappingTemplate ResponseMappingTemplate',
    },
  ),
  harmless(
    'describes a GraphQL API',
    `AppSync::Api AppSync::ApiCache AppSync::ApiKey AppSync::ChannelNamespace AppSync::DomainName
     AppSync::DomainNameApiAssociation AppSync::GraphQLApi AppSync::GraphQLSchema AppSync::SourceApiAssociation AppSync::Type`,
  ),

  // Directories
  carriers(
    'is a directory that asks other hosts for names and trusts',
    'DirectoryService::MicrosoftAD DirectoryService::SimpleAD',
  ),

  // A macro of AWS makes a function of it, in the subnets that it names.
  carriers('becomes a function that changes a secret', 'SecretsManager::RotationSchedule', {
    code: 'RotationLambdaARN',
  }),

  // What only watches, names, counts, encrypts or stores
  harmless(
    'watches, names, counts, encrypts or stores',
    `SSM::MaintenanceWindow SSM::MaintenanceWindowTarget SSM::OpsItem SSM::PatchBaseline SSM::ResourceDataSync
     SSMGuiConnect::Preferences SSMIncidents::ReplicationSet SSMContacts::Contact SSMContacts::ContactChannel SSMContacts::Plan
     SSMContacts::Rotation AppConfig::ExperimentDefinition AppConfig::ExperimentRun
     CertificateManager::AcmeDomainValidation CertificateManager::AcmeEndpoint
     CertificateManager::AcmeExternalAccountBinding CloudWatch::AlarmMuteRule CloudWatch::LogAlarm
     CloudWatch::OTelEnrichment Cognito::UserPoolReplica Logs::StorageTierPolicy Route53::DelegationSet
     Route53::QueryLoggingConfig Route53::TrafficPolicy Route53::TrafficPolicyInstance
     CloudWatch::Alarm CloudWatch::AnomalyDetector CloudWatch::CompositeAlarm CloudWatch::Dashboard
     CloudWatch::InsightRule CloudWatch::Integration CloudWatch::MetricStream CloudWatch::ResourceMetricsConfiguration
     CloudWatch::View CloudTrail::Channel CloudTrail::Dashboard CloudTrail::EventDataStore CloudTrail::ResourcePolicy
     CloudTrail::Trail Logs::AccountPolicy Logs::Delivery Logs::DeliveryDestination Logs::DeliverySource Logs::Destination
     Logs::Integration Logs::LogAnomalyDetector Logs::LogGroup Logs::LogStream Logs::MetricFilter Logs::QueryDefinition
     Logs::ResourcePolicy Logs::ScheduledQuery Logs::SubscriptionFilter Logs::Transformer ObservabilityAdmin::OrganizationTelemetryRule
     ObservabilityAdmin::TelemetryRule XRay::Group XRay::ResourcePolicy XRay::SamplingRule XRay::TransactionSearchConfig
     RUM::AppMonitor Oam::Link Oam::Sink ApplicationInsights::Application ApplicationSignals::Discovery
     ApplicationSignals::GroupingConfiguration ApplicationSignals::InstrumentationConfig
     ApplicationSignals::ServiceLevelObjective APS::AnomalyDetector APS::ResourcePolicy APS::RuleGroupsNamespace APS::Workspace
     Budgets::Budget CE::AnomalyMonitor CE::AnomalySubscription CE::CostCategory CUR::ReportDefinition
     Config::AggregationAuthorization Config::ConfigRule Config::ConfigurationAggregator Config::ConfigurationRecorder
     Config::DeliveryChannel Config::OrganizationConfigRule Config::StoredQuery GuardDuty::Detector GuardDuty::Filter
     GuardDuty::IPSet GuardDuty::Master GuardDuty::Member GuardDuty::MalwareProtectionPlan GuardDuty::PublishingDestination
     GuardDuty::ThreatEntitySet GuardDuty::ThreatIntelSet GuardDuty::TrustedEntitySet Inspector::AssessmentTarget
     Inspector::AssessmentTemplate Inspector::ResourceGroup InspectorV2::Filter SecurityHub::Insight SecurityHub::Hub
     SecurityHub::Standard Macie::Session Detective::Graph DevOpsGuru::NotificationChannel
     DevOpsGuru::ResourceCollection DevOpsGuru::LogAnomalyDetectionIntegration 
     WAF::ByteMatchSet WAF::IPSet WAF::Rule WAF::SizeConstraintSet WAF::SqlInjectionMatchSet
     WAF::WebACL WAF::XssMatchSet WAFRegional::ByteMatchSet WAFRegional::GeoMatchSet WAFRegional::IPSet
     WAFRegional::RateBasedRule WAFRegional::RegexPatternSet WAFRegional::Rule WAFRegional::SizeConstraintSet
     WAFRegional::SqlInjectionMatchSet WAFRegional::WebACL WAFRegional::WebACLAssociation WAFRegional::XssMatchSet
     WAFv2::IPSet WAFv2::LoggingConfiguration WAFv2::RegexPatternSet WAFv2::RuleGroup WAFv2::WebACL WAFv2::WebACLAssociation
     Shield::DRTAccess Shield::ProactiveEngagement Shield::Protection Shield::ProtectionGroup ECR::PublicRepository
     ECR::PullThroughCacheRule ECR::PullTimeUpdateExclusion ECR::RegistryPolicy ECR::RegistryScanningConfiguration
     ECR::ReplicationConfiguration ECR::Repository ECR::RepositoryCreationTemplate ECR::SigningConfiguration KMS::Alias KMS::Key
     KMS::ReplicaKey SecretsManager::ResourcePolicy SecretsManager::Secret SecretsManager::SecretTargetAttachment
     CertificateManager::Account CertificateManager::Certificate ACMPCA::Certificate ACMPCA::CertificateAuthority
     ACMPCA::CertificateAuthorityActivation ACMPCA::Permission Cognito::IdentityPool Cognito::IdentityPoolPrincipalTag
     Cognito::LogDeliveryConfiguration Cognito::ManagedLoginBranding Cognito::Terms Cognito::UserPool Cognito::UserPoolClient
     Cognito::UserPoolDomain Cognito::UserPoolIdentityProvider Cognito::UserPoolRegionalConfigurationAttachment
     Cognito::UserPoolResourceServer Cognito::UserPoolRiskConfigurationAttachment Cognito::UserPoolUICustomizationAttachment
     Cognito::UserPoolUser Route53::CidrCollection Route53::DNSSEC Route53::HealthCheck
     Route53::HostedZone Route53::KeySigningKey Route53::RecordSet Route53::RecordSetGroup Route53Profiles::Profile
     Route53Profiles::ProfileAssociation Route53Profiles::ProfileResourceAssociation Route53GlobalResolver::DnsView
     Route53RecoveryControl::Cluster Route53RecoveryControl::ControlPanel Route53RecoveryControl::RoutingControl
     Route53RecoveryControl::SafetyRule Route53RecoveryReadiness::Cell Route53RecoveryReadiness::ReadinessCheck
     Route53RecoveryReadiness::RecoveryGroup Route53RecoveryReadiness::ResourceSet ServiceDiscovery::HttpNamespace
     ServiceDiscovery::Instance ServiceDiscovery::PrivateDnsNamespace ServiceDiscovery::PublicDnsNamespace
     ServiceDiscovery::Service ARCZonalShift::AutoshiftObserverNotificationStatus ARCZonalShift::ZonalAutoshiftConfiguration
     AppConfig::Application AppConfig::ConfigurationProfile AppConfig::Deployment AppConfig::DeploymentStrategy
     AppConfig::Environment AppConfig::Extension AppConfig::ExtensionAssociation AppConfig::HostedConfigurationVersion
     ResilienceHub::App ResilienceHub::ResiliencyPolicy ResilienceHubV2::Service Lightsail::LoadBalancer
     Lightsail::LoadBalancerTlsCertificate`,
  ),
]
