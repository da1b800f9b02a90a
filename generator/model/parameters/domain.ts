import { allowed, CERTIFICATE_ARN, hostName, ROLE_ARN, ZONE_ID } from '../../aws/patterns.ts'
import type { Config } from '../../config/schema/index.ts'
import { defaultOrText, type Parameter } from './parameter.ts'

const group = 'Domain and certificate'

export const domainName = ({ name, publish, certificate }: Config['domain']): Parameter => ({
  name: 'DomainName',
  family: 'DomainName',
  from: ['domain', 'name'],
  scope: [],
  type: 'String',
  label: 'Host name',
  ...defaultOrText(
    name,
    hostName(),
    `Host name of the application, on the certificate of the load balancer${publish ? ' and the address of the API' : ''}.`,
  ),
  group,
  maxLength: certificate === undefined ? 64 : 253,
  constraintDescription:
    'must be a host name in lower case without scheme, path, wildcard or final dot, such as api.example.com',
})

/** A zone of this account is picked from a list; an id of another account must be a plain text. */
export const hostedZoneId = (id: string | undefined, where: 'here' | 'elsewhere', purpose: string): Parameter => ({
  name: 'HostedZoneId',
  family: 'HostedZoneId',
  from: ['domain', 'zone', 'id'],
  scope: where === 'here' ? ['account'] : [],
  type: where === 'here' ? 'AWS::Route53::HostedZone::Id' : 'String',
  ...(id === undefined ? {} : { default: id }),
  label: 'Hosted zone',
  description: `Route 53 hosted zone ${where === 'here' ? 'of this account' : 'of the other account'} in which the records for ${purpose} are written. It must be public and hold the host name.`,
  group,
  ...(where === 'here' ? {} : { allowedPattern: allowed(ZONE_ID) }),
  constraintDescription: 'must be the id of a hosted zone, such as Z0123456789ABCDEFGHIJ, without /hostedzone/',
})

/** Of the zone's account, no matter who deploys. */
export const hostedZoneRoleArn = (role: string): Parameter => ({
  name: 'HostedZoneRoleArn',
  family: 'HostedZoneRoleArn',
  from: ['domain', 'zone', 'role'],
  scope: [],
  type: 'String',
  default: role,
  label: 'Role in the account of the hosted zone',
  description: 'Role that may write the records; zone-role.yaml creates it in the account of the hosted zone.',
  group,
  allowedPattern: allowed(ROLE_ARN),
  constraintDescription: 'must be the ARN of an IAM role, such as arn:aws:iam::222222222222:role/portcullis/dns-writer',
})

export const certificateArn = (arn: string): Parameter => ({
  name: 'CertificateArn',
  family: 'CertificateArn',
  from: ['domain', 'certificate'],
  scope: ['region', 'account'],
  type: 'String',
  default: arn,
  label: 'Certificate',
  description: 'ACM certificate of this account and region that is publicly trusted and covers the host name.',
  group,
  allowedPattern: allowed(CERTIFICATE_ARN),
  constraintDescription: 'must be the ARN of an ACM certificate in the region of the deployment',
})
