import * as z from 'zod'
import { LISTENER_ARN, SECURITY_GROUP_ID, whole } from '../../aws/patterns.ts'
import { isNot, says } from './says.ts'
import { bareHostName } from './values.ts'

/** Twelve bands of at least four rules. */
export const LEAST_PRIORITIES = 48
/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateRule.html */
const HIGHEST_PRIORITY = 50_000

const existing = z
  .strictObject({
    listener: z
      .string()
      .regex(
        whole(LISTENER_ARN),
        says(
          isNot('the ARN of a listener of an application load balancer'),
          'write an ARN such as arn:aws:elasticloadbalancing:eu-west-1:111111111111:listener/app/shared/0123456789abcdef/fedcba9876543210',
        ),
      )
      .describe(
        'ARN of an HTTPS listener of an internal application load balancer in the same VPC. Default of the parameter HttpsListenerArn',
      )
      .meta({
        examples: [
          'arn:aws:elasticloadbalancing:eu-west-1:111111111111:listener/app/shared/0123456789abcdef/fedcba9876543210',
        ],
      }),
    securityGroup: z
      .string()
      .regex(
        whole(SECURITY_GROUP_ID),
        says(isNot('the id of a security group'), 'write an id such as sg-0123456789abcdef0'),
      )
      .describe(
        'Security group of that load balancer and of nothing else, which gets a rule for the VPC link and one for each service. Default of the parameter LoadBalancerSecurityGroupId',
      )
      .meta({ examples: ['sg-0123456789abcdef0'] }),
    serverName: bareHostName()
      .describe(
        'A name on the certificate of the listener, which API Gateway verifies. Default of the parameter ServerName',
      )
      .meta({ examples: ['internal.example.com'] }),
  })
  .describe(
    'A load balancer that exists already, which other applications may share. Its listener rules demand a header that only the integrations of this API set. Needs network.existing and loadBalancer.priorities',
  )

const RANGE = /^([1-9][0-9]{0,4})-([1-9][0-9]{0,4})$/

/** First and last number of a range; zeros where it is none. */
export const boundsOf = (range: string): readonly [from: number, to: number] => {
  const [, from = '0', to = '0'] = RANGE.exec(range) ?? []
  return [Number(from), Number(to)]
}

const priorities = z
  .string()
  .regex(RANGE, {
    ...says(isNot('a range of priorities'), 'write the first and the last one with a hyphen, such as 2000-2999'),
    // What is no range has no length.
    abort: true,
  })
  .refine(
    (range) => boundsOf(range)[1] <= HIGHEST_PRIORITY,
    says(
      (range) => `${range} goes beyond ${HIGHEST_PRIORITY}`,
      `use priorities up to ${HIGHEST_PRIORITY}`,
      'a listener has no higher ones: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateRule.html',
    ),
  )
  .refine(
    (range) => {
      const [from, to] = boundsOf(range)
      return to > HIGHEST_PRIORITY || to - from + 1 >= LEAST_PRIORITIES
    },
    says(
      (range) => `${range} holds fewer than ${LEAST_PRIORITIES} priorities`,
      `widen it to at least ${LEAST_PRIORITIES}, better to 1000`,
      'each of the twelve bands, from exact paths to the shortest wildcard, needs room for rules that keep their places when others come and go',
    ),
  )

export const loadBalancer = z
  .strictObject({
    accessLogs: z
      .boolean()
      .optional()
      .describe('Write access logs to a bucket of their own, which is kept when the stack is deleted')
      .meta({ default: true }),
    deletionProtection: z
      .boolean()
      .optional()
      .describe(
        'Default of the parameter LoadBalancerDeletionProtection; when on, a failed first deployment cannot roll back',
      )
      .meta({ default: false }),
    existing: existing.optional(),
    priorities: priorities
      .optional()
      .describe(
        'Priorities of the listener rules, which applications on one load balancer divide among themselves; needed with existing. Left out, those from 1 to 48000. Of the twelve bands each has a twelfth. Changing it replaces no rule, but moves all of them',
      )
      .meta({ examples: ['2000-2999'] }),
  })
  .prefault({})
  .describe('The internal load balancer')
