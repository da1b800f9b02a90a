import * as z from 'zod'

export const loadBalancer = z
  .strictObject({
    accessLogs: z
      .boolean()
      .default(true)
      .describe('Write access logs to a bucket of their own, which is kept when the stack is deleted'),
    deletionProtection: z
      .boolean()
      .default(false)
      .describe(
        'Default of the parameter LoadBalancerDeletionProtection; when on, a failed first deployment cannot roll back',
      ),
  })
  .prefault({})
  .describe('The internal load balancer')
