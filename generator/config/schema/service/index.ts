import * as z from 'zod'
import { says } from '../says.ts'
import { key } from '../values.ts'
import { ALB_LIMITS } from './path.ts'
import { service } from './service.ts'

export const services = z
  .record(key('a service', 24), service)
  .refine(
    (written) => Object.keys(written).length > 0,
    says('there are no services', 'write at least one, with its image and its port'),
  )
  .refine(
    (written) => Object.keys(written).length <= 100,
    says<object>(
      (value) => `${Object.keys(value).length} services are too many`,
      'use at most 100 services',
      `a load balancer has at most 100 target groups: ${ALB_LIMITS}`,
    ),
  )
  .default({})
  .describe('The containers, by name. At least one, unless the application shares')
  .meta({
    examples: [{ orders: { image: '111111111111.dkr.ecr.{region}.amazonaws.com/orders:1.4.2', port: 8080 } }],
  })
