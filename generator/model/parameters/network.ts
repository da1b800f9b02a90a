import { allowedOrEmpty, PREFIX_LIST_ID } from '../../aws/patterns.ts'
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
