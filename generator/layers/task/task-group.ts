import { type Fragment, fragment, merge } from '../../cfn/fragment.ts'
import type { Entry } from '../../cfn/resource.ts'
import type { Network } from '../../model/network/network.ts'
import type { Task } from '../../model/task/task.ts'
import { wayOut } from '../egress/index.ts'
import { taskSecurityGroup } from '../handles/task.ts'
import { closedGroup } from '../security-group.ts'

/** The tasks' group: in as `admitted` says, by default nobody; out by the way that the config asks for. */
export const taskGroup = (task: Task, network: Network, admitted: readonly Entry[] = []): Fragment =>
  merge(
    fragment(closedGroup(taskSecurityGroup(task), `Tasks of ${task.key}`, `${task.key}-tasks`), ...admitted),
    wayOut(network).taskRules(task),
  )
