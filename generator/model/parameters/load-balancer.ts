import type { Parameter } from './parameter.ts'

export const deletionProtection = (on: boolean): Parameter => ({
  name: 'LoadBalancerDeletionProtection',
  family: 'LoadBalancerDeletionProtection',
  from: ['loadBalancer', 'deletionProtection'],
  scope: [],
  type: 'String',
  default: String(on),
  label: 'Deletion protection',
  description:
    'Whether the load balancer refuses to be deleted. Leave it off for the first deployment, which otherwise could not roll back.',
  group: 'Load balancer',
  allowedValues: ['true', 'false'],
  constraintDescription: 'must be true or false',
})
