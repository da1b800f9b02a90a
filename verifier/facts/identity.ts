/** Whether a value is a resource of the templates, by the reference that stands for it. */
import type { Program, Resource } from '../resolve/program.ts'
import { itemsOf, type Value } from '../resolve/value.ts'

/** Attributes that give the same as Ref, https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html */
const sameAsRef: Readonly<Record<string, readonly string[]>> = {
  'AWS::ApiGatewayV2::Api': ['ApiId'],
  'AWS::ApiGatewayV2::Authorizer': ['AuthorizerId'],
  'AWS::ApiGatewayV2::Integration': ['IntegrationId'],
  'AWS::ApiGatewayV2::VpcLink': ['VpcLinkId'],
  'AWS::ApiGateway::RestApi': ['RestApiId'],
  'AWS::ApiGateway::Authorizer': ['AuthorizerId'],
  'AWS::ApiGateway::VpcLink': ['VpcLinkId'],
  'AWS::CertificateManager::Certificate': ['CertificateArn', 'Id'],
  'AWS::EC2::RouteTable': ['RouteTableId'],
  'AWS::EC2::SecurityGroup': ['GroupId', 'Id'],
  'AWS::EC2::Subnet': ['SubnetId'],
  'AWS::EC2::VPC': ['VpcId'],
  'AWS::EC2::PrefixList': ['PrefixListId'],
  'AWS::EC2::InternetGateway': ['InternetGatewayId'],
  'AWS::EC2::VPNGateway': ['VPNGatewayId'],
  'AWS::ECS::TaskDefinition': ['TaskDefinitionArn'],
  'AWS::IAM::ManagedPolicy': ['PolicyArn'],
  'AWS::ElasticLoadBalancingV2::Listener': ['ListenerArn'],
  'AWS::ElasticLoadBalancingV2::LoadBalancer': ['LoadBalancerArn'],
  'AWS::ElasticLoadBalancingV2::TargetGroup': ['TargetGroupArn'],
}

/** The resource that a value is; undefined when it is something else or not known. */
export function resourceOf(program: Program, value: Value, ...types: string[]): Resource | undefined {
  if (value.kind !== 'ref') return undefined
  const resource = program.resources.get(value.resource)
  if (!resource || !types.includes(resource.type)) return undefined
  const { attribute } = value
  return attribute === undefined || sameAsRef[resource.type]?.includes(attribute) ? resource : undefined
}

/** A list of references: the resources it is certain to hold, and what else it may hold. */
export function resourcesOf(
  program: Program,
  value: Value,
  ...types: string[]
): { readonly known: readonly Resource[]; readonly others: readonly Value[] } {
  const items = itemsOf(value)
  if (!items) return { known: [], others: [value] }
  const known: Resource[] = []
  const others: Value[] = []
  for (const item of items) {
    const resource = resourceOf(program, item, ...types)
    if (resource) known.push(resource)
    else others.push(item)
  }
  return { known, others }
}
