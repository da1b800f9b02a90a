import * as z from 'zod'
import { ENDPOINTS } from '../../aws/endpoints.ts'
import { SECURITY_GROUP_ID, SUBNET_ID, VPC_ID, VPC_RANGE, whole } from '../../aws/patterns.ts'
import { isNot, says } from './says.ts'
import { integer } from './values.ts'

const OCTET = '(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])'

export const DEFAULT_CIDR = '10.20.0.0/16'
export const DEFAULT_ZONES = 2
export const DEFAULT_EGRESS = 'endpoints'

const subnet = z
  .string()
  .regex(whole(SUBNET_ID), says(isNot('the id of a subnet'), 'write an id such as subnet-0123456789abcdef0'))

const FROM_TWO_TO_FOUR = says<readonly string[]>(
  ({ length }) => `the list has ${length} ${length === 1 ? 'subnet' : 'subnets'}`,
  'give two to four, each in a zone of its own',
  'a load balancer needs two zones, and few regions have more than four where VPC links exist',
)

const existing = z
  .strictObject({
    vpc: z
      .string()
      .regex(whole(VPC_ID), says(isNot('the id of a VPC'), 'write an id such as vpc-0123456789abcdef0'))
      .optional()
      .describe('Id of the VPC. Default of the parameter VpcId, which has to be given where this is left out')
      .meta({ examples: ['vpc-0123456789abcdef0'] }),
    subnets: z
      .array(subnet)
      .min(2, FROM_TWO_TO_FOUR)
      .max(4, FROM_TWO_TO_FOUR)
      .optional()
      .describe(
        'Private subnets for load balancer, VPC link and tasks, each in another zone where VPC links exist. Defaults of the parameters PrivateSubnet1Id and so on, in this order, which have to be given where this is left out, as many as availabilityZones says',
      ),
    cidr: z
      .string()
      .regex(
        whole(VPC_RANGE),
        says(
          isNot('an address range of a VPC'),
          'write four numbers and a prefix length from 16 to 28, such as 10.0.0.0/16',
        ),
      )
      .optional()
      .describe(
        'Address range of the VPC, which only api.probe needs. Default of the parameter VpcCidr, which has to be given where this is left out',
      )
      .meta({ examples: ['10.0.0.0/16'] }),
    endpoints: z
      .string()
      .regex(
        whole(SECURITY_GROUP_ID),
        says(isNot('the id of a security group'), 'write an id such as sg-0123456789abcdef0'),
      )
      .optional()
      .describe(
        'Security group of the interface endpoints of the VPC, which gets a rule for the tasks: they reach AWS services through it, and nothing else. Left out, tasks may open connections to port 443 of any address to which the routes of the VPC lead, which the verdict declares as internet-egress',
      )
      .meta({ examples: ['sg-0123456789abcdef0'] }),
  })
  .describe('A VPC that exists already, in which everything is made')

export const network = z
  .strictObject({
    cidr: z
      .string()
      .regex(
        new RegExp(`^(?:${OCTET}\\.){3}${OCTET}/(?:3[0-2]|[12]?[0-9])$`),
        says(isNot('an address range'), 'write four numbers and a prefix length, such as 10.20.0.0/16'),
      )
      .optional()
      .describe('Private address range of the VPC, /16 to /24')
      .meta({ default: DEFAULT_CIDR }),
    availabilityZones: integer(
      2,
      4,
      'a load balancer needs two zones, and few regions have more than four where VPC links exist',
    )
      .optional()
      .describe(
        'Number of Availability Zones, chosen by id among those where VPC links exist; in an existing VPC, the number of subnets',
      )
      .meta({ default: DEFAULT_ZONES }),
    egress: z
      .enum(['endpoints', 'nat', 'regional-nat'])
      .optional()
      .describe(
        'How tasks reach AWS services: VPC endpoints without any internet route, one NAT gateway per zone, or one regional NAT gateway',
      )
      .meta({ default: DEFAULT_EGRESS }),
    egressPorts: z
      .array(integer(1, 65_535))
      .min(1, says('the list of ports is empty', 'list the ports, or remove the key to open all of them'))
      .max(
        20,
        says<readonly unknown[]>(
          (value) => `${value.length} ports are too many`,
          'use at most 20 ports, or remove the key to open all of them',
          'each is a rule, and a security group has at most 60: https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html',
        ),
      )
      .optional()
      .describe(
        'With NAT: the ports of TCP at which tasks may open connections to the internet, 443 among them; all ports and protocols if left out. What a service reaches inside (reaches) is not meant. Looking up names always works',
      )
      .meta({ examples: [[443, 587]] }),
    endpoints: z
      .array(z.enum(ENDPOINTS))
      .default([])
      .describe(
        'VPC endpoints beyond those that the tasks of this config need, such as for applications that use it; each costs something, but s3 and dynamodb. All actions of a named service go through, for principals of this account',
      )
      .meta({ examples: [['secretsmanager', 'sqs']] }),
    existing: existing.optional(),
  })
  .prefault({})
  .describe('The VPC')
