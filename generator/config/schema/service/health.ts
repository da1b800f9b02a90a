import * as z from 'zod'
import { isNot, says } from '../says.ts'
import { integer } from '../values.ts'

const TARGET_CHECKS =
  'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html'
const CONTAINER_CHECKS = 'https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html'

const command = z
  .array(z.string())
  .refine(
    ([kind, ...rest]) => (kind === 'CMD' && rest.length > 0) || (kind === 'CMD-SHELL' && rest.length === 1),
    says<readonly string[]>(
      'the command does not have a form that ECS accepts',
      ([kind]) =>
        kind === 'CMD-SHELL'
          ? 'write one text for the shell after CMD-SHELL, such as [CMD-SHELL, "curl -f http://localhost:8080/health"]'
          : 'begin with CMD, followed by a program and its arguments, or with CMD-SHELL, followed by one text for the shell',
      CONTAINER_CHECKS,
    ),
  )
  .optional()
  .describe(
    'Also check inside the container, with the same intervals and limits. The command must exist in the image; ECS ignores the HEALTHCHECK of the image',
  )
  .meta({ examples: [['CMD-SHELL', 'curl -f http://localhost:8080/health']] })

export const health = z
  .strictObject({
    path: z
      .string()
      .max(
        1024,
        says((value) => `the path has ${value.length} characters`, 'use at most 1024 characters'),
      )
      .regex(
        /^\/[A-Za-z0-9._~!$&'()*+,;=:@%/?-]*$/,
        says(isNot('a path'), 'write a path that starts with /, such as /health'),
      )
      .default('/')
      .describe('Path that the load balancer asks for'),
    statuses: z
      .string()
      .regex(
        /^[2-4][0-9]{2}(?:-[2-4][0-9]{2})?(?:,[2-4][0-9]{2}(?:-[2-4][0-9]{2})?)*$/,
        says(isNot('a list of status codes'), 'write codes between 200 and 499, such as "200", "200-299" or "200,204"'),
      )
      .default('200-399')
      .describe('Status codes of a healthy task'),
    intervalSeconds: integer(5, 300, TARGET_CHECKS).default(15).describe('Seconds between two checks'),
    timeoutSeconds: integer(2, 120, TARGET_CHECKS)
      .default(5)
      .describe('Seconds in which a task must answer; less than the interval'),
    healthyThreshold: integer(2, 10, TARGET_CHECKS)
      .default(2)
      .describe('Successful checks after which a task gets requests'),
    unhealthyThreshold: integer(2, 10, TARGET_CHECKS)
      .default(3)
      .describe('Failed checks after which a task is replaced'),
    gracePeriodSeconds: integer(0, 7200, 'a task that cannot start must be noticed at some point')
      .default(60)
      .describe('Seconds after the start of a task in which failed checks do not count'),
    command,
  })
  .prefault({})
  .describe('Health check of the load balancer')
