import type { Config } from '../../config/schema/index.ts'
import type { ListenerRule } from '../load-balancer/listener-rules.ts'
import type { Parameter } from '../parameters/parameter.ts'
import { type ServiceParameters, taskCounts } from '../parameters/service.ts'
import { containerCheckOf } from '../task/container-check.ts'
import { parametersOfTask, type Task, taskOf } from '../task/task.ts'
import { type Scale, scaleOf } from './scale.ts'

/** Tasks that always run, behind the load balancer. */
export type Service = Task & {
  readonly parameters: ServiceParameters
  readonly port: number
  readonly listenerRules: readonly ListenerRule[]
  /** The check of the load balancer. */
  readonly health: Omit<Config['services'][string]['health'], 'command'>
  /** Between the load balancer and its tasks. */
  readonly protocol: 'HTTP' | 'HTTPS'
  readonly scale: Scale
  readonly deployment: { readonly minimumHealthyPercent: number; readonly maximumPercent: number }
  /** Per cent of the tasks on Fargate Spot; left out: the service has a launch type and no strategy. */
  readonly spot?: number
}

type Given = { readonly rules: readonly ListenerRule[]; readonly internet: boolean }

export const serviceOf = (key: string, service: Config['services'][string], { rules, internet }: Given): Service => {
  const task = taskOf(key, service, internet)
  const containerCheck = containerCheckOf(service.health)
  const { port, spot, protocol, health, scale, deployment } = service
  return {
    ...task,
    parameters: { ...task.parameters, ...taskCounts(task, scale) },
    port,
    listenerRules: rules,
    health,
    ...(containerCheck === undefined ? {} : { containerCheck }),
    protocol: protocol === 'https' ? 'HTTPS' : 'HTTP',
    scale: scaleOf(scale),
    deployment: {
      minimumHealthyPercent: deployment.minimumHealthyPercent,
      maximumPercent: deployment.maximumPercent,
    },
    ...(spot === undefined ? {} : { spot }),
  }
}

export const parametersOfServices = (services: readonly Service[]): Parameter[] =>
  services.flatMap((service) => [
    ...parametersOfTask(service),
    service.parameters.minTasks,
    service.parameters.maxTasks,
  ])
