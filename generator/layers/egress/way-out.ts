import type { Fragment } from '../../cfn/fragment.ts'
import type { Handle } from '../../cfn/handle.ts'
import type { Service } from '../../model/service/service.ts'

/** A way out of the VPC for tasks. */
export type WayOut = {
  /** What it needs in the network. */
  readonly resources: () => Fragment
  /** What the group of a service's tasks may open, and who lets it in. */
  readonly taskRules: (service: Service) => Fragment
  /** What must be ready before a task of the service starts. */
  readonly readyBefore: (service: Service) => readonly Handle[]
}
