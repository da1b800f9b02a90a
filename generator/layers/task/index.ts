import { type Fragment, merge } from '../../cfn/fragment.ts'
import type { Observability } from '../../model/observability/observability.ts'
import type { Task } from '../../model/task/task.ts'
import { volumeRights } from './file-systems.ts'
import { reaches } from './reaches.ts'
import { roles } from './roles.ts'
import { taskDefinition } from './task-definition.ts'

/** What ECS starts; its group stands beside it, and who starts it is not known here. `rights`: statements for the application. */
export const task = (task: Task, observability: Observability, rights: readonly object[] = []): Fragment =>
  merge(reaches(task), roles(task, [...volumeRights(task), ...rights]), taskDefinition(task, observability))
