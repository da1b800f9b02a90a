/**
 * Platforms with applications on them, made from random configs: what can be shared goes to the platform, the rest to
 * two applications that differ in name, domain and priorities only, so that each path of the one is one of the other.
 */
import fc from 'fast-check'
import { parseConfig } from '../../generator/read.ts'
import { callsDynamoDb, configArbitrary, toYaml } from './arbitraries.ts'

// biome-ignore lint/suspicious/noExplicitAny: plain configs, whose schema is what is tested
type Plain = any

export type PlatformConfigs = { readonly platform: object; readonly applications: readonly [object, object] }

/** Parameters of what the platform has, and of what an application on it has not. */
const OF_PLATFORM =
  /^(?:VpcId|PrivateSubnet\dId|EndpointSecurityGroupId|HttpsListenerArn|LoadBalancerSecurityGroupId|VpcLinkId|VpcLinkSecurityGroupId|LoadBalancerDeletionProtection)$/
const OF_BOTH = /^(?:LogRetentionDays)$/

const only = (parameters: Plain, isKept: (name: string) => boolean): Plain =>
  Object.fromEntries(Object.entries(parameters).filter(([name]) => isKept(name)))

const without = (value: Plain, ...keys: readonly string[]): Plain => only(value, (name) => !keys.includes(name))

/** The endpoints that the application would have made in a network of its own, or asked for. */
const endpointsOf = (config: Plain): string[] => {
  const { egress } = parseConfig(toYaml(config), 'portcullis.yaml').model.network
  return 'interfaceEndpoints' in egress ? [...egress.interfaceEndpoints, ...egress.called] : []
}

/** Where endpoints are there already, deployers say which lists of addresses they have. */
const prefixListsOf = ({ network = {}, services, jobs = {} }: Plain): Plain => {
  const { existing, egress = 'endpoints' } = network
  if (existing === undefined ? egress !== 'endpoints' : existing.endpoints === undefined) return {}
  return {
    S3PrefixListId: 'pl-6da54004',
    ...(callsDynamoDb({ ...services, ...jobs }) ? { DynamoDbPrefixListId: 'pl-6fa54006' } : {}),
  }
}

/** What only a load balancer or a VPC link of our own has. */
const SHARED_IDS = ['LoadBalancer', 'VpcLink']

const environmentsWith = (config: Plain, change: (environment: Plain, index: number) => Plain): Plain =>
  config.environments === undefined
    ? {}
    : {
        environments: Object.fromEntries(
          Object.entries(config.environments).map(([name, each], index) => [name, change(each, index)]),
        ),
      }

const platformOf = (config: Plain, serves: boolean): Plain => {
  const { network = {}, domain, loadBalancer = {}, cluster, api, overrides = {} } = config
  const { cidr: _, ...existing } = network.existing ?? {}
  const endpoints = endpointsOf(config)
  const isCertified = loadBalancer.existing === undefined
  const home = { image: '111111111111.dkr.ecr.{region}.amazonaws.com/home', port: 80, paths: ['/home'] }
  const needsZone = isCertified && domain.certificate === undefined
  return {
    name: 'platform',
    share: true,
    domain: {
      name: '{account}.{region}.platform.example.com',
      publish: false,
      ...(isCertified ? only(domain, (key) => key === (needsZone ? 'zone' : 'certificate')) : {}),
    },
    network: {
      ...network,
      ...(network.existing === undefined ? {} : { existing }),
      ...(endpoints.length > 0 ? { endpoints } : {}),
    },
    ...(cluster === undefined ? {} : { cluster }),
    loadBalancer: { ...loadBalancer, priorities: '1-999' },
    ...(serves ? { services: { home } } : {}),
    ...(serves || api.vpcLink !== undefined
      ? { api: { ...only(api, (key) => key === 'vpcLink'), ...(serves ? { defaultAuth: 'iam' } : {}) } }
      : {}),
    overrides: only(overrides, (id) => SHARED_IDS.includes(id)),
    ...environmentsWith(config, ({ region, account, parameters }) => ({
      region,
      ...(account === undefined ? {} : { account }),
      parameters: {
        ...only(
          parameters,
          (name) => OF_PLATFORM.test(name) || OF_BOTH.test(name) || (name === 'HostedZoneId' && needsZone),
        ),
        ...(serves && network.existing !== undefined ? prefixListsOf(config) : {}),
      },
    })),
  }
}

const applicationOf = (config: Plain, name: string, priorities: string): Plain => {
  const { delivery, domain, services, jobs = {}, overrides = {} } = config
  const isOwnDomain = domain.publish !== false && domain.existing !== true
  const rename = (host: string): string => (host === domain.name ? `${name}.${host}` : host)
  const changed = (tasks: Plain): Plain =>
    Object.fromEntries(
      Object.entries<Plain>(tasks).map(([key, task]) => [
        key,
        {
          ...task,
          ...(task.hosts ? { hosts: task.hosts.map(rename) } : {}),
        },
      ]),
    )
  return {
    ...without(config, 'share', 'network', 'cluster', 'delivery'),
    name,
    uses: 'platform.yaml',
    domain: {
      ...(isOwnDomain ? domain : only(domain, (key) => ['publish', 'existing', 'basePath'].includes(key))),
      name: rename(domain.name),
    },
    loadBalancer: { priorities },
    services: changed(services),
    ...(config.jobs ? { jobs: changed(jobs) } : {}),
    api: without(config.api, 'vpcLink'),
    overrides: without(overrides, ...SHARED_IDS),
    ...environmentsWith(config, (environment) => ({
      ...environment,
      parameters: {
        ...only(
          environment.parameters,
          (each) => !OF_PLATFORM.test(each) && each !== 'VpcCidr' && (each !== 'HostedZoneId' || isOwnDomain),
        ),
        ...prefixListsOf(config),
        ...(environment.parameters.DomainName ? { DomainName: `${name}.${environment.parameters.DomainName}` } : {}),
      },
    })),
    ...(delivery?.serviceCatalog === undefined ? {} : { delivery: without(delivery, 'stackSet') }),
  }
}

export const platformArbitrary: fc.Arbitrary<PlatformConfigs> = fc
  .tuple(configArbitrary, fc.boolean())
  .map(([config, serves]) => ({
    platform: platformOf(config, serves),
    applications: [applicationOf(config, 'first', '10000-19999'), applicationOf(config, 'second', '20000-29999')],
  }))
