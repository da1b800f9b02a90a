import { whileNew } from '../runtime/aws.ts'
import type { Patience } from '../runtime/poll.ts'
import type { Task } from '../runtime/task.ts'

//! What was made seconds ago may not be found yet, and rights to read it may not be in force.
export const patience = (task: Task, firstPause: number, budgetSeconds: number): Patience => ({
  pause: [firstPause, 15_000],
  until: task.started + budgetSeconds * 1000,
  forgive: whileNew(task),
})
