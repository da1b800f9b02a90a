import type { Model } from './model.ts'
import type { Running } from './service/running.ts'
import type { Task } from './task/task.ts'

/** All that ECS keeps running: services, then workers. */
export const running = ({ services, workers }: Pick<Model, 'services' | 'workers'>): Running[] => [
  ...services,
  ...workers,
]

/** All that runs on Fargate. */
export const tasks = (model: Pick<Model, 'services' | 'workers'>): Task[] => running(model)
