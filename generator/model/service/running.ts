import type { Parameter } from '../parameters/parameter.ts'
import { type ServiceParameters, taskCounts } from '../parameters/service.ts'
import { containerCheckOf } from '../task/container-check.ts'
import { parametersOfTask, type Task, taskOf } from '../task/task.ts'
import type { Varied } from '../task/varied.ts'
import type { RunService } from '../task/written.ts'
import type { Calls } from './calls.ts'
import { type Deployment, deploymentOf } from './deployment.ts'
import { type Scale, scaleOf } from './scale.ts'

/** Tasks that ECS keeps running, with or without something in front of them. */
export type Running = Task &
  Calls & {
    readonly parameters: ServiceParameters
    readonly scale: Scale
    /** Whether some deployment runs no task of it, and nothing brings one. */
    readonly mayRest: boolean
    /** Whether people may open a shell in its tasks. */
    readonly exec: boolean
    readonly deployment: Deployment
    /** Per cent of the tasks on Fargate Spot; left out: the service has a launch type and no strategy. */
    readonly spot?: number
  }

export type Surroundings = Calls & {
  /** Whether tasks have a way there. */
  readonly internet: boolean
  readonly varied: Varied
}

export const runningOf = (
  key: string,
  service: RunService,
  { internet, varied, callees, callers }: Surroundings,
): Running => {
  const task = taskOf({ kind: 'Service', key }, service, internet, varied)
  const containerCheck = containerCheckOf(service.health)
  const { spot, scale, exec, deployment } = service
  const mayRest = scale.max === 0 || varied.rests
  return {
    ...task,
    callees,
    callers,
    ...(callers.length === 0 || service.port === undefined
      ? {}
      : { offers: service.protocol === 'https' ? 'tcp' : 'http' }),
    parameters: { ...task.parameters, ...taskCounts(task, scale, mayRest) },
    ...(containerCheck === undefined ? {} : { containerCheck }),
    scale: scaleOf(task, scale),
    mayRest,
    exec,
    calls: [...task.calls, ...(scale.queue === undefined ? [] : ['sqs']), ...(exec ? ['ssmmessages'] : [])],
    deployment: deploymentOf(task, deployment),
    ...(spot === undefined ? {} : { spot }),
  }
}

/** Whether its queue differs by the name of the environment. */
export const queueNamesEnvironment = ({ scale: { queue } }: Running): boolean =>
  queue?.arn.empty?.means === 'text' && queue.arn.empty.text.includes('{environment}')

export const parametersOfRunning = (running: Running): Parameter[] => [
  ...parametersOfTask(running),
  running.parameters.minTasks,
  running.parameters.maxTasks,
  ...(running.deployment.shift === undefined ? [] : [running.deployment.shift.strategy]),
  ...(running.scale.queue === undefined ? [] : [running.scale.queue.arn]),
]
