/** Ways out of the VPC for tasks. */
import { isGateway } from '../../aws/endpoints.ts'
import { isPrivateEcr } from '../../aws/images.ts'
import { S3_PREFIX_LISTS } from '../../aws/s3-prefix-lists.ts'
import type { Config } from '../../config/schema/index.ts'
import { DEFAULT_EGRESS } from '../../config/schema/network.ts'
import { unique } from '../names.ts'
import {
  dynamoDbPrefixListId,
  existingEndpointGroup,
  requiredDynamoDbPrefixListId,
  requiredS3PrefixListId,
  s3PrefixListId,
} from '../parameters/network.ts'
import type { Parameter } from '../parameters/parameter.ts'
import type { Permission } from '../task/permissions.ts'
import { secretsIn, type Task } from '../task/task.ts'
import { writtenContainers } from '../task/written.ts'

/** What tasks ask of AWS where only endpoints lead to it. */
type Endpoints = {
  /** Short names of the interface endpoints that the tasks need (`ecr.api`, `logs`), sorted. */
  readonly interfaceEndpoints: readonly string[]
  /** Those of them, and of the gateways, that the applications themselves call. */
  readonly called: readonly string[]
  /** Whether anything here asks; what is only shared needs no list of addresses. */
  readonly hasTasks: boolean
  readonly s3PrefixListId: Parameter
  /** Only where some task calls DynamoDB. */
  readonly dynamoDbPrefixListId?: Parameter
}

export type OwnEgress = { readonly internet: boolean } & (
  | (Endpoints & {
      readonly kind: 'endpoints'
      /** Those of what is called that the config names for all that the service offers. */
      readonly named: readonly string[]
      /** What the applications may do. */
      readonly granted: readonly Permission[]
    })
  | { readonly kind: 'nat' | 'regional-nat'; readonly ports: EgressPorts }
)

/** Ports of TCP that tasks may open on the internet. */
export type EgressPorts = readonly number[] | 'all'

export type ExistingEgress = { readonly internet: boolean } & (
  | (Endpoints & {
      readonly kind: 'existing-endpoints'
      /** The security group that they have. */
      readonly group: Parameter
    })
  /** Wherever the routes of the VPC lead. */
  | { readonly kind: 'existing-routes'; readonly ports: EgressPorts }
)

/** Whether tasks may open connections to the internet, as far as routes lead there. */
export const reachesInternet = ({ egress = DEFAULT_EGRESS, existing }: Config['network']): boolean =>
  existing === undefined ? egress !== 'endpoints' : existing.endpoints === undefined

export const ownEgressOf = (config: Config, tasks: readonly Task[]): OwnEgress => {
  const { egress = DEFAULT_EGRESS } = config.network
  const internet = reachesInternet(config.network)
  if (egress !== 'endpoints') return { kind: egress, internet, ports: portsOf(config.network.egressPorts) }
  return {
    kind: 'endpoints',
    internet,
    ...endpointsOf(config, tasks, { s3: s3PrefixListId, dynamoDb: dynamoDbPrefixListId }),
    named: unique([...config.network.endpoints, ...tasks.flatMap(({ endpoints }) => endpoints)]),
    granted: tasks.flatMap(({ permissions }) => permissions),
  }
}

const portsOf = (written: readonly number[] | undefined): EgressPorts =>
  written === undefined ? 'all' : [...new Set(written)].sort((a, b) => a - b)

/** Only a platform says that its VPC has NAT; of another one it is known that AWS answers. */
const portsOfRoutes = ({ egress, egressPorts }: Config['network']): EgressPorts =>
  egress === undefined ? [443] : portsOf(egressPorts)

export const existingEgressOf = (config: Config, tasks: readonly Task[], group: string | undefined): ExistingEgress => {
  const internet = reachesInternet(config.network)
  if (group === undefined) return { kind: 'existing-routes', internet, ports: portsOfRoutes(config.network) }
  return {
    kind: 'existing-endpoints',
    internet,
    group: existingEndpointGroup(group),
    ...endpointsOf(config, tasks, { s3: requiredS3PrefixListId, dynamoDb: requiredDynamoDbPrefixListId }),
  }
}

export const egressParameters = (egress: OwnEgress | ExistingEgress): Parameter[] => [
  ...(egress.kind === 'existing-endpoints' ? [egress.group] : []),
  ...('hasTasks' in egress && egress.hasTasks ? prefixListParameters(egress) : []),
]

const prefixListParameters = ({ s3PrefixListId, dynamoDbPrefixListId }: Endpoints): Parameter[] => [
  s3PrefixListId,
  ...(dynamoDbPrefixListId === undefined ? [] : [dynamoDbPrefixListId]),
]

/** What an environment need not give: the list of S3, where it is known of the region. */
export const prefixListsIn =
  (egress: OwnEgress | ExistingEgress) =>
  (region: string): Readonly<Record<string, string>> => {
    const list = Object.hasOwn(S3_PREFIX_LISTS, region) ? S3_PREFIX_LISTS[region] : undefined
    return egress.kind === 'existing-endpoints' && egress.hasTasks && list !== undefined
      ? { [egress.s3PrefixListId.name]: list }
      : {}
  }

type PrefixLists = { readonly s3: Parameter; readonly dynamoDb: Parameter }

const endpointsOf = (config: Config, tasks: readonly Task[], lists: PrefixLists): Endpoints => {
  const called = unique([...config.network.endpoints, ...tasks.flatMap(({ calls }) => calls)])
  return {
    interfaceEndpoints: interfaceEndpoints(config, tasks),
    called,
    hasTasks: tasks.length > 0,
    s3PrefixListId: lists.s3,
    ...(called.includes('dynamodb') ? { dynamoDbPrefixListId: lists.dynamoDb } : {}),
  }
}

/**
 * What tasks need without an internet route: image layers come through the S3 gateway endpoint, everything else
 * through these. ecs, ecs-agent and ecs-telemetry are needed in regions from 2024 on only, where no VPC links exist.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/vpc-endpoints.html
 */
const interfaceEndpoints = (config: Config, tasks: readonly Task[]): string[] => {
  // The applications that use what is shared pull images too.
  const ecr = config.share || writtenContainers(config).some(({ container }) => isPrivateEcr(container.image))
  return unique([
    ...(ecr ? ['ecr.api', 'ecr.dkr'] : []),
    'logs',
    ...config.network.endpoints.filter((each) => !isGateway(each)),
    ...tasks.flatMap((task) => [
      ...task.calls.filter((each) => !isGateway(each)),
      ...secretsIn(task).map(({ store }) => store),
    ]),
  ])
}
