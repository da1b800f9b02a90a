import type { Config } from '../../config/schema/index.ts'
import type { ListenerRule } from '../load-balancer/listener-rules.ts'
import { pascalCase, sortedEntries } from '../names.ts'
import type { Parameter } from '../parameters/parameter.ts'
import { type ServiceParameters, serviceParameters } from '../parameters/service.ts'
import { type Container, containerOf } from './container.ts'
import { type Health, healthOf } from './health.ts'
import { type Scale, scaleOf } from './scale.ts'
import { type Secret, type SecretArns, secretArns, secretsOf } from './secrets.ts'

export type Service = {
  /** The config key, `orders`. */
  readonly key: string
  /** PascalCase of the key, `Orders`: the start of its logical IDs and parameters. */
  readonly id: string
  readonly parameters: ServiceParameters
  readonly port: number
  readonly listenerRules: readonly ListenerRule[]
  readonly architecture: 'X86_64' | 'ARM64'
  readonly container: Container
  readonly ephemeralStorage?: number
  readonly health: Health
  /** Between the load balancer and its tasks. */
  readonly protocol: 'HTTP' | 'HTTPS'
  readonly scale: Scale
  readonly deployment: { readonly minimumHealthyPercent: number; readonly maximumPercent: number }
  /** Per cent of the tasks on Fargate Spot; left out: the service has a launch type and no strategy. */
  readonly spot?: number
  readonly environment: readonly { readonly name: string; readonly value: string }[]
  readonly secrets: readonly Secret[]
  readonly secretArns: SecretArns
}

type Given = { readonly rules: readonly ListenerRule[]; readonly internet: boolean }

/** `internet`: whether tasks have a way there. */
export const serviceOf = (key: string, service: Config['services'][string], { rules, internet }: Given): Service => {
  const id = pascalCase(key)
  const secrets = secretsOf(service.secrets)
  const { ephemeralStorage, spot, health, deployment } = service
  return {
    key,
    id,
    parameters: serviceParameters({ key, id }, service, internet),
    port: service.port,
    listenerRules: rules,
    architecture: service.architecture === 'arm64' ? 'ARM64' : 'X86_64',
    container: containerOf(service),
    ...(ephemeralStorage === undefined ? {} : { ephemeralStorage }),
    health: healthOf(health),
    protocol: service.protocol === 'https' ? 'HTTPS' : 'HTTP',
    scale: scaleOf(service.scale),
    deployment: {
      minimumHealthyPercent: deployment.minimumHealthyPercent,
      maximumPercent: deployment.maximumPercent,
    },
    ...(spot === undefined ? {} : { spot }),
    environment: sortedEntries(service.environment).map(([name, value]) => ({ name, value: String(value) })),
    secrets,
    secretArns: secretArns(secrets),
  }
}

export const parametersOfServices = (services: readonly Service[]): Parameter[] =>
  services.flatMap(({ parameters: { image, cpu, memory, minTasks, maxTasks } }) => [
    image,
    cpu,
    memory,
    minTasks,
    maxTasks,
  ])
