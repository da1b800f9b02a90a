/**
 * Handler permissions for what our templates never ask for. Left out where they would reach beyond the product or let
 * a template give itself more than it has; what only adds to the length of a list stays.
 */
type Unused = {
  readonly type: string
  readonly actions: readonly string[]
  /** With this property a template asks for them after all. */
  readonly unless?: string
  readonly why: string
}

export const unused: readonly Unused[] = [
  { type: 'AWS::ApiGatewayV2::Api', actions: ['s3:getObject'], why: 'no API description in a bucket' },
  {
    type: 'AWS::ApiGatewayV2::DomainName',
    actions: ['s3:GetObject', 's3:GetObjectVersion'],
    why: 'no mutual TLS, so no truststore in a bucket',
  },
  { type: 'AWS::ApiGatewayV2::Authorizer', actions: ['iam:PassRole'], why: 'API Gateway calls authorizers on its own' },
  { type: 'AWS::ApiGatewayV2::Integration', actions: ['iam:PassRole'], why: 'a VPC link takes no credentials' },
  {
    type: 'AWS::ApplicationAutoScaling::ScalableTarget',
    actions: ['application-autoscaling:DeleteScheduledAction', 'application-autoscaling:PutScheduledAction'],
    unless: 'ScheduledActions',
    why: 'ECS services scale without schedules',
  },
  {
    type: 'AWS::ApplicationAutoScaling::ScalableTarget',
    actions: [
      'iam:PassRole',
      'lambda:DeleteProvisionedConcurrencyConfig',
      'lambda:GetProvisionedConcurrencyConfig',
      'lambda:PutProvisionedConcurrencyConfig',
    ],
    why: 'ECS services scale through the service-linked role',
  },
  {
    type: 'AWS::CertificateManager::Certificate',
    actions: ['acm-pca:GetCertificate', 'acm-pca:IssueCertificate'],
    why: 'public certificates only',
  },
  {
    type: 'AWS::EC2::EIP',
    actions: ['ec2:AcceptAddressTransfer', 'ec2:AssociateAddress', 'ec2:DisassociateAddress'],
    why: 'an address belongs to its NAT gateway, never to a task',
  },
  {
    type: 'AWS::EC2::FlowLog',
    actions: ['iam:CreateServiceLinkedRole', 's3:GetBucketPolicy', 's3:PutBucketPolicy'],
    why: 'flow logs go to CloudWatch Logs, with a role of the stack',
  },
  {
    type: 'AWS::EC2::VPCEndpoint',
    actions: ['vpc-lattice:CreateServiceNetworkVpcEndpointAssociation', 'vpce:AllowMultiRegion'],
    why: 'endpoints of AWS services of the same region only',
  },
  {
    type: 'AWS::EC2::VPCGatewayAttachment',
    actions: ['ec2:AttachVpnGateway', 'ec2:DetachVpnGateway'],
    why: 'no VPN',
  },
  {
    type: 'AWS::ECS::Cluster',
    actions: ['ecs:PutAccountSetting', 'ecs:PutAccountSettingDefault', 'kms:DescribeKey'],
    why: 'settings of the whole account stay as they are, and no key is used',
  },
  {
    type: 'AWS::ECS::Service',
    actions: ['iam:PassRole'],
    unless: 'AdvancedConfiguration',
    why: 'the service-linked role registers the tasks',
  },
  {
    type: 'AWS::EFS::FileSystem',
    actions: [
      'elasticfilesystem:CreateReplicationConfiguration',
      'elasticfilesystem:DeleteReplicationConfiguration',
      'iam:PassRole',
      'kms:CreateGrant',
      'kms:DescribeKey',
      'kms:GenerateDataKeyWithoutPlaintext',
    ],
    why: 'no replica, and the key is the one that EFS has in the account, whose policy lets its users in',
  },
  {
    type: 'AWS::ElasticLoadBalancingV2::Listener',
    actions: ['cognito-idp:DescribeUserPoolClient'],
    why: 'authorization is the business of the API',
  },
  {
    type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
    actions: ['cognito-idp:DescribeUserPoolClient'],
    why: 'authorization is the business of the API',
  },
  {
    type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
    actions: ['elasticloadbalancing:DeregisterTargets', 'elasticloadbalancing:RegisterTargets'],
    why: 'only ECS registers targets',
  },
  {
    type: 'AWS::IAM::Policy',
    actions: [
      'iam:DeleteGroupPolicy',
      'iam:DeleteUserPolicy',
      'iam:GetGroupPolicy',
      'iam:GetUserPolicy',
      'iam:PutGroupPolicy',
      'iam:PutUserPolicy',
    ],
    why: 'policies of roles only',
  },
  {
    type: 'AWS::IAM::Role',
    actions: ['iam:DeleteRolePermissionsBoundary'],
    why: 'taking a boundary away could make a role an administrator',
  },
  {
    type: 'AWS::IAM::Role',
    actions: ['iam:AttachRolePolicy', 'iam:DetachRolePolicy'],
    unless: 'ManagedPolicyArns',
    why: 'no role of ours has a managed policy unless the config names one',
  },
  {
    type: 'AWS::Lambda::Function',
    actions: [
      'elasticfilesystem:DescribeMountTargets',
      'kms:CreateGrant',
      'kms:Decrypt',
      'kms:DescribeKey',
      'kms:Encrypt',
      'kms:GenerateDataKey',
      'lambda:DeleteFunctionCodeSigningConfig',
      'lambda:GetCodeSigningConfig',
      'lambda:GetLayerVersion',
      'lambda:PassCapacityProvider',
      'lambda:PublishVersion',
      'lambda:PutFunctionCodeSigningConfig',
      'lambda:PutFunctionScalingConfig',
      's3:GetObject',
      's3:GetObjectVersion',
      's3files:ListMountTargets',
    ],
    why: 'the code is in the template; no file system, no key, layer, code signing or version',
  },
  {
    type: 'AWS::Logs::LogGroup',
    actions: [
      'firehose:TagDeliveryStream',
      'logs:AssociateKmsKey',
      'logs:CreateLogDelivery',
      'logs:DeleteDataProtectionPolicy',
      'logs:DeleteIndexPolicy',
      'logs:DeleteResourcePolicy',
      'logs:DisassociateKmsKey',
      'logs:PutBearerTokenAuthentication',
      'logs:PutDataProtectionPolicy',
      'logs:PutIndexPolicy',
      'logs:PutLogGroupDeletionProtection',
      'logs:PutResourcePolicy',
    ],
    why: 'retention only; the two for log delivery come with what delivers logs',
  },
  {
    type: 'AWS::StepFunctions::StateMachine',
    actions: ['kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey', 's3:GetObject', 's3:GetObjectVersion'],
    why: 'the definition is in the template, and no key is used',
  },
  {
    type: 'AWS::S3::Bucket',
    actions: [
      'iam:PassRole',
      's3:CreateBucketMetadataTableConfiguration',
      's3:DeleteBucketMetadataTableConfiguration',
      's3:DeleteBucketWebsite',
      's3:DeleteObject',
      's3:PutAccelerateConfiguration',
      's3:PutAnalyticsConfiguration',
      's3:PutBucketAbac',
      's3:PutBucketAcl',
      's3:PutBucketCORS',
      's3:PutBucketLogging',
      's3:PutBucketNotification',
      's3:PutBucketObjectLockConfiguration',
      's3:PutBucketWebsite',
      's3:PutIntelligentTieringConfiguration',
      's3:PutInventoryConfiguration',
      's3:PutMetricsConfiguration',
      's3:PutObjectAcl',
      's3:PutReplicationConfiguration',
      's3:UpdateBucketMetadataAnnotationTableConfiguration',
      's3:UpdateBucketMetadataInventoryTableConfiguration',
      's3:UpdateBucketMetadataJournalTableConfiguration',
      's3tables:CreateNamespace',
      's3tables:CreateTable',
      's3tables:CreateTableBucket',
      's3tables:GetTable',
      's3tables:GetTableMetadataLocation',
      's3tables:PutTableBucketPolicy',
      's3tables:PutTableEncryption',
      's3tables:PutTablePolicy',
      's3tables:UpdateTableMetadataLocation',
    ],
    why: 'a bucket for logs: encryption, ownership, expiry and no public access, nothing that copies or opens it',
  },
]
