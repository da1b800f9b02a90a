import { type Fragment, merge } from '../../cfn/fragment.ts'
import type { Observability } from '../../model/observability/observability.ts'
import type { Task } from '../../model/task/task.ts'
import { filled } from '../parameters.ts'
import { volumeRights } from './file-systems.ts'
import { reaches } from './reaches.ts'
import { roles } from './roles.ts'
import { taskDefinition } from './task-definition.ts'

/** What ECS starts; its group stands beside it, and who starts it is not known here. `rights`: statements for the application, besides those of the config. */
export const task = (task: Task, observability: Observability, rights: readonly object[] = []): Fragment =>
  merge(
    reaches(task),
    roles(task, [...granted(task), ...volumeRights(task), ...rights]),
    taskDefinition(task, observability),
  )

const granted = ({ permissions }: Task): object[] =>
  permissions.map(({ actions, resources }) => ({ Effect: 'Allow', Action: actions, Resource: resources.map(filled) }))
