import * as z from 'zod'
import { SECURITY_GROUP_ID, VPC_LINK_ID, whole } from '../../../aws/patterns.ts'
import { isNot, says } from '../says.ts'

export const vpcLink = z
  .strictObject({
    id: z
      .string()
      .regex(whole(VPC_LINK_ID), says(isNot('the id of a VPC link'), 'write an id such as abc123'))
      .describe('Id of the VPC link, of version 2. Default of the parameter VpcLinkId')
      .meta({ examples: ['abc123'] }),
    securityGroup: z
      .string()
      .regex(
        whole(SECURITY_GROUP_ID),
        says(isNot('the id of a security group'), 'write an id such as sg-0123456789abcdef0'),
      )
      .describe(
        'Security group of the VPC link, which nothing else may have. It gets a rule that lets it reach the load balancer. Default of the parameter VpcLinkSecurityGroupId',
      )
      .meta({ examples: ['sg-0123456789abcdef0'] }),
  })
  .optional()
  .describe(
    'A VPC link that exists already, in the VPC, account and region of the deployment, instead of a new one; an account has room for ten in a region. Needs network.existing',
  )
  .meta({ examples: [{ id: 'abc123', securityGroup: 'sg-0123456789abcdef0' }] })
