import { allowed, hostName, LISTENER_ARN } from '../../aws/patterns.ts'
import { defaultOrText, type Parameter } from './parameter.ts'

const group = 'Load balancer'

export const deletionProtection = (on: boolean): Parameter => ({
  name: 'LoadBalancerDeletionProtection',
  family: 'LoadBalancerDeletionProtection',
  from: ['loadBalancer', 'deletionProtection'],
  scope: [],
  type: 'String',
  default: String(on),
  label: 'Deletion protection',
  description:
    'Whether the load balancer refuses to be deleted. Leave it off for the first deployment, which otherwise could not roll back.',
  group,
  allowedValues: ['true', 'false'],
  constraintDescription: 'must be true or false',
})

export const listenerArn = (arn: string): Parameter => ({
  name: 'HttpsListenerArn',
  family: 'HttpsListenerArn',
  from: ['loadBalancer', 'existing', 'listener'],
  scope: ['region', 'account'],
  type: 'String',
  default: arn,
  label: 'HTTPS listener',
  description: 'Existing HTTPS listener of an internal load balancer in the VPC, which gets the rules of the services.',
  group,
  allowedPattern: allowed(LISTENER_ARN),
  constraintDescription: 'must be the ARN of a listener of an application load balancer',
})

export const loadBalancerGroup = (id: string): Parameter => ({
  name: 'LoadBalancerSecurityGroupId',
  family: 'LoadBalancerSecurityGroupId',
  from: ['loadBalancer', 'existing', 'securityGroup'],
  scope: ['region', 'account'],
  type: 'AWS::EC2::SecurityGroup::Id',
  default: id,
  label: 'Security group of the load balancer',
  description:
    'Security group of that load balancer and of nothing else; it gets a rule for the VPC link, and one for each service.',
  group,
  constraintDescription: 'must be the id of a security group, such as sg-0123456789abcdef0',
})

export const serverName = (name: string): Parameter => ({
  name: 'ServerName',
  family: 'ServerName',
  from: ['loadBalancer', 'existing', 'serverName'],
  scope: [],
  type: 'String',
  label: 'Name of the load balancer',
  ...defaultOrText(name, hostName(), 'Name on the certificate of the listener, which API Gateway verifies.'),
  group,
  maxLength: 253,
  constraintDescription:
    'must be a host name in lower case without scheme, path, wildcard or final dot, such as internal.example.com',
})
