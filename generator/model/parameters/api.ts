import { allowed, ORIGIN, VPC_LINK_ID } from '../../aws/patterns.ts'
import type { Parameter } from './parameter.ts'

const group = 'API'

export const throttleRate = (rate: number): Parameter =>
  limit(
    'ThrottleRate',
    'rate',
    rate,
    'Requests per second',
    'Requests per second that the API accepts on average, over all routes and callers.',
  )

export const throttleBurst = (burst: number): Parameter =>
  limit('ThrottleBurst', 'burst', burst, 'Requests at once', 'Requests that the API accepts at once.')

const limit = (name: string, key: string, value: number, label: string, description: string): Parameter => ({
  name,
  family: name,
  from: ['api', 'throttle', key],
  scope: [],
  type: 'Number',
  default: String(value),
  label,
  description,
  group,
  minValue: 1,
  maxValue: 100_000,
  constraintDescription: 'must be a whole number from 1 to 100000',
})

export const corsOrigins = (origins: readonly string[]): Parameter => ({
  name: 'CorsOrigins',
  family: 'CorsOrigins',
  from: ['api', 'cors', 'origins'],
  scope: [],
  type: 'CommaDelimitedList',
  default: origins.join(','),
  label: 'Origins of browsers',
  description: 'Web pages that may call the API from a browser, separated by commas.',
  group,
  allowedPattern: allowed(ORIGIN),
  constraintDescription: 'must be the scheme and host of each page, without a path, such as https://app.example.com',
})

const ofLink = (key: string): Pick<Parameter, 'from' | 'scope' | 'group'> => ({
  from: ['api', 'vpcLink', key],
  scope: ['region', 'account'],
  group,
})

export const vpcLinkId = (id: string): Parameter => ({
  ...ofLink('id'),
  name: 'VpcLinkId',
  family: 'VpcLinkId',
  type: 'String',
  default: id,
  label: 'VPC link',
  description: 'Existing VPC link of version 2, in the VPC, account and region of the deployment.',
  allowedPattern: allowed(VPC_LINK_ID),
  constraintDescription: 'must be the id of a VPC link, such as abc123',
})

export const vpcLinkSecurityGroup = (id: string): Parameter => ({
  ...ofLink('securityGroup'),
  name: 'VpcLinkSecurityGroupId',
  family: 'VpcLinkSecurityGroupId',
  type: 'AWS::EC2::SecurityGroup::Id',
  default: id,
  label: 'Security group of the VPC link',
  description:
    'Security group of the existing VPC link, which nothing else may have; it gets a rule that lets it reach the load balancer.',
  constraintDescription: 'must be the id of a security group, such as sg-0123456789abcdef0',
})
