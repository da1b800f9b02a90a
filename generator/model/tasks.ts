import type { Model } from './model.ts'
import type { Fronted } from './service/fronted.ts'
import type { Running } from './service/running.ts'
import type { Task } from './task/task.ts'

type Services = Pick<Model, 'services' | 'backends' | 'workers'>

/** All that ECS keeps running: services, private ones, then workers. */
export const running = ({ services, backends, workers }: Services): Running[] => [...services, ...backends, ...workers]

/** All that runs on Fargate. */
export const tasks = (model: Services & Pick<Model, 'jobs'>): Task[] => [...running(model), ...model.jobs]

/** All behind the load balancer, whoever runs it. */
export const fronted = ({ services, externals }: Pick<Model, 'services' | 'externals'>): Fronted[] => [
  ...services,
  ...externals,
]
