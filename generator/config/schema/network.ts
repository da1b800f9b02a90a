import * as z from 'zod'
import { isNot, says } from './says.ts'
import { integer } from './values.ts'

const OCTET = '(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])'

export const network = z
  .strictObject({
    cidr: z
      .string()
      .regex(
        new RegExp(`^(?:${OCTET}\\.){3}${OCTET}/(?:3[0-2]|[12]?[0-9])$`),
        says(isNot('an address range'), 'write four numbers and a prefix length, such as 10.20.0.0/16'),
      )
      .default('10.20.0.0/16')
      .describe('Private address range of the VPC, /16 to /24'),
    availabilityZones: integer(
      2,
      4,
      'a load balancer needs two zones, and few regions have more than four where VPC links exist',
    )
      .default(2)
      .describe('Number of Availability Zones, chosen by id among those where VPC links exist'),
    egress: z
      .enum(['endpoints', 'nat', 'regional-nat'])
      .default('endpoints')
      .describe(
        'How tasks reach AWS services: VPC endpoints without any internet route, one NAT gateway per zone, or one regional NAT gateway',
      ),
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
  })
  .prefault({})
  .describe('The VPC')
