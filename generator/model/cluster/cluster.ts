import type { Config } from '../../config/schema/index.ts'
import { clusterName } from '../parameters/cluster.ts'
import type { Parameter } from '../parameters/parameter.ts'

export type Cluster =
  | { readonly kind: 'new'; readonly containerInsights?: 'disabled' | 'enabled' | 'enhanced' }
  /** Somebody else's, by name. */
  | { readonly kind: 'existing'; readonly name: Parameter }

export const clusterOf = ({ existing, containerInsights }: Config['cluster']): Cluster =>
  existing === undefined
    ? { kind: 'new', ...(containerInsights === undefined ? {} : { containerInsights }) }
    : { kind: 'existing', name: clusterName(existing) }

export const clusterParameters = (cluster: Cluster): Parameter[] => (cluster.kind === 'existing' ? [cluster.name] : [])
