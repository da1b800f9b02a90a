/**
 * Actions that open no way, judged service by service. What is not here is unknown, future services included.
 *
 * An action is harmless when it reads, when it writes data that no network and no right is made of, or when it starts
 * and stops what exists and is judged by itself (functions, state machines, hosts). One that starts something new in
 * groups that the caller chooses, or runs what the caller brings under another role, is not.
 */
import { normalised } from './pattern.ts'

/** Services without power over networks, hosts or rights: all that they do is harmless. */
const harmlessServices = `
  access-analyzer acm appconfig application-autoscaling application-signals artifact bcm-data-exports
  bcm-pricing-calculator cassandra ce cloudtrail cloudtrail-data cloudwatch codeartifact codedeploy-commands-secure
  codestar-notifications cognito-sync comprehendmedical compute-optimizer consolidatedbilling cost-optimization-hub
  cur dbqms dynamodb ebs ec2messages ecr ecr-public elastictranscoder execute-api freetier geo geo-maps geo-places
  geo-routes glacier health invoicing kafka-cluster kinesis kinesisvideo kms logs mobileanalytics notifications oam
  pi polly pricing purchase-orders rbin rds-data rds-db redshift-data rekognition rum s3 s3-object-lambda s3express
  s3tables s3vectors sagemaker-mlflow savingsplans schemas sdb secretsmanager servicequotas ses sns sqs ssmmessages
  support sustainability swf tag tax textract timestream transcribe translate trustedadvisor wellarchitected xray
`

/** Services whose reading is judged. A service that is missing here is not known to this version. */
const readableServices = `
  a2c a4b account account-access acm-pca aco-automation action-recommendations activate agent-registry
  agentaccess-mcp aidevops aiops airflow airflow-serverless amplify amplifybackend amplifyuibuilder aoss apigateway
  app-integrations appfabric appflow application-signals-mcp application-transformation applicationinsights appmesh
  appmesh-preview apprunner appstream appstudio appsync apptest aps arc-region-switch arc-zonal-shift arsenal
  assurance athena auditmanager autoscaling autoscaling-plans aws-external-anthropic aws-marketplace
  aws-marketplace-management aws-portal awsconnector b2bi backup backup-gateway backup-search backup-storage batch
  bcm-dashboards bcm-recommended-actions bedrock bedrock-agentcore bedrock-mantle bedrock-websearch billing
  billingconductor braket budgets bugbust cases chatbot chime cleanrooms cleanrooms-ml cloud9 clouddirectory
  cloudformation cloudfront cloudfront-keyvaluestore cloudhsm cloudsearch cloudshell codebuild codecatalyst
  codecommit codeconnections codedeploy codeguru codeguru-profiler codeguru-reviewer codeguru-security codepipeline
  codestar codestar-connections codewhisperer cognito-identity cognito-idp comprehend config connect
  connect-campaigns consoleapp controlcatalog controltower customer-verification databrew dataexchange datapipeline
  datasync datazone dax deadline deepcomposer deepracer detective devicefarm devops-guru directconnect discovery dlm
  dms docdb-elastic drs ds ds-data dsql ec2 ec2-instance-connect ecs ecs-mcp eks eks-mcp elastic-inference
  elasticache elasticbeanstalk elasticfilesystem elasticloadbalancing elasticmapreduce elemental-activations
  elemental-appliances-software elemental-inference elemental-support-cases elemental-support-content emr-containers
  emr-serverless end-user-messaging entityresolution es events eventsbilltoaws evidently evs finops-agent finspace
  finspace-api firehose fis fms forecast frauddetector freertos fsx gamelift gameliftstreams globalaccelerator glue
  grafana greengrass groundstation groundtruthlabeling guardduty health-agent healthlake honeycode iam identity-sync
  identitystore identitystore-auth imagebuilder importexport inspector inspector-scan inspector2
  inspector2-telemetry interconnect internetmonitor iot iot-device-tester iot1click iotanalytics iotdeviceadvisor
  iotevents iotfleethub iotfleetwise iotjobsdata iotmanagedintegrations iotsitewise iottwinmaker iotwireless iq
  iq-permission ivs ivschat kafka kafkaconnect kendra kendra-ranking kinesisanalytics lakeformation lambda
  launchwizard lex license-manager license-manager-linux-subscriptions license-manager-user-subscriptions lightsail
  lookoutequipment lookoutmetrics lookoutvision m2 machinelearning macie2 managedblockchain managedblockchain-query
  mapcredits marketplacecommerceanalytics mechanicalturk mediaconnect mediaconvert mediaimport medialive
  mediapackage mediapackage-vod mediapackagev2 mediastore mediatailor medical-imaging memorydb mgh mgn
  migrationhub-orchestrator migrationhub-strategy mobiletargeting monitron mpa mq neptune-db neptune-graph
  network-firewall network-security-director network-security-manager networkflowmonitor networkmanager
  networkmanager-chat networkmonitor nimble notifications-contacts nova-act observabilityadmin odb omics one
  opensearch opsworks opsworks-cm organizations osis outposts panorama partnercentral
  partnercentral-account-management payment-cryptography payments pca-connector-ad pca-connector-scep pcs
  personalize pipes pricingplanmanager private-networks profile proton q qapps qbusiness qdeveloper qldb quicksight
  ram rds redshift redshift-serverless refactor-spaces repostspace researchstudio resiliencehub resource-explorer
  resource-explorer-2 resource-groups rhelkb robomaker rolesanywhere route53 route53-recovery-cluster
  route53-recovery-control-config route53-recovery-readiness route53domains route53globalresolver route53profiles
  route53resolver rtbfabric s3-outposts s3files sagemaker sagemaker-data-science-assistant sagemaker-geospatial
  sagemaker-unified-studio-mcp scheduler scn security-ir securityagent securityhub securitylake serverlessrepo
  servicecatalog servicediscovery serviceextract shield signer signin simspaceweaver sms sms-voice
  snow-device-management snowball social-messaging sqlworkbench ssm ssm-contacts ssm-guiconnect ssm-incidents
  ssm-quicksetup ssm-sap sso sso-directory startups states storagegateway support-console supportapp supportauthz
  supportplans synthetics thinclient timestream-influxdb tiros tnb transfer transform transform-custom ts
  user-subscriptions uxc vendor-insights verified-access verifiedpermissions voiceid vpc-lattice vpc-lattice-svcs
  vpce waf waf-regional wafv2 wam wickr wisdom workdocs worklink workmail workmailmessageflow workspaces
  workspaces-instances workspaces-web
`

const reading = 'BatchDescribe* BatchGet* Describe* Get* List* Lookup* Search* TagResource UntagResource View*'

/**
 * Reading that hands out rights of others. Secrets, access to data, tokens of other systems, and what the roles of an
 * identity pool give to its users are not rights over networks.
 */
const notHarmless: Readonly<Record<string, string>> = {
  aidevops: 'GetAccessToken',
  amplifybackend: 'GetToken',
  'bedrock-agentcore': 'GetResourceApiKey GetResourceOauth2Token GetResourcePaymentToken GetWorkloadAccessToken*',
  datazone: 'GetDomainExecutionRoleCredentials GetEnvironmentCredentials GetIamPortalLoginUrl',
  elasticmapreduce: 'GetClusterSessionCredentials',
  'emr-containers': 'GetManagedEndpointSessionCredentials',
  'finspace-api': 'GetProgrammaticAccessCredentials',
  lightsail: 'GetInstanceAccessDetails',
}

/** Beyond reading. */
const more: Readonly<Record<string, string>> = {
  'agent-registry': 'InvokeRegistryMcp',
  aiops: 'Validate*',
  aoss: 'APIAccessAll DashboardsAccessAll',
  appmesh: 'StreamAggregatedResources',
  appsync: 'Evaluate* EventConnect EventPublish EventSubscribe FlushApiCache GraphQL SourceGraphQL',
  aps: 'PreviewAnomalyDetector QueryMetrics RemoteWrite',
  athena: `
    Batch* CreateNamedQuery CreatePreparedStatement DeleteNamedQuery DeletePreparedStatement StartQueryExecution
    StopQueryExecution UpdateNamedQuery UpdatePreparedStatement
  `,
  auditmanager: 'Validate*',
  autoscaling: `
    CompleteLifecycleAction CreateOrUpdateTags DeleteLifecycleHook DeletePolicy DeleteScheduledAction DeleteTags
    DetachInstances DisableMetricsCollection EnableMetricsCollection EnterStandby ExecutePolicy ExitStandby
    PutLifecycleHook PutScalingPolicy PutScheduledUpdateGroupAction RecordLifecycleActionHeartbeat ResumeProcesses
    SetDesiredCapacity SetInstanceHealth SetInstanceProtection SuspendProcesses TerminateInstanceInAutoScalingGroup
  `,
  'aws-marketplace': 'BatchMeterUsage MeterUsage RegisterUsage ResolveCustomer ViewSubscriptions',
  backup: 'StartBackupJob StopBackupJob',
  batch: 'CancelJob TerminateJob',
  bedrock: `
    AgenticRetrieveStream ApplyGuardrail CheckIngestedDocumentAcl CountTokens CreateModelInvocationJob InvokeAgent
    InvokeDataAutomationAsync InvokeFlow InvokeModel* RenderPrompt Rerank Retrieve
    RetrieveAndGenerate StartIngestionJob StopIngestionJob StopModelInvocationJob
  `,
  'bedrock-agentcore': 'RetrieveMemoryRecords',
  'bedrock-mantle': 'CallWithBearerToken',
  budgets: 'ModifyBudget',
  chime: 'Retrieve* Validate*',
  cleanrooms: 'Preview*',
  clouddirectory: 'BatchRead',
  cloudformation: 'Detect* Estimate* RecordHandlerProgress SignalResource ValidateTemplate',
  cloudfront: 'CreateInvalidation',
  'cloudfront-keyvaluestore': 'DeleteKey PutKey UpdateKeys',
  codebuild: `
    BatchPutCodeCoverages BatchPutTestCases CreateReport CreateReportGroup StopBuild StopBuildBatch UpdateReport
  `,
  codecommit: 'CancelUploadArchive GitPull UploadArchive',
  codeconnections: 'PassConnection UseConnection',
  codedeploy: 'Batch* PutLifecycleEventHookExecutionStatus RegisterApplicationRevision StopDeployment',
  codepipeline: `
    AcknowledgeJob AcknowledgeThirdPartyJob PollForJobs PollForThirdPartyJobs PutActionRevision PutJobFailureResult
    PutJobSuccessResult PutThirdPartyJobFailureResult PutThirdPartyJobSuccessResult StartPipelineExecution
    StopPipelineExecution
  `,
  codestar: 'Verify*',
  'codestar-connections': 'PassConnection UseConnection',
  'cognito-idp': `
    AdminConfirmSignUp AdminCreateUser AdminDeleteUser AdminDeleteUserAttributes AdminDisableUser AdminEnableUser
    AdminForgetDevice AdminGet* AdminInitiateAuth AdminList* AdminRemoveUserFromGroup AdminResetUserPassword
    AdminRespondToAuthChallenge AdminSetUserMFAPreference AdminUserGlobalSignOut ChangePassword
    ConfirmForgotPassword ConfirmSignUp ForgotPassword GlobalSignOut InitiateAuth ResendConfirmationCode
    RespondToAuthChallenge RevokeToken SignUp
  `,
  comprehend: 'BatchDetect* Classify* Contains* Detect*',
  config: 'Deliver* PutEvaluations Select*',
  datapipeline: 'Evaluate* Query* Validate*',
  dax: 'BatchWriteItem ConditionCheckItem DeleteItem PutItem Query Scan UpdateItem',
  'devops-guru': 'StartCostEstimation',
  dms: 'Test*',
  ds: 'Check* Verify*',
  dsql: 'DbConnect DbConnectAdmin',
  ec2: `
    AllocateAddress AssignIpv6Addresses AssignPrivateIpAddresses AttachVolume CopyImage CopySnapshot CreateFlowLogs
    CreateImage CreateKeyPair CreateNetworkInterface CreatePlacementGroup CreateSnapshot CreateSnapshots CreateTags
    CreateVolume DeleteFlowLogs DeleteKeyPair DeleteNetworkInterface DeleteNetworkInterfacePermission
    DeletePlacementGroup DeleteSnapshot DeleteTags DeleteVolume DeregisterImage DetachNetworkInterface DetachVolume
    DisassociateAddress EnableFastSnapshotRestores ImportKeyPair ModifyImageAttribute ModifySnapshotAttribute
    ModifyVolume ModifyVolumeAttribute MonitorInstances RebootInstances RegisterImage ReleaseAddress
    RevokeSecurityGroupEgress RevokeSecurityGroupIngress StartInstances StopInstances TerminateInstances
    UnassignIpv6Addresses UnassignPrivateIpAddresses UnmonitorInstances UpdateSecurityGroupRuleDescriptionsEgress
    UpdateSecurityGroupRuleDescriptionsIngress
  `,
  ecs: `
    CreateCluster DeregisterContainerInstance DeregisterTaskDefinition DiscoverPollEndpoint Poll PutAttributes
    PutSystemLogEvents RegisterContainerInstance StartTelemetrySession StopTask Submit* UpdateContainerAgent
    UpdateContainerInstancesState UpdateTaskProtection
  `,
  eks: 'AccessKubernetesApi',
  elasticache: 'AddTagsToResource Connect RemoveTagsFromResource',
  elasticbeanstalk: 'Check* Request* Retrieve* Validate*',
  elasticfilesystem: `
    Client* CreateAccessPoint CreateTags DeleteAccessPoint DeleteTags
  `,
  elasticloadbalancing: 'AddTags DeregisterInstancesFromLoadBalancer DeregisterTargets RemoveTags',
  'elemental-inference': 'Export*',
  es: 'AddTags ESHttp* RemoveTags',
  events: `
    DeleteRule DisableRule EnableRule InvokeApiDestination PutEvents PutPartnerEvents RemoveTargets
    RetrieveConnectionCredentials Test*
  `,
  evidently: 'TestSegmentPattern',
  firehose: `
    DeleteDeliveryStream PutRecord* StartDeliveryStreamEncryption StopDeliveryStreamEncryption
    TagDeliveryStream UntagDeliveryStream
  `,
  forecast: 'Query*',
  gamelift: 'ResolveAlias',
  glue: `
    BatchCreatePartition BatchDeletePartition BatchDeleteTable BatchDeleteTableVersion BatchUpdatePartition
    CheckSchemaVersionValidity CreateDatabase CreatePartition CreatePartitionIndex CreateSchema CreateTable
    DeleteDatabase DeletePartition DeleteTable DeleteTableVersion PutSchemaVersionMetadata
    QuerySchemaVersionMetadata RegisterSchemaVersion StartCrawler StopCrawler UpdateDatabase UpdatePartition
    UpdateTable
  `,
  healthlake: 'Read*',
  honeycode: 'Query*',
  iam: `
    ChangePassword CreateServiceLinkedRole DeleteServerCertificate DeleteServiceLinkedRole Generate* PassRole
    Simulate* UpdateRoleDescription UploadServerCertificate
  `,
  identitystore: 'Is*',
  inspector: 'Preview*',
  iot: 'Connect DeleteThingShadow Publish Receive RetainPublish Subscribe UpdateThingShadow',
  iotanalytics: 'Sample*',
  iotsitewise: 'ExecuteQuery',
  kendra: 'BatchDeleteDocument BatchPutDocument Query Retrieve SubmitFeedback',
  kinesisanalytics: 'Discover*',
  lambda: `
    CheckpointDurableExecution DeleteFunctionConcurrency Invoke*
    PublishLayerVersion PutFunctionConcurrency PutProvisionedConcurrencyConfig RemovePermission
    SendDurableExecutionCallback*
    StopDurableExecution
  `,
  lex: 'DeleteSession PostContent PostText PutSession RecognizeText RecognizeUtterance StartConversation',
  lightsail: 'Is*',
  mediaconnect: 'DiscoverGatewayPollEndpoint',
  mediaconvert: 'Probe',
  memorydb: 'Connect',
  mobiletargeting: 'PutEvents SendMessages SendUsersMessages',
  'neptune-db': 'CancelQuery connect DeleteDataViaQuery Read* WriteDataViaQuery',
  'neptune-graph': 'CancelQuery DeleteDataViaQuery Read* WriteDataViaQuery',
  networkflowmonitor: 'Publish',
  observabilityadmin: 'Test* Validate*',
  opensearch: 'ApplicationAccessAll',
  osis: 'Ingest',
  pipes: 'StartPipe StopPipe',
  quicksight: 'GenerateEmbedUrl*',
  rds: `
    AddTagsToResource CopyDBClusterSnapshot CopyDBSnapshot CreateDBClusterSnapshot CreateDBSnapshot
    DeleteDBClusterSnapshot DeleteDBSnapshot Download* FailoverDBCluster RebootDBInstance RemoveTagsFromResource
    StartDBCluster StartDBInstance StopDBCluster StopDBInstance
  `,
  route53: 'ChangeResourceRecordSets ChangeTagsForResource CreateHealthCheck DeleteHealthCheck Test* UpdateHealthCheck',
  route53domains: 'Check*',
  s3files: 'Client*',
  sagemaker: `
    AddTags BatchPutMetrics DeleteRecord DeleteTags InvokeEndpoint* PutRecord QueryLineage
  `,
  scheduler: 'DeleteSchedule',
  securityhub: 'BatchImportFindings BatchUpdateFindings',
  servicecatalog: 'Scan*',
  servicediscovery: `
    CreateHttpNamespace CreateService DeleteService DeregisterInstance Discover*
    RegisterInstance UpdateInstanceCustomHealthStatus UpdateService
  `,
  'sms-voice': 'Send*',
  'social-messaging': 'SendWhatsAppMessage',
  ssm: `
    AddTagsToResource CancelCommand CreateOpsItem DeleteParameter DeleteParameters LabelParameterVersion
    PutComplianceItems PutConfigurePackageResult PutInventory PutParameter RemoveTagsFromResource
    StopAutomationExecution TerminateSession UnlabelParameterVersion UpdateAssociationStatus
    UpdateInstanceAssociationStatus UpdateInstanceInformation UpdateOpsItem
  `,
  states: `
    CreateActivity DeleteActivity InvokeHTTPEndpoint RedriveExecution RevealSecrets SendTask* StartExecution StartSyncExecution StopExecution UpdateMapRun
    ValidateStateMachineDefinition
  `,
  sts: 'DecodeAuthorizationMessage GetAccessKeyInfo GetCallerIdentity GetServiceBearerToken GetSessionToken',
  synthetics: 'StartCanary StopCanary',
  transfer: 'TestIdentityProvider',
  verifiedpermissions: 'IsAuthorized IsAuthorizedWithToken',
  'vpc-lattice-svcs': 'Connect Invoke',
  wafv2: 'CheckCapacity UpdateIPSet UpdateRegexPatternSet',
  workdocs: 'Check*',
}

type Judged = {
  /** Normalised patterns, with a `*` at the end at most. */
  readonly harmless: readonly string[]
  readonly except: readonly string[]
}

const words = (text: string): string[] => text.split(/\s+/).filter((each) => each !== '')

const patterns = (service: string, text = ''): string[] => words(text).map((each) => normalised(`${service}:${each}`))

const whole: ReadonlySet<string> = new Set(words(harmlessServices))
const readable: ReadonlySet<string> = new Set(words(readableServices))

const ofWhole = (service: string): Judged => ({ harmless: [`${service}:*`], except: [] })

const ofOthers = (service: string): Judged => ({
  harmless: patterns(service, `${readable.has(service) ? reading : ''} ${more[service] ?? ''}`),
  except: patterns(service, notHarmless[service]),
})

export const judgedServices: readonly string[] = [...new Set([...whole, ...readable, ...Object.keys(more)])]

const isJudged: ReadonlySet<string> = new Set(judgedServices)
const known = new Map<string, Judged>()

/** Worked out when it is asked for: a template names few of the hundreds of services. */
export function judgedOf(service: string): Judged | undefined {
  if (!isJudged.has(service)) return undefined
  const before = known.get(service)
  if (before) return before
  const fresh = readable.has(service) || Object.hasOwn(more, service) ? ofOthers(service) : ofWhole(service)
  known.set(service, fresh)
  return fresh
}
