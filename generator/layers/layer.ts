import type { Fragment } from '../cfn/fragment.ts'

/** One template: a slice of the architecture that can also be deployed alone. */
export type Layer = {
  /** File name without extension, `load-balancer`. */
  readonly name: string
  /** The nested stack's logical ID, `LoadBalancerStack`. */
  readonly stackId: string
  /** First line of the template's description. */
  readonly description: string
  readonly fragment: Fragment
}
