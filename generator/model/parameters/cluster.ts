import { allowed, CLUSTER_NAME } from '../../aws/patterns.ts'
import type { Parameter } from './parameter.ts'

/** The name alone, also of an ARN: scaling names a service by cluster and service. */
export const clusterName = (existing: string): Parameter => ({
  name: 'ClusterName',
  family: 'ClusterName',
  from: ['cluster', 'existing'],
  scope: ['region', 'account'],
  type: 'String',
  default: existing.replace(/^.*\//, ''),
  ...(existing.startsWith('arn:') ? { written: existing } : {}),
  label: 'Cluster',
  description: 'Name of the ECS cluster in which the tasks run. It exists already, in this account and region.',
  group: 'Cluster',
  allowedPattern: allowed(CLUSTER_NAME),
  constraintDescription: 'must be the name of a cluster, not its ARN',
})
