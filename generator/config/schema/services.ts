import * as z from 'zod'
import { CPU_SIZES } from '../../aws/fargate-sizes.ts'
import { IMAGE } from '../../aws/images.ts'
import { SECRET_ARN, SSM_PARAMETER_ARN, whole } from '../../aws/patterns.ts'
import { show } from '../../errors/show.ts'
import { isNot, says } from './says.ts'
import { integer, key } from './values.ts'

const ALB_LIMITS = 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html'
const SIZES_PAGE = 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html'
const ECS_LIMITS = 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html'

const image = z
  .string()
  .max(
    512,
    says((value) => `the image name has ${value.length} characters`, 'use at most 512 characters'),
  )
  .regex(
    whole(IMAGE),
    says(isNot('a container image'), (value) =>
      /^https?:\/\//.test(value)
        ? `write ${value.replace(/^https?:\/\//, '')}`
        : 'write registry/repository:tag, such as 111111111111.dkr.ecr.{region}.amazonaws.com/orders:1.4.2; only {region} may stand in it, and only in the host',
    ),
  )
  .describe(
    'Container image; {region} in the host stands for the deploying region. Default of the parameter <Service>Image',
  )
  .meta({ examples: ['111111111111.dkr.ecr.{region}.amazonaws.com/orders:1.4.2'] })

const SEGMENT = '(?!\\.{1,2}(?:/|$))[A-Za-z0-9._~-]+'

const pathRemedy = (value: string): string => {
  if (/[{}]/.test(value)) return 'write /orders/* where a route has /orders/{proxy+}; variables belong into api.routes'
  if (/[*?]/.test(value))
    return 'a wildcard is only possible as the last segment: write /orders/*, and sort out the rest in the service'
  if (/^\/.*[^/]\/+$/.test(value))
    return `write ${value.replace(/\/+$/, '')}, and ${value.replace(/\/+$/, '')}/* for what is below it`
  if (/^[A-Za-z0-9]/.test(value) && !value.includes(':')) return `write /${value}`
  return 'write /, or segments of letters, digits and ._~- such as /orders, and /orders/* for all that is below'
}

const path = z
  .string()
  .max(
    128,
    says(
      (value) => `${show(value)} has ${value.length} characters`,
      'use at most 128 characters',
      `a listener rule takes no longer path: ${ALB_LIMITS}`,
    ),
  )
  .regex(new RegExp(`^(?:/|(?:/${SEGMENT})+(?:/\\*)?|/\\*)$`), says(isNot('a path'), pathRemedy))
  .refine(
    (value) => value.split('/').length <= 11,
    says(
      (value) => `${show(value)} has ${value.split('/').length - 1} segments`,
      'use at most 10 segments',
      'the priorities of listener rules are kept in bands, one per depth',
    ),
  )

const health = z
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
  })
  .prefault({})
  .describe('Health check of the load balancer')

const scale = z
  .strictObject({
    min: integer(1, 5000, `without a task every request fails; ECS runs at most 5,000 tasks per service: ${ECS_LIMITS}`)
      .default(2)
      .describe('Tasks at least; default of <Service>MinTasks'),
    max: integer(1, 5000, `ECS runs at most 5,000 tasks per service: ${ECS_LIMITS}`)
      .default(4)
      .describe('Tasks at most; default of <Service>MaxTasks'),
    cpu: integer(1, 100, 'it is a percentage of the CPU that the tasks have')
      .default(60)
      .describe('Average CPU percentage that scaling aims at'),
    requestsPerTarget: integer(1, 1_000_000)
      .optional()
      .describe('Requests per minute and task that scaling aims at')
      .meta({ examples: [500] }),
  })
  .prefault({})
  .describe('Number of tasks')

const variableName = z
  .string()
  .max(
    255,
    says((value) => `the name has ${value.length} characters`, 'use at most 255 characters'),
  )
  .regex(
    /^[A-Za-z_][A-Za-z0-9_]*$/,
    says(isNot('a name of an environment variable'), 'use letters, digits and underscores, such as LOG_LEVEL'),
  )

const secretRemedy = (value: string): string =>
  /^arn:[^:]*:secretsmanager:/.test(value)
    ? 'write arn:aws:secretsmanager:<region>:<account>:secret:<name>, and :<json-key>:: after it for one key of a JSON secret'
    : 'write the ARN of a Secrets Manager secret (arn:aws:secretsmanager:...:secret:...) or of a Systems Manager parameter (arn:aws:ssm:...:parameter/...)'

const service = z
  .strictObject({
    image,
    port: integer(1, 65535)
      .describe('Port that the container listens on')
      .meta({ examples: [8080] }),
    paths: z
      .array(path)
      .min(
        1,
        says(
          'the list of paths is empty',
          'list the paths that the service answers, or take the key out when it is the only service',
        ),
      )
      .optional()
      .describe('Paths that the service answers: /, /orders or /orders/*. May be left out when there is one service')
      .meta({ examples: [['/orders', '/orders/*']] }),
    cpu: z
      .literal(CPU_SIZES)
      .default(256)
      .describe(`CPU units (1024 are one vCPU); default of <Service>Cpu. ${SIZES_PAGE}`),
    memory: integer(512, 122_880, `sizes that Fargate offers: ${SIZES_PAGE}`)
      .default(512)
      .describe('Memory in MiB; default of <Service>Memory'),
    architecture: z.enum(['x86_64', 'arm64']).default('x86_64').describe('Processor that the image was built for'),
    health,
    scale,
    environment: z
      .record(variableName, z.union([z.string(), z.number(), z.boolean()]).describe('Text, number, true or false'))
      .default({})
      .describe('Environment variables of the container')
      .meta({ examples: [{ LOG_LEVEL: 'info' }] }),
    secrets: z
      .record(
        variableName,
        z
          .string()
          .refine(
            (value) => whole(SECRET_ARN).test(value) || whole(SSM_PARAMETER_ARN).test(value),
            says(isNot('the ARN of a secret'), secretRemedy),
          ),
      )
      .default({})
      .describe('Environment variables that are read from Secrets Manager or Parameter Store when a task starts')
      .meta({ examples: [{ SIGNING_KEY: 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:signing-key' }] }),
  })
  .describe('A container on Fargate')

export const services = z
  .record(key('a service', 24), service)
  .refine(
    (written) => Object.keys(written).length > 0,
    says('there is no service', 'write at least one, with its image and its port'),
  )
  .refine(
    (written) => Object.keys(written).length <= 100,
    says<object>(
      (value) => `${Object.keys(value).length} services are too many`,
      'use at most 100 services',
      `a load balancer has at most 100 target groups: ${ALB_LIMITS}`,
    ),
  )
  .describe('The containers, by name')
  .meta({
    examples: [{ orders: { image: '111111111111.dkr.ecr.{region}.amazonaws.com/orders:1.4.2', port: 8080 } }],
    minProperties: 1,
  })
