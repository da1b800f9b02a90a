/** Ways out of the VPC for tasks. */
import { isGateway } from '../../aws/endpoints.ts'
import { isPrivateEcr } from '../../aws/images.ts'
import type { Config } from '../../config/schema/index.ts'
import { unique } from '../names.ts'
import { dynamoDbPrefixListId, s3PrefixListId } from '../parameters/network.ts'
import type { Parameter } from '../parameters/parameter.ts'
import type { Permission } from '../task/permissions.ts'
import { secretsIn, type Task } from '../task/task.ts'
import { writtenContainers } from '../task/written.ts'

export type Egress = { readonly internet: boolean } & (
  | {
      readonly kind: 'endpoints'
      /** Short names of the interface endpoints that the tasks need (`ecr.api`, `logs`), sorted. */
      readonly interfaceEndpoints: readonly string[]
      /** Those of them, and of the gateways, that the applications themselves call. */
      readonly called: readonly string[]
      /** What the applications may do. */
      readonly granted: readonly Permission[]
      readonly s3PrefixListId: Parameter
      /** Only where some task calls DynamoDB. */
      readonly dynamoDbPrefixListId?: Parameter
    }
  | { readonly kind: 'nat' | 'regional-nat'; readonly ports: EgressPorts }
)

/** Ports of TCP that tasks may open on the internet. */
export type EgressPorts = readonly number[] | 'all'

/** Whether tasks may open connections to the internet. */
export const reachesInternet = ({ egress }: Config['network']): boolean => egress !== 'endpoints'

export const egressOf = (config: Config, tasks: readonly Task[]): Egress => {
  const internet = reachesInternet(config.network)
  switch (config.network.egress) {
    case 'endpoints':
      return { kind: 'endpoints', internet, ...endpointsOf(config, tasks), s3PrefixListId }
    case 'nat':
    case 'regional-nat':
      return { kind: config.network.egress, internet, ports: portsOf(config.network.egressPorts) }
  }
}

const portsOf = (written: readonly number[] | undefined): EgressPorts =>
  written === undefined ? 'all' : [...new Set(written)].sort((a, b) => a - b)

const endpointsOf = (config: Config, tasks: readonly Task[]) => {
  const called = unique(tasks.flatMap(({ calls }) => calls))
  return {
    interfaceEndpoints: interfaceEndpoints(config, tasks),
    called,
    granted: tasks.flatMap(({ permissions }) => permissions),
    ...(called.includes('dynamodb') ? { dynamoDbPrefixListId } : {}),
  }
}

/**
 * What tasks need without an internet route: image layers come through the S3 gateway endpoint, everything else
 * through these. ecs, ecs-agent and ecs-telemetry are needed in regions from 2024 on only, where no VPC links exist.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/vpc-endpoints.html
 */
const interfaceEndpoints = (config: Config, tasks: readonly Task[]): string[] => {
  const ecr = writtenContainers(config).some(({ container }) => isPrivateEcr(container.image))
  return unique([
    ...(ecr ? ['ecr.api', 'ecr.dkr'] : []),
    'logs',
    ...tasks.flatMap((task) => [
      ...task.calls.filter((each) => !isGateway(each)),
      ...secretsIn(task).map(({ store }) => store),
    ]),
  ])
}
