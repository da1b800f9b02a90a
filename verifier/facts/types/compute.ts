/** What runs programs: hosts, containers, builds, notebooks, desktops. */
import { carriers, harmless, judged, type Listed, passive, plain } from './judgement.ts'

export const compute: readonly Listed[] = [
  // EC2 and Auto Scaling
  carriers(
    'starts hosts that run what their owner gives them',
    'EC2::LaunchTemplate EC2::EC2Fleet EC2::SpotFleet AutoScaling::LaunchConfiguration',
    {
      carrier:
        'LaunchTemplateConfigs SpotFleetRequestConfigData.LaunchTemplateConfigs SpotFleetRequestConfigData.LaunchSpecifications.NetworkInterfaces LaunchTemplateData.NetworkInterfaces LaunchTemplateData.SecurityGroups InstanceId SecurityGroups ClassicLinkVPCId',
      owner: 'SpotFleetRequestConfigData.LoadBalancersConfig',
      shown:
        'UserData LaunchTemplateData.UserData SpotFleetRequestConfigData.LaunchSpecifications.UserData LaunchTemplateName',
      data: 'BlockDeviceMappings LaunchTemplateData.BlockDeviceMappings',
    },
  ),
  {
    'AWS::AutoScaling::AutoScalingGroup': judged('starts hosts and registers them with load balancers', {
      carrier: 'InstanceId LaunchConfigurationName LaunchTemplate MixedInstancesPolicy VPCZoneIdentifier',
      owner: 'LoadBalancerNames TargetGroupARNs TrafficSources',
    }),
  },
  harmless(
    'scales or tells about a group of hosts',
    `AutoScaling::LifecycleHook AutoScaling::ScalingPolicy AutoScaling::ScheduledAction AutoScaling::WarmPool
     AutoScalingPlans::ScalingPlan ApplicationAutoScaling::ScalableTarget ApplicationAutoScaling::ScalingPolicy
     ComputeOptimizer::AutomationRule`,
  ),
  carriers('runs jobs that say themselves what they do', 'Batch::ComputeEnvironment', { owner: 'EksConfiguration' }),
  plain('says what jobs are; its environment says where', 'Batch::JobDefinition', {
    shown:
      'ContainerProperties.Environment EcsProperties.TaskProperties.Containers.Environment NodeProperties.NodeRangeProperties.Container.Environment',
  }),
  harmless(
    'queues and shares jobs',
    'Batch::ConsumableResource Batch::JobQueue Batch::QuotaShare Batch::SchedulingPolicy Batch::ServiceEnvironment',
  ),
  plain('says what jobs are', 'GammaDilithium::JobDefinition'),
  {
    // Containers
    'AWS::ECS::Daemon': judged('runs a task on every host of a cluster', {
      owner: 'ClusterArn',
      data: 'DaemonTaskDefinitionArn',
    }),
    'AWS::ECS::DaemonTaskDefinition': judged('says what daemons are', { shown: 'ContainerDefinitions.Environment' }),
    'AWS::ECS::PrimaryTaskSet': judged('chooses which tasks of a service get requests', { owner: 'Cluster Service' }),
  },
  carriers('runs whatever its users deploy', 'EKS::Cluster EKS::Nodegroup EKS::FargateProfile', {
    owner: 'ClusterName',
    carrier: 'LaunchTemplate',
    data: 'KubernetesNetworkConfig EncryptionConfig.Resources RemoteNetworkConfig',
  }),
  plain(
    'gives a person or program in the cluster rights',
    'EKS::AccessEntry EKS::PodIdentityAssociation EKS::IdentityProviderConfig EKS::Addon',
    {
      rights: 'AccessPolicies PrincipalArn Policy Oidc PodIdentityAssociations ServiceAccountRoleArn',
      owner: 'ClusterName',
    },
  ),
  harmless('signs certificates inside the cluster', 'EKS::CertificateAuthority'),
  carriers('runs containers with an endpoint of their own', 'AppRunner::VpcConnector'),
  {
    'AWS::AppRunner::Service': judged('runs a container; its connector says where it is', {
      carrier: 'NetworkConfiguration.EgressConfiguration.VpcConnectorArn',
    }),
    'AWS::AppRunner::VpcIngressConnection': judged('leads from a VPC to a service outside it', {
      target: 'ServiceArn',
      data: 'VpcIngressConnectionName',
      passive: 'IngressVpcConfiguration',
    }),
  },
  harmless('counts or traces', 'AppRunner::AutoScalingConfiguration AppRunner::ObservabilityConfiguration'),

  // Functions
  carriers(
    'gives functions their place in a VPC',
    'Lambda::CapacityProvider Lambda::NetworkConnector Serverless::CapacityProvider Serverless::NetworkConnector',
  ),
  {
    // Pollers stand in subnets and carry groups that are given as subnet:ID and security_group:ID.
    'AWS::Lambda::EventSourceMapping': judged('polls a source from its network', {
      carrier: 'SourceAccessConfigurations',
      target: 'EventSourceArn SelfManagedEventSource',
    }),
    'AWS::Lambda::MicrovmImage': judged('builds an image for functions, and may stand behind connectors', {
      carrier: 'EgressNetworkConnectors',
      code: 'CodeArtifact Hooks',
      shown: 'EnvironmentVariables',
    }),
    'AWS::Serverless::MicrovmImage': judged('builds an image for functions, and may stand behind connectors', {
      carrier: 'EgressNetworkConnectors',
      code: 'CodeUri Hooks',
      shown: 'EnvironmentVariables',
    }),
  },
  plain(
    'is a server on Lambda with an endpoint of its own, perhaps behind a connector',
    'Lambda::WebFunction Lambda::WebFunctionEndpoint Lambda::WebFunctionRevision Serverless::WebFunction',
    {
      carrier: 'ServiceConfig.EgressNetworkConnectorArn EgressNetworkConnectorArn',
      code: 'BuildConfig CodeUri InlineCode EntryPoint',
      shown: 'ServiceConfig.EnvironmentVariables EnvironmentVariables',
      target: 'FunctionName',
    },
  ),
  {
    'AWS::Lambda::ResourcePolicy': judged('lets principals act on a function', {
      rights: 'PolicyDocument',
      owner: 'ResourceArn',
    }),
    'AWS::Lambda::Url': judged('opens a function to the internet', { target: 'TargetFunctionArn' }),
  },
  harmless(
    'is a version, library or setting of a function, which has no more rights for it',
    `Lambda::Alias Lambda::CodeSigningConfig Lambda::EventInvokeConfig Lambda::LayerVersion Lambda::LayerVersionPermission
     Lambda::Version Serverless::LayerVersion`,
  ),

  // Builds
  carriers('runs what it builds', 'CodeBuild::Fleet CodeBuild::Project', {
    code: 'Source SecondarySources Environment.Image BuildBatchConfig',
    shown: 'Environment.EnvironmentVariables',
  }),
  harmless('stores results or tokens', 'CodeBuild::ReportGroup CodeBuild::SourceCredential'),
  carriers('starts hosts to build images', 'ImageBuilder::InfrastructureConfiguration', { data: 'SnsTopicArn' }),
  {
    'AWS::ImageBuilder::DistributionConfiguration': judged('writes new versions of launch templates', {
      owner: 'Distributions.FastLaunchConfigurations.LaunchTemplate Distributions.LaunchTemplateConfigurations',
    }),
  },
  plain(
    'says what is built; the infrastructure says where',
    `ImageBuilder::Component ImageBuilder::ContainerRecipe ImageBuilder::Image ImageBuilder::ImagePipeline
     ImageBuilder::ImageRecipe ImageBuilder::LifecyclePolicy ImageBuilder::Workflow`,
    { data: 'DockerfileTemplateData' },
  ),
  carriers('lets test devices and browsers into the VPC', 'DeviceFarm::Project DeviceFarm::TestGridProject'),
  harmless(
    'describes test devices',
    'DeviceFarm::DevicePool DeviceFarm::InstanceProfile DeviceFarm::NetworkProfile DeviceFarm::Upload DeviceFarm::VPCEConfiguration',
  ),
  carriers('runs a script that opens connections', 'Synthetics::Canary', { code: 'Code' }),
  harmless('groups canaries', 'Synthetics::Group'),

  // Notebooks, desktops, clusters for people
  carriers(
    'runs what its users write',
    `SageMaker::Cluster SageMaker::DataQualityJobDefinition SageMaker::Domain SageMaker::EndpointConfig SageMaker::Model
     SageMaker::ModelBiasJobDefinition SageMaker::ModelExplainabilityJobDefinition SageMaker::ModelQualityJobDefinition
     SageMaker::MonitoringSchedule SageMaker::NotebookInstance SageMaker::ProcessingJob SageMaker::UserProfile
     EMR::Cluster EMR::Studio EMRServerless::Application MWAA::Environment MWAAServerless::Workflow Cloud9::EnvironmentEC2
     Omics::Configuration KinesisAnalyticsV2::Application PCS::Cluster PCS::ComputeNodeGroup M2::Environment EVS::Environment
     BedrockAgentCore::BrowserCustom BedrockAgentCore::CapacityProvider BedrockAgentCore::CodeInterpreterCustom
     BedrockAgentCore::Harness BedrockAgentCore::Runtime`,
    {
      shown: 'Containers.Environment PrimaryContainer.Environment EnvironmentVariables',
      carrier:
        'CustomLaunchTemplate InstanceGroups.OverrideVpcConfig RestrictedInstanceGroups.OverrideVpcConfig NetworkConfiguration.NetworkModeConfig ConnectivityInfo',
      code: 'AirflowConfigurationOptions StartupScriptS3Path',
      target:
        'AuthorizerConfiguration.CustomJWTAuthorizer.PrivateEndpoint.SelfManagedLatticeResource AuthorizerConfiguration.CustomJWTAuthorizer.PrivateEndpointOverrides.PrivateEndpoint.SelfManagedLatticeResource',
      data: 'InstanceGroups.NetworkInterface',
    },
  ),
  carriers(
    'is a desktop or browser for people',
    `AppStream::AppBlockBuilder AppStream::Fleet AppStream::ImageBuilder WorkSpaces::Directory WorkSpacesWeb::NetworkSettings
     WorkspacesInstances::WorkspaceInstance`,
    {
      peer: 'AccessEndpoints WorkspaceAccessProperties.AccessEndpointConfig',
      carrier: 'ManagedInstance.NetworkInterfaces.Groups',
      shown: 'ManagedInstance.UserData',
    },
  ),
  plain('is a desktop for people in the network of its directory', 'WorkSpaces::Workspace WorkSpaces::WorkspacesPool'),
  plain('is reached through endpoints that exist', 'AppStream::Stack', { peer: 'AccessEndpoints' }),
  passive('checks who works on pictures, and opens nothing', 'SageMaker::Workforce'),
  plain(
    'runs in the network of the domain, cluster or model that it names',
    `SageMaker::App SageMaker::Endpoint SageMaker::InferenceComponent SageMaker::InferenceExperiment SageMaker::MlflowApp
     SageMaker::MlflowTrackingServer SageMaker::NotebookInstanceLifecycleConfig SageMaker::PartnerApp SageMaker::Pipeline
     SageMaker::Space SageMaker::StudioLifecycleConfig EMR::InstanceFleetConfig EMR::InstanceGroupConfig EMR::Step
     EMRContainers::Endpoint EMRContainers::JobTemplate EMRContainers::VirtualCluster PCS::Queue M2::Application M2::Deployment
     KinesisAnalyticsV2::ApplicationOutput KinesisAnalyticsV2::ApplicationReferenceDataSource`,
    { code: 'PipelineDefinition OnCreate OnStart StudioLifecycleConfigContent HadoopJarStep Definition' },
  ),
  {
    'AWS::SageMaker::Project': judged('makes what a product or template says', {
      code: 'ServiceCatalogProvisioningDetails TemplateProviderDetails',
    }),
  },
  harmless(
    'describes models, data, people or limits',
    `SageMaker::AIWorkloadConfig SageMaker::Action SageMaker::Algorithm SageMaker::AppImageConfig SageMaker::Artifact
     SageMaker::ClusterSchedulerConfig SageMaker::CodeRepository SageMaker::ComputeQuota SageMaker::Context SageMaker::Device
     SageMaker::DeviceFleet SageMaker::Experiment SageMaker::ExperimentTrialComponent SageMaker::FeatureGroup SageMaker::Hub
     SageMaker::HumanTaskUi SageMaker::Image SageMaker::ImageVersion SageMaker::ModelCard SageMaker::ModelPackage
     SageMaker::ModelPackageGroup SageMaker::TrialComponent SageMaker::Workteam EMR::SecurityConfiguration
     EMR::StudioSessionMapping EMR::WALWorkspace EMRContainers::SecurityConfiguration AppStream::AppBlock
     AppStream::Application AppStream::ApplicationEntitlementAssociation AppStream::ApplicationFleetAssociation
     AppStream::DirectoryConfig AppStream::Entitlement AppStream::StackFleetAssociation AppStream::StackUserAssociation
     AppStream::User WorkSpaces::ConnectionAlias WorkSpaces::WorkspaceIpGroup WorkSpacesWeb::BrowserSettings
     WorkSpacesWeb::DataProtectionSettings WorkSpacesWeb::IdentityProvider WorkSpacesWeb::IpAccessSettings
     WorkSpacesWeb::Portal WorkSpacesWeb::SessionLogger WorkSpacesWeb::TrustStore WorkSpacesWeb::UserAccessLoggingSettings
     WorkSpacesWeb::UserSettings WorkspacesInstances::Volume WorkspacesInstances::VolumeAssociation`,
  ),
  carriers('joins hosts of a game to the VPC', 'GameLift::GameServerGroup', { carrier: 'LaunchTemplate' }),
  {
    'AWS::GameLift::Fleet': judged('joins the network of a game to a VPC by peering', {
      owner: 'PeerVpcId',
      data: 'PeerVpcAwsAccountId',
    }),
  },
  carriers('lets a stream of a game into the VPC', 'GameLiftStreams::StreamGroup', {
    owner: 'LocationConfigurations.VpcTransitConfiguration',
  }),
  {
    'AWS::Deadline::Fleet': judged('reaches what it names through Lattice', {
      target: 'Configuration.ServiceManagedEc2.VpcConfiguration',
      shown: 'HostConfiguration',
    }),
  },
  passive('hands out licences to hosts that ask', 'Deadline::LicenseEndpoint'),
  harmless('counts licences', 'Deadline::MeteredProduct'),
]
