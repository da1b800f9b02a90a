import * as z from 'zod'
import { SECURITY_GROUP_ID, whole } from '../../../aws/patterns.ts'
import { isNot, says } from '../says.ts'

export const external = z
  .strictObject({
    securityGroup: z
      .string()
      .regex(
        whole(SECURITY_GROUP_ID),
        says(isNot('the id of a security group'), 'write an id such as sg-0123456789abcdef0'),
      )
      .describe(
        'Security group of what answers, which gets a rule that admits the load balancer. Default of the parameter <Service>TaskSecurityGroupId',
      )
      .meta({ examples: ['sg-0123456789abcdef0'] }),
    targets: z
      .enum(['ip', 'instance'])
      .default('ip')
      .describe(
        'What is registered: addresses, as of tasks and pods, or instances. A change replaces the target group',
      ),
  })
  .optional()
  .describe(
    'Instead of an image: compute in the same VPC that somebody else runs, such as an ECS service, instances or Kubernetes. It gets a target group, listener rules and the output <Service>TargetGroupArn, at which its owner registers the targets; needs network.existing',
  )
  .meta({ examples: [{ securityGroup: 'sg-0123456789abcdef0', targets: 'ip' }] })
