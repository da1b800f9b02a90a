/**
 * What a launch needs beyond the schemas' handler permissions. From the AWS documentation named in `why` and from
 * what deployments are known to fail on; not checked against AWS by a test.
 */
import { LOG_DELIVERY } from '../../aws/log-delivery.ts'

type Omitted = {
  /** Left out: for every product. A trailing `*` stands for any ending. */
  readonly types?: readonly string[]
  readonly actions: readonly string[]
  readonly why: string
}

export const omitted: readonly Omitted[] = [
  {
    actions: [
      'cloudformation:CreateChangeSet',
      'cloudformation:CreateStack',
      'cloudformation:DeleteChangeSet',
      'cloudformation:DeleteStack',
      'cloudformation:DescribeChangeSet',
      'cloudformation:DescribeStackEvents',
      'cloudformation:DescribeStackResources',
      'cloudformation:DescribeStacks',
      'cloudformation:ExecuteChangeSet',
      'cloudformation:GetTemplate',
      'cloudformation:GetTemplateSummary',
      'cloudformation:ListChangeSets',
      'cloudformation:ListStackResources',
      'cloudformation:SetStackPolicy',
      'cloudformation:TagResource',
      'cloudformation:UntagResource',
      'cloudformation:UpdateStack',
      'cloudformation:ValidateTemplate',
    ],
    why: 'Service Catalog creates, changes and deletes the stack as this role; change sets are its plans (administrator guide: constraints-launch)',
  },
  {
    actions: ['s3:GetObject'],
    why: 'CloudFormation reads the template from a bucket of Service Catalog, whose objects carry this tag (administrator guide: constraints-launch)',
  },
  {
    types: ['Custom::*'],
    actions: ['lambda:InvokeFunction'],
    why: 'CloudFormation calls the function of a custom resource as the role that runs the stack',
  },
  {
    types: ['AWS::ApiGatewayV2::VpcLink', 'AWS::ApiGatewayV2::DomainName'],
    actions: ['iam:CreateServiceLinkedRole'],
    why: 'the first VPC link or custom domain of an account creates the service-linked role of API Gateway',
  },
  {
    types: ['AWS::ApiGatewayV2::DomainName'],
    actions: ['acm:DescribeCertificate'],
    why: 'the certificate is looked up as the caller (API Gateway guide: custom domain names, prerequisites)',
  },
  {
    types: ['AWS::ApiGatewayV2::Stage'],
    actions: LOG_DELIVERY,
    why: 'access logs are set up through log delivery as the caller (API Gateway guide: http-api-logging)',
  },
  {
    types: ['AWS::EC2::FlowLog'],
    actions: ['logs:DescribeLogGroups', 'logs:GetLogDelivery', 'logs:ListLogDeliveries', 'logs:UpdateLogDelivery'],
    why: 'flow logs are set up through log delivery too (VPC guide: flow-logs-iam-role)',
  },
  {
    types: ['AWS::ECS::Cluster', 'AWS::ECS::Service'],
    actions: ['iam:CreateServiceLinkedRole'],
    why: 'the first cluster or service of an account creates the service-linked role of ECS',
  },
  {
    types: ['AWS::EFS::MountTarget'],
    actions: [
      'ec2:CreateNetworkInterface',
      'ec2:DeleteNetworkInterface',
      'ec2:DescribeNetworkInterfaceAttribute',
      'ec2:DescribeNetworkInterfaces',
      'ec2:DescribeSecurityGroups',
      'ec2:DescribeSubnets',
      'ec2:ModifyNetworkInterfaceAttribute',
      'iam:CreateServiceLinkedRole',
    ],
    why: 'a mount target is a network interface that is made as the caller, and the first one of an account creates the service-linked role of EFS (EFS API reference: CreateMountTarget, ModifyMountTargetSecurityGroups, DeleteMountTarget)',
  },
  {
    types: ['AWS::ElasticLoadBalancingV2::LoadBalancer'],
    actions: [
      'ec2:DescribeAccountAttributes',
      'ec2:DescribeInternetGateways',
      'ec2:DescribeRouteTables',
      'ec2:DescribeSecurityGroups',
      'ec2:DescribeSubnets',
      'ec2:DescribeVpcs',
      'iam:CreateServiceLinkedRole',
    ],
    why: 'the first load balancer of an account creates a service-linked role, and its network is looked up as the caller (AWS managed policy ElasticLoadBalancingFullAccess)',
  },
  {
    types: ['AWS::ApplicationAutoScaling::ScalableTarget'],
    actions: ['ecs:DescribeServices', 'ecs:UpdateService', 'iam:CreateServiceLinkedRole'],
    why: 'registering a service for scaling needs to read and change it (Application Auto Scaling guide: required IAM permissions)',
  },
  {
    types: ['AWS::ApplicationAutoScaling::ScalingPolicy'],
    actions: ['cloudwatch:DeleteAlarms', 'cloudwatch:DescribeAlarms', 'cloudwatch:PutMetricAlarm'],
    why: 'target tracking creates its alarms as the caller (Application Auto Scaling guide: required IAM permissions)',
  },
  {
    types: ['AWS::StepFunctions::StateMachine'],
    actions: [
      'logs:CreateLogGroup',
      'logs:DeleteLogGroup',
      'logs:DeleteRetentionPolicy',
      'logs:ListTagsForResource',
      'logs:PutRetentionPolicy',
      'logs:TagResource',
      'logs:UntagResource',
    ],
    why: 'the log of its executions has a name of its own, below /aws/vendedlogs (Step Functions guide: bp-cwl)',
  },
  {
    types: ['AWS::EC2::VPCEndpoint'],
    actions: ['route53:AssociateVPCWithHostedZone'],
    why: 'an endpoint with private DNS associates a zone of AWS with the VPC (service authorization reference: CreateVpcEndpoint)',
  },
  {
    types: ['AWS::EC2::Subnet'],
    actions: ['ec2:DescribeAvailabilityZones'],
    why: 'zones are given by id',
  },
  {
    types: ['AWS::EC2::NatGateway'],
    actions: ['ec2:DescribeAvailabilityZones'],
    why: 'a regional NAT gateway looks for the zones in use',
  },
  {
    types: ['AWS::CertificateManager::Certificate', 'AWS::Route53::RecordSet'],
    actions: ['route53:GetHostedZone', 'route53:GetChange', 'route53:ListHostedZones'],
    why: 'the parameter HostedZoneId is checked as the caller, and the validation record is waited for',
  },
]
