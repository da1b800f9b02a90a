/** Ways out of the VPC for tasks. */
import { isPrivateEcr } from '../../aws/images.ts'
import type { Config } from '../../config/schema/index.ts'
import { unique } from '../names.ts'
import { s3PrefixListId } from '../parameters/network.ts'
import type { Parameter } from '../parameters/parameter.ts'
import type { Service } from '../service/service.ts'

export type Egress = { readonly internet: boolean } & (
  | {
      readonly kind: 'endpoints'
      /** Short names of the interface endpoints that the services need (`ecr.api`, `logs`), sorted. */
      readonly interfaceEndpoints: readonly string[]
      readonly s3PrefixListId: Parameter
    }
  | { readonly kind: 'nat' }
  | { readonly kind: 'regional-nat' }
)

/** Whether tasks may open connections to the internet. */
export const reachesInternet = ({ egress }: Config['network']): boolean => egress !== 'endpoints'

export const egressOf = (config: Config, services: readonly Service[]): Egress => {
  const internet = reachesInternet(config.network)
  switch (config.network.egress) {
    case 'endpoints':
      return { kind: 'endpoints', internet, interfaceEndpoints: interfaceEndpoints(config, services), s3PrefixListId }
    case 'nat':
      return { kind: 'nat', internet }
    case 'regional-nat':
      return { kind: 'regional-nat', internet }
  }
}

/**
 * What tasks need without an internet route: image layers come through the S3 gateway endpoint, everything else
 * through these. ecs, ecs-agent and ecs-telemetry are needed in regions from 2024 on only, where no VPC links exist.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/vpc-endpoints.html
 */
const interfaceEndpoints = (config: Config, services: readonly Service[]): string[] => {
  const ecr = Object.values(config.services).some(({ image }) => isPrivateEcr(image))
  return unique([
    ...(ecr ? ['ecr.api', 'ecr.dkr'] : []),
    'logs',
    ...(services.some(({ secretArns }) => secretArns.secretsManager.length > 0) ? ['secretsmanager'] : []),
    ...(services.some(({ secretArns }) => secretArns.parameterStore.length > 0) ? ['ssm'] : []),
  ])
}
