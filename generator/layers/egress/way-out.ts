import type { Fragment } from '../../cfn/fragment.ts'
import type { Handle } from '../../cfn/handle.ts'
import type { Task } from '../../model/task/task.ts'

/** A way out of the VPC for tasks. */
export type WayOut = {
  /** What it needs in the network. */
  readonly resources: () => Fragment
  /** What the group of a task may open, and who lets it in. */
  readonly taskRules: (task: Task) => Fragment
  /** What must be ready before the task starts. */
  readonly readyBefore: (task: Task) => readonly Handle[]
}
