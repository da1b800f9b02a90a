import type { Config } from '../config/schema/index.ts'
import { environments } from './delivery/targets.ts'
import type { Model } from './model.ts'
import type { Network } from './network/network.ts'
import type { Parameter } from './parameters/parameter.ts'
import { platformName } from './parameters/share.ts'

/** The application whose parts are used. */
export type Platform = {
  readonly model: Model
  readonly name: Parameter
}

export const platformOf = (model: Model): Platform => ({
  model,
  name: platformName(model.share?.default ?? model.name),
})

/** Never deployed: what stands for them is imported. */
const GROUPS = { endpoints: 'sg-00000001', loadBalancer: 'sg-00000002', link: 'sg-00000003' }

/** What an application on a platform would write if it were given the ids: all is there already. */
export const onPlatform = (config: Config, { model: { network } }: Platform): Config => ({
  ...config,
  network: {
    ...config.network,
    availabilityZones: network.zones,
    ...waysOut(network.egress),
    existing: { ...(/endpoints$/.test(network.egress.kind) ? { endpoints: GROUPS.endpoints } : {}) },
  },
  cluster: { existing: 'platform' },
  api: { ...config.api, vpcLink: { id: 'platform', securityGroup: GROUPS.link } },
  loadBalancer: {
    ...config.loadBalancer,
    existing: {
      listener:
        'arn:aws:elasticloadbalancing:eu-west-1:000000000000:listener/app/platform/0000000000000000/0000000000000000',
      securityGroup: GROUPS.loadBalancer,
      serverName: 'platform.invalid',
    },
  },
})

/** Where NAT leads to the internet, its ports hold for all tasks behind it. */
const waysOut = (egress: Network['egress']): Pick<Config['network'], 'egress' | 'egressPorts'> =>
  egress.kind === 'nat' || egress.kind === 'regional-nat'
    ? { egress: egress.kind, ...(egress.ports === 'all' ? {} : { egressPorts: [...egress.ports] }) }
    : {}

/** Families of parameters that an export of the platform stands for. */
const IMPORTED: ReadonlySet<string> = new Set([
  'VpcId',
  'PrivateSubnet<Number>Id',
  'EndpointSecurityGroupId',
  'ClusterName',
  'HttpsListenerArn',
  'LoadBalancerSecurityGroupId',
  'ServerName',
  'VpcLinkId',
  'VpcLinkSecurityGroupId',
])

type Divided = { readonly parameters: readonly Parameter[]; readonly imports: readonly Parameter[] }

/** Which of the parameters the platform gives. */
export const divided = (all: readonly Parameter[], platform: Platform | undefined): Divided =>
  platform === undefined
    ? { parameters: all, imports: [] }
    : {
        parameters: [platform.name, ...all.filter(({ family }) => !IMPORTED.has(family))],
        // A layer that is deployed alone has nothing to take them from.
        imports: all.filter(({ family }) => IMPORTED.has(family)).map(({ default: _, ...parameter }) => parameter),
      }

/** What the platform is called in each of its environments. */
export const nameIn = ({ model, name }: Platform, environment: string): string | undefined =>
  environments(model.targets).find((target) => target.name === environment)?.parameters[model.share?.name ?? ''] ??
  (environments(model.targets).length === 0 ? name.default : undefined)
