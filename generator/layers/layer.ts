import type { Fragment } from '../cfn/fragment.ts'
import type { Handle } from '../cfn/handle.ts'

/** One template: a slice of the architecture that can also be deployed alone. */
export type Layer = {
  /** File name without extension, `load-balancer`. */
  readonly name: string
  /** The nested stack that it becomes, `LoadBalancerStack`. */
  readonly stack: Handle<'AWS::CloudFormation::Stack'>
  /** First line of the template's description. */
  readonly description: string
  readonly fragment: Fragment
}
