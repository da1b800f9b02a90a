/** Load balancers, services, functions and what starts them, as the claims read them. */
import { type Judgements, modelled } from './judgement.ts'

const texts = 'are shown to people'
const placing = 'chooses where and on what it runs'
const counting = 'counts and paces tasks'
const probing = 'probes targets, from the load balancer only'
const limits = 'limits, logs, encrypts or traces'

export const modelledServices: Judgements = {
  'AWS::ElasticLoadBalancingV2::LoadBalancer': modelled('is a load balancer', {
    roles: {
      carrier: 'SecurityGroups SubnetMappings Subnets',
      data: 'EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic',
    },
    read: 'EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic IpAddressType Ipv4IpamPoolId LoadBalancerAttributes Name Scheme Type',
    harmless: {
      [texts]: 'Tags',
      'reserves capacity': 'EnableCapacityReservationProvisionStabilize MinimumLoadBalancerCapacity',
    },
    unread: 'EnablePrefixForIpv6SourceNat',
  }),
  'AWS::ElasticLoadBalancingV2::Listener': modelled('is a listener', {
    roles: {
      owner: 'LoadBalancerArn',
      target: 'DefaultActions.TargetGroupArn DefaultActions.ForwardConfig.TargetGroups.TargetGroupArn',
      peer: 'DefaultActions.AuthenticateOidcConfig DefaultActions.AuthenticateCognitoConfig DefaultActions.JwtValidationConfig',
      shown: 'DefaultActions.FixedResponseConfig',
    },
    read: 'Certificates DefaultActions MutualAuthentication Port Protocol SslPolicy',
    harmless: {
      [texts]: 'Tags DefaultActions.FixedResponseConfig',
      'names and adds headers for targets and clients, after the rules have matched': 'ListenerAttributes',
      'prefers a version of HTTP': 'AlpnPolicy',
    },
  }),
  'AWS::ElasticLoadBalancingV2::ListenerCertificate': modelled('adds certificates to a listener', {
    roles: { owner: 'ListenerArn' },
    read: 'Certificates',
  }),
  'AWS::ElasticLoadBalancingV2::ListenerRule': modelled('is a rule of a listener', {
    roles: {
      owner: 'ListenerArn',
      target: 'Actions.TargetGroupArn Actions.ForwardConfig.TargetGroups.TargetGroupArn',
      peer: 'Actions.AuthenticateOidcConfig Actions.AuthenticateCognitoConfig Actions.JwtValidationConfig',
      shown: 'Actions.FixedResponseConfig',
    },
    read: 'Actions Conditions Priority Transforms',
    harmless: { [texts]: 'Tags Actions.FixedResponseConfig' },
  }),
  'AWS::ElasticLoadBalancingV2::TargetGroup': modelled('is where a load balancer sends requests', {
    roles: { owner: 'VpcId', target: 'Targets' },
    read: 'HealthCheckEnabled HealthCheckPort HealthCheckProtocol IpAddressType Name Port Protocol ProtocolVersion TargetControlPort TargetGroupAttributes TargetType',
    harmless: {
      [texts]: 'Tags',
      [probing]:
        'HealthCheckIntervalSeconds HealthCheckPath HealthCheckTimeoutSeconds HealthyThresholdCount Matcher UnhealthyThresholdCount',
    },
  }),
  'AWS::ECS::Cluster': modelled('holds services', {
    read: 'CapacityProviders ClusterName DefaultCapacityProviderStrategy ServiceConnectDefaults',
    harmless: { [texts]: 'Tags', [limits]: 'ClusterSettings Configuration' },
  }),
  'AWS::ECS::Service': modelled('runs tasks', {
    roles: {
      carrier:
        'NetworkConfiguration.AwsvpcConfiguration.SecurityGroups NetworkConfiguration.AwsvpcConfiguration.Subnets',
      owner:
        'Cluster LoadBalancers.TargetGroupArn LoadBalancers.LoadBalancerName LoadBalancers.AdvancedConfiguration VpcLatticeConfigurations.TargetGroupArn VpcLatticeConfigurations.AdvancedConfiguration',
      code: 'DeploymentConfiguration.LifecycleHooks.HookTargetArn',
      rights:
        'LoadBalancers.AdvancedConfiguration.RoleArn VpcLatticeConfigurations.RoleArn Role DeploymentConfiguration.LifecycleHooks.RoleArn',
      data: 'TaskDefinition ServiceRegistries',
    },
    read: 'CapacityProviderStrategy DeploymentController DesiredCount EnableExecuteCommand GatewayConnectors LaunchType LoadBalancers NetworkConfiguration PlatformVersion SchedulingStrategy ServiceConnectConfiguration ServiceName TaskDefinition VpcLatticeConfigurations DeploymentConfiguration.LifecycleHooks DeploymentConfiguration.Strategy ServiceRegistries',
    harmless: {
      [texts]: 'EnableECSManagedTags PropagateTags Tags',
      [counting]:
        'DeploymentConfiguration ForceNewDeployment HealthCheckGracePeriodSeconds Monitoring AvailabilityZoneRebalancing',
      [placing]: 'PlacementConstraints PlacementStrategies VolumeConfigurations',
    },
  }),
  'AWS::ECS::TaskSet': modelled('runs tasks of a service', {
    roles: {
      carrier:
        'NetworkConfiguration.AwsVpcConfiguration.SecurityGroups NetworkConfiguration.AwsVpcConfiguration.Subnets',
      owner: 'Cluster Service LoadBalancers.TargetGroupArn',
      data: 'TaskDefinition ServiceRegistries',
    },
    read: 'CapacityProviderStrategy LaunchType LoadBalancers NetworkConfiguration PlatformVersion ServiceRegistries TaskDefinition',
    harmless: { [texts]: 'ExternalId Tags', [counting]: 'Scale' },
  }),
  'AWS::ECS::TaskDefinition': modelled('says what tasks are', {
    roles: {
      rights: 'ExecutionRoleArn TaskRoleArn',
      shown: 'ContainerDefinitions.Environment ContainerDefinitions.DockerLabels ContainerDefinitions.LogConfiguration',
      // The program in a task counts as hostile anyway: what it is changes nothing.
      data: 'ContainerDefinitions',
    },
    read: 'ContainerDefinitions ExecutionRoleArn NetworkMode ProxyConfiguration RequiresCompatibilities TaskRoleArn Family',
    harmless: {
      [texts]: 'Tags ContainerDefinitions.Environment ContainerDefinitions.DockerLabels',
      [placing]:
        'Cpu EphemeralStorage InferenceAccelerators IpcMode Memory PidMode PlacementConstraints RuntimePlatform Volumes',
      'lets faults be injected, which only break connections': 'EnableFaultInjection',
    },
  }),
  'AWS::ECS::CapacityProvider': modelled('starts instances for tasks', {
    roles: {
      carrier:
        'ManagedInstancesProvider.InstanceLaunchTemplate.NetworkConfiguration.SecurityGroups ManagedInstancesProvider.InstanceLaunchTemplate.NetworkConfiguration.Subnets AutoScalingGroupProvider.AutoScalingGroupArn',
      rights:
        'ManagedInstancesProvider.InfrastructureRoleArn ManagedInstancesProvider.InstanceLaunchTemplate.Ec2InstanceProfileArn',
      owner: 'ClusterName',
    },
    read: 'AutoScalingGroupProvider ManagedInstancesProvider Name',
    harmless: { [texts]: 'Tags' },
  }),
  'AWS::ECS::ClusterCapacityProviderAssociations': modelled('gives a cluster its capacity providers', {
    roles: { owner: 'Cluster' },
    read: 'CapacityProviders DefaultCapacityProviderStrategy',
  }),
  'AWS::ECS::ExpressGatewayService': modelled('makes a service with a load balancer of its own', {
    roles: {
      carrier: 'NetworkConfiguration.SecurityGroups NetworkConfiguration.Subnets',
      owner: 'Cluster',
      rights: 'ExecutionRoleArn InfrastructureRoleArn TaskRoleArn',
      shown: 'PrimaryContainer.Environment',
      data: 'PrimaryContainer TaskDefinitionArn',
    },
    read: 'NetworkConfiguration PrimaryContainer ServiceName TaskDefinitionArn',
    harmless: {
      [texts]: 'Tags PrimaryContainer.Environment',
      [placing]: 'Cpu Memory',
      [probing]: 'HealthCheckPath',
      [counting]: 'ScalingTarget',
    },
  }),
  'AWS::ECS::Gateway': modelled('makes load balancers, internet-facing by default, for the services of a cluster', {
    roles: {
      carrier: 'Configuration.HostSharedAlb.NetworkConfiguration.Subnets',
      passive: 'Configuration.HostSharedAlb.NetworkConfiguration.InboundSecurityGroup',
      rights: 'InfrastructureRoleArn',
      data: 'GatewayName',
    },
    read: 'Configuration',
    harmless: { [texts]: 'GatewayName PropagateTags Tags', 'keeps it from being deleted': 'DeletionProtection' },
  }),
  'AWS::ECS::GatewayClusterAssociations': modelled('opens the services of a cluster to a gateway', {
    roles: { owner: 'Cluster Gateway' },
  }),
  'AWS::Events::Rule': modelled('starts what it names on events', {
    roles: {
      carrier:
        'Targets.EcsParameters.NetworkConfiguration.AwsVpcConfiguration.SecurityGroups Targets.EcsParameters.NetworkConfiguration.AwsVpcConfiguration.Subnets',
      target: 'Targets.Arn',
      rights: 'RoleArn Targets.RoleArn',
      // What it starts may be an automation.
      code: 'Targets.RunCommandParameters Targets.Input Targets.InputTransformer',
      data: 'Targets.EcsParameters.TaskDefinitionArn Targets.DeadLetterConfig Targets',
      shown: 'EventPattern',
    },
    read: 'Targets EventBusName',
    harmless: { [texts]: 'Description Name Tags', 'says when it starts': 'EventPattern ScheduleExpression State' },
  }),
  'AWS::Lambda::Function': modelled('runs code', {
    roles: {
      carrier: 'VpcConfig.SecurityGroupIds VpcConfig.SubnetIds CapacityProviderConfig',
      code: 'Code Layers Handler Runtime ImageConfig',
      rights: 'Role',
      shown: 'Environment Description',
      data: 'DeadLetterConfig',
    },
    read: 'Architectures Environment FileSystemConfigs FunctionName PackageType RuntimeManagementConfig VpcConfig',
    harmless: {
      [texts]: 'Description Tags',
      [limits]:
        'CodeSigningConfigArn DeadLetterConfig EphemeralStorage FunctionScalingConfig KmsKeyArn LoggingConfig MemorySize RecursiveLoop ReservedConcurrentExecutions SnapStart TenancyConfig Timeout TracingConfig',
      'keeps the steps of long runs': 'DurableConfig',
      'publishes a version': 'PublishToLatestPublished',
    },
  }),
  'AWS::Lambda::Permission': modelled('lets a principal act on a function', {
    roles: { rights: 'Principal', data: 'FunctionName SourceArn' },
    // The action may also be lambda:UpdateFunctionCode.
    read: 'Action FunctionName Principal',
    harmless: {
      'narrows who may call':
        'EventSourceToken FunctionUrlAuthType InvokedViaFunctionUrl PrincipalOrgID SourceAccount SourceArn',
    },
  }),
  'AWS::Serverless::Function': modelled('becomes a function with its role, events and routes', {
    roles: {
      carrier: 'VpcConfig.SecurityGroupIds VpcConfig.SubnetIds CapacityProviderConfig',
      code: 'CodeUri ImageUri InlineCode Layers Handler Runtime ImageConfig DeploymentPreference.Hooks',
      rights: 'Role Policies PermissionsBoundary AssumeRolePolicyDocument DeploymentPreference.Role',
      owner: 'Events',
      shown: 'Environment Description VersionDescription',
      data: 'DeadLetterQueue',
      peer: 'Events.%.Properties.Auth.ResourcePolicy',
    },
    read: 'Architectures AutoPublishAlias Environment EventInvokeConfig Events FileSystemConfigs FunctionName FunctionUrlConfig PackageType RolePath RuntimeManagementConfig VpcConfig DeploymentPreference',
    harmless: {
      [texts]: 'Description PropagateTags Tags VersionDescription',
      [limits]:
        'AutoPublishAliasAllProperties AutoPublishCodeSha256 CodeSigningConfigArn DeadLetterQueue EphemeralStorage FunctionScalingConfig KmsKeyArn LoggingConfig MemorySize ProvisionedConcurrencyConfig RecursiveLoop ReservedConcurrentExecutions SnapStart SourceKMSKeyArn TenancyConfig Timeout Tracing VersionDeletionPolicy',
      'keeps the steps of long runs': 'DurableConfig',
      'publishes a version': 'PublishToLatestPublished',
    },
  }),
}
