import { allowed, allowedOrEmpty, PREFIX_LIST_ID, VPC_RANGE } from '../../aws/patterns.ts'
import { parseCidr, privateRangePattern } from '../network/cidr.ts'
import type { Parameter } from './parameter.ts'

const group = 'Network'

export const vpcCidr = (cidr: string): Parameter => {
  const { prefixLength } = parseCidr(cidr)
  return {
    name: 'VpcCidr',
    family: 'VpcCidr',
    from: ['network', 'cidr'],
    scope: [],
    type: 'String',
    default: cidr,
    label: 'Address range of the VPC',
    description: `Private IPv4 range of the VPC, always a /${prefixLength}. Choose one that no connected network uses.`,
    group,
    allowedPattern: privateRangePattern(prefixLength),
    constraintDescription: `must be a private range of prefix length /${prefixLength} without host bits, such as ${cidr}`,
  }
}

const ofExisting = (from: readonly (string | number)[]): Pick<Parameter, 'from' | 'scope' | 'group'> => ({
  from: ['network', 'existing', ...from],
  scope: ['region', 'account'],
  group,
})

export const existingVpc = (id: string | undefined): Parameter => ({
  ...ofExisting(['vpc']),
  name: 'VpcId',
  family: 'VpcId',
  type: 'AWS::EC2::VPC::Id',
  ...(id === undefined ? {} : { default: id }),
  label: 'VPC',
  description: 'Existing VPC of this account and region in which everything is made. It must resolve DNS names.',
  constraintDescription: 'must be the id of a VPC, such as vpc-0123456789abcdef0',
})

export const existingSubnet = (index: number, id: string | undefined): Parameter => ({
  ...ofExisting(id === undefined ? ['subnets'] : ['subnets', index]),
  name: `PrivateSubnet${index + 1}Id`,
  family: 'PrivateSubnet<Number>Id',
  type: 'AWS::EC2::Subnet::Id',
  ...(id === undefined ? {} : { default: id }),
  label: `Private subnet ${index + 1}`,
  description:
    'Existing subnet of the VPC for load balancer, VPC link and tasks, without a route that lets the internet in; each in another Availability Zone in which VPC links exist.',
  constraintDescription: 'must be the id of a subnet, such as subnet-0123456789abcdef0',
})

export const existingVpcCidr = (cidr: string | undefined): Parameter => ({
  ...ofExisting(['cidr']),
  name: 'VpcCidr',
  family: 'VpcCidr',
  scope: [],
  type: 'String',
  ...(cidr === undefined ? {} : { default: cidr }),
  label: 'Address range of the VPC',
  description: 'IPv4 range of the existing VPC. The probe takes its addresses for private ones.',
  allowedPattern: allowed(VPC_RANGE),
  constraintDescription: 'must be a range of IPv4 addresses with a prefix length from 16 to 28, such as 10.0.0.0/16',
})

export const existingEndpointGroup = (id: string): Parameter => ({
  ...ofExisting(['endpoints']),
  name: 'EndpointSecurityGroupId',
  family: 'EndpointSecurityGroupId',
  type: 'AWS::EC2::SecurityGroup::Id',
  default: id,
  label: 'Security group of the endpoints',
  description:
    'Security group of the interface endpoints of the VPC, through which the tasks reach AWS services; it gets a rule for them.',
  constraintDescription: 'must be the id of a security group, such as sg-0123456789abcdef0',
})

const prefixListId = (name: string): Omit<Parameter, 'label' | 'description'> => ({
  name,
  family: name,
  scope: ['region'],
  empty: { means: 'nothing' },
  type: 'String',
  default: '',
  group,
  allowedPattern: allowedOrEmpty(PREFIX_LIST_ID),
  constraintDescription: 'must be empty or the id of a prefix list, such as pl-6da54004',
})

export const s3PrefixListId: Parameter = {
  ...prefixListId('S3PrefixListId'),
  label: 'Prefix list of S3 (optional)',
  description:
    'Id of the AWS-managed prefix list of S3 in this region (com.amazonaws.<region>.s3). Left empty: the one that is known of the region. In ap-east-1, eu-south-2, me-south-1 and us-gov-west-1, where none is known, only the missing internet route keeps tasks in.',
}

export const dynamoDbPrefixListId: Parameter = {
  ...prefixListId('DynamoDbPrefixListId'),
  label: 'Prefix list of DynamoDB (optional)',
  description:
    "Id of the AWS-managed prefix list of DynamoDB in this region (com.amazonaws.<region>.dynamodb). With it, the tasks' security groups name DynamoDB instead of any address; without it, only the missing internet route keeps them in.",
}

/** In a VPC of others, no missing route keeps tasks in, so the list must be named. */
const required = ({ empty: _, default: __, ...parameter }: ReturnType<typeof prefixListId>) => ({
  ...parameter,
  allowedPattern: allowed(PREFIX_LIST_ID),
  constraintDescription: 'must be the id of a prefix list, such as pl-6da54004',
})

export const requiredS3PrefixListId: Parameter = {
  ...required(prefixListId('S3PrefixListId')),
  label: 'Prefix list of S3',
  description:
    'Id of the AWS-managed prefix list of S3 in this region (com.amazonaws.<region>.s3), from which image layers come; the VPC console lists it.',
}

export const requiredDynamoDbPrefixListId: Parameter = {
  ...required(prefixListId('DynamoDbPrefixListId')),
  label: 'Prefix list of DynamoDB',
  description:
    'Id of the AWS-managed prefix list of DynamoDB in this region (com.amazonaws.<region>.dynamodb); the VPC console lists it.',
}
