/** A reference that crosses a cut: an output of the producer and a parameter of the consumer, under one name. */
import { allowed, VPC_LINK_ID } from '../aws/patterns.ts'
import type { ParameterDefinition } from '../cfn/template.ts'
import { APPLICATION_NAME } from '../layers/application-name.ts'

export type Crossing = {
  readonly target: string
  readonly attribute?: string
  readonly name: string
  readonly parameter: ParameterDefinition
  readonly label: string
}

/** What `Ref` of a type gives, and the form that a deployer of one layer alone has to type. */
const refs: Readonly<Record<string, { suffix: string; type?: string; pattern?: string }>> = {
  'AWS::EC2::VPC': { suffix: 'Id', type: 'AWS::EC2::VPC::Id' },
  'AWS::EC2::Subnet': { suffix: 'Id', type: 'AWS::EC2::Subnet::Id' },
  'AWS::EC2::VPCEndpoint': { suffix: 'Id', pattern: '^vpce-[0-9a-z]+$' },
  'AWS::ElasticLoadBalancingV2::LoadBalancer': {
    suffix: 'Arn',
    pattern: arnPattern('elasticloadbalancing', 'loadbalancer/app/.+'),
  },
  'AWS::ElasticLoadBalancingV2::Listener': {
    suffix: 'Arn',
    pattern: arnPattern('elasticloadbalancing', 'listener/app/.+'),
  },
  'AWS::ApiGatewayV2::VpcLink': { suffix: 'Id', pattern: allowed(VPC_LINK_ID) },
  'AWS::CertificateManager::Certificate': { suffix: 'Arn', pattern: arnPattern('acm', 'certificate/.+') },
  'AWS::ECS::Cluster': { suffix: 'Name', pattern: '^[0-9A-Za-z_-]{1,255}$' },
  'AWS::Logs::LogGroup': { suffix: 'Name', pattern: '^[\\w./#-]{1,512}$' },
  'AWS::IAM::Role': { suffix: 'Name', pattern: '^[0-9A-Za-z_+=,.@-]{1,64}$' },
}

const attributes: Readonly<Record<string, { type?: string; pattern?: string }>> = {
  GroupId: { type: 'AWS::EC2::SecurityGroup::Id' },
  Arn: { pattern: arnPattern('[a-z0-9-]+', '.+') },
  CertificateArn: { pattern: arnPattern('acm', 'certificate/.+') },
  DNSName: { pattern: '^[0-9A-Za-z.-]{1,255}$' },
  LoadBalancerFullName: { pattern: '^app/[0-9A-Za-z-]+/[0-9a-z]+$' },
}

function arnPattern(service: string, resource: string): string {
  return `^arn:[a-z0-9-]+:${service}:[a-z0-9-]*:[0-9]*:${resource}$`
}

export function crossing(type: string, target: string, attribute?: string): Crossing {
  // Overrides refer to what no layer does.
  const form = (attribute === undefined ? refs[type] : attributes[attribute]) ?? {}
  const name = outputName(target, attribute, refs[type]?.suffix)
  return {
    target,
    ...(attribute === undefined ? {} : { attribute }),
    name,
    label: words(name),
    parameter: {
      Type: form.type ?? 'String',
      Description: `Output ${name} of the template that creates it`,
      ...(form.pattern
        ? { AllowedPattern: form.pattern, ConstraintDescription: `must be the value of the output ${name}` }
        : {}),
    },
  }
}

/** A reference to what no template makes: the same parameter, which the deployer fills in. */
export function existing(type: string, target: string, attribute?: string): Crossing {
  const crossed = crossing(type, target, attribute)
  const { ConstraintDescription: _, ...parameter } = crossed.parameter
  return { ...crossed, parameter: { ...parameter, Description: `${crossed.label}, which exists already` } }
}

/** The name of a stack: https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html */
export const applicationName: Crossing = {
  target: APPLICATION_NAME,
  name: APPLICATION_NAME,
  label: 'Application name',
  parameter: {
    Type: 'String',
    Description: 'Name of the root stack, by which listener rules know the requests of this application',
    AllowedPattern: '^[A-Za-z][A-Za-z0-9-]{0,127}$',
    ConstraintDescription: 'must be the name of a stack, the same for all templates of the application',
  },
}

/** `VpcId`, `LoadBalancerDnsName`, `LoadBalancerSecurityGroupId`, `WaiterFunctionArn`, and `CertificateArn` for either kind of certificate. */
function outputName(target: string, attribute: string | undefined, suffix: string | undefined): string {
  // A parameter must not be called like the resource.
  if (attribute === undefined) return `${target}${suffix ?? 'Ref'}`
  if (attribute.startsWith(target) || attribute === 'CertificateArn') return attribute
  if (attribute === 'GroupId') return `${target}Id`
  return `${target}${attribute === 'DNSName' ? 'DnsName' : attribute.replace(/\W/g, '')}`
}

/** `LoadBalancerDnsName` -> `Load balancer DNS name` */
function words(name: string): string {
  const text = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([a-z])([0-9])/g, '$1 $2')
    .toLowerCase()
  const spelt = text.replace(/\b(vpc|dns|arn|id)\b/g, (word) => word.toUpperCase()).replace(/\b(https)\b/g, 'HTTPS')
  return spelt.charAt(0).toUpperCase() + spelt.slice(1)
}
