/** What the replacement of a resource means for those who run it, by type. */
import { isCustom } from './behaviour.ts'

const effects: Readonly<Record<string, string>> = {
  'AWS::ApiGateway::DomainName': 'a new regional name: its DNS record has to follow',
  'AWS::ApiGateway::RestApi': 'a new id and execute-api address; keys, stages and their settings are made again',
  'AWS::ApiGatewayV2::Api': 'a new id and execute-api address; routes, stages and mappings are made again',
  'AWS::ApiGatewayV2::ApiMapping': 'the path is mapped again',
  'AWS::ApiGatewayV2::Authorizer': 'a new id: routes refer to the new one',
  'AWS::ApiGatewayV2::DomainName':
    'another custom domain: the old name answers no longer, and its DNS record has to follow',
  'AWS::ApiGatewayV2::Integration': 'a new id: routes refer to the new one',
  'AWS::ApiGatewayV2::Route': 'a new route takes the place of the old one',
  'AWS::ApiGatewayV2::Stage': 'a new stage: its address, logs and throttling are made again',
  'AWS::ApiGatewayV2::VpcLink': 'a new link, which takes minutes until it is ready: minutes without traffic',
  'AWS::CertificateManager::Certificate':
    'a new certificate: validation again, before anything that uses it is changed',
  'AWS::Cognito::UserPool': 'a new, empty user pool: all users are lost, and tokens of the old one are refused',
  'AWS::DynamoDB::Table': 'a new, empty table: its items are lost unless they are kept or restored',
  'AWS::EC2::EIP': 'a new public address: who admits the old one has to be told',
  'AWS::EC2::Instance': 'a new instance: what is on its own disks is lost',
  'AWS::EC2::NatGateway': 'a new gateway: open connections to the outside end',
  'AWS::EC2::SecurityGroup':
    'a new id: every rule that names the group is made again, and others that name it have to follow',
  'AWS::EC2::SecurityGroupEgress': 'a new rule takes the place of the old one',
  'AWS::EC2::SecurityGroupIngress': 'a new rule takes the place of the old one',
  'AWS::EC2::Subnet': 'a new subnet: everything in it moves, and its old addresses are gone',
  'AWS::EC2::VPC': 'a new VPC: everything in it is made again',
  'AWS::EC2::VPCEndpoint': 'a new endpoint: calls through the old one end',
  'AWS::ECS::Cluster': 'a new cluster: its services are made again',
  'AWS::ECS::Service': 'a new service: its tasks start beside the old ones, which then end',
  'AWS::ECS::TaskDefinition': 'a new revision: the tasks are rolled',
  'AWS::EFS::FileSystem': 'a new, empty file system: its files are lost unless they are kept or restored',
  'AWS::ElasticLoadBalancingV2::Listener': 'a new ARN: rules and integrations refer to the new one',
  'AWS::ElasticLoadBalancingV2::ListenerRule': 'a new rule takes the place of the old one',
  'AWS::ElasticLoadBalancingV2::LoadBalancer':
    'a new DNS name and ARN: listeners are made again, and open connections end',
  'AWS::ElasticLoadBalancingV2::TargetGroup': 'a new, empty group: tasks register again before it serves',
  'AWS::IAM::Role': 'a new ARN: others that trust or name the role have to follow',
  'AWS::KMS::Key': 'a new key: what the old one has encrypted needs the old one',
  'AWS::Kinesis::Stream': 'a new, empty stream: records that nobody has read are lost',
  'AWS::Lambda::Function': 'a new function and ARN: others that name it have to follow',
  'AWS::Logs::LogGroup': 'a new, empty log group: the old logs are deleted unless they are kept',
  'AWS::RDS::DBCluster': 'a new database: its data is lost unless it comes from a snapshot',
  'AWS::RDS::DBInstance': 'a new database: its data is lost unless it comes from a snapshot',
  'AWS::Route53::HostedZone': 'a new zone with other name servers: the delegation has to follow',
  'AWS::Route53::RecordSet': 'a new record takes the place of the old one',
  'AWS::S3::Bucket': 'a new, empty bucket; one that holds objects cannot be deleted',
  'AWS::SecretsManager::Secret': 'a new secret and ARN: others that name it have to follow',
  'AWS::SNS::Topic': 'a new topic and ARN: subscriptions of others are lost',
  'AWS::SQS::Queue': 'a new, empty queue: messages in the old one are lost',
}

/** In words, as the rest of a sentence about the resource. */
export function effectOf(type: string): string {
  if (isCustom(type)) return 'its function decides whether it is another one'
  return Object.hasOwn(effects, type)
    ? (effects[type] as string)
    : 'it is made again, and others that name it have to follow'
}

/** The types about which something is said. */
export const describedTypes = (): readonly string[] => Object.keys(effects)
