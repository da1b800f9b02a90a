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
  })
  .prefault({})
  .describe('The VPC')
