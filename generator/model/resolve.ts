import { isPrivateEcr } from '../aws/images.ts'
import { regionalZoneIds } from '../aws/vpc-link-zones.ts'
import type { Config } from '../config/schema/index.ts'
import { arnParts, secretResource } from './arns.ts'
import { parseCidr } from './cidr.ts'
import { listenerRules } from './listener-rules.ts'
import type {
  Api,
  Authorizer,
  Certificate,
  Delivery,
  Domain,
  Environment,
  ListenerRule,
  Model,
  Network,
  Service,
  Zone,
} from './model.ts'
import { byText, pascalCase, sortedEntries } from './names.ts'
import { parameters } from './parameters.ts'
import { probeOf } from './probe.ts'
import { routes } from './routes.ts'

/** A waiter is one run of a function, which AWS ends after 15 minutes. */
const MINUTES_PER_WAITER = 14
const DEFAULT_WAIT_MINUTES = 28

const unique = (texts: readonly string[]): string[] => [...new Set(texts)].sort(byText)

const zoneOf = (zone: Config['domain']['zone']): Zone => {
  if (zone === undefined || zone === 'manual') return {}
  const { id, name, role, externalId, organization } = zone
  return {
    ...(id === undefined ? {} : { id }),
    ...(name === undefined ? {} : { name }),
    ...(role === undefined
      ? {}
      : {
          role: {
            arn: role,
            ...(externalId === undefined ? {} : { externalId }),
            ...(organization === undefined ? {} : { organization }),
          },
        }),
  }
}

const certificateOf = (domain: Config['domain'], zone: Zone): Certificate => {
  if (domain.certificate !== undefined) return { kind: 'existing' }
  if (domain.zone === 'manual') return { kind: 'manual' }
  if (zone.role === undefined) return { kind: 'route53' }
  const waiters = Math.max(1, Math.ceil((domain.waitMinutes ?? DEFAULT_WAIT_MINUTES) / MINUTES_PER_WAITER))
  return { kind: 'zone-role', waiters, validationRecords: domain.validationRecords ?? 'retain' }
}

const domainOf = (domain: Config['domain']): Domain => {
  const zone = zoneOf(domain.zone)
  const certificate = certificateOf(domain, zone)
  const alias = domain.zone === 'manual' ? 'by-hand' : zone.role === undefined ? 'route53' : 'zone-role'
  return {
    name: domain.name,
    alternativeNames: unique(domain.alternativeNames),
    publish: domain.publish,
    certificate,
    alias,
    usesZoneRole: certificate.kind === 'zone-role' || (domain.publish && alias === 'zone-role'),
    ...(domain.zone === 'manual' ? {} : { zone }),
  }
}

/**
 * What tasks need without an internet route: image layers come through the S3 gateway endpoint, everything else
 * through these. ecs, ecs-agent and ecs-telemetry are needed in regions from 2024 on only, where no VPC links exist.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/vpc-endpoints.html
 */
const interfaceEndpoints = (config: Config, services: readonly Service[]): string[] => {
  if (config.network.egress !== 'endpoints') return []
  const ecr = Object.values(config.services).some(({ image }) => isPrivateEcr(image))
  return unique([
    ...(ecr ? ['ecr.api', 'ecr.dkr'] : []),
    'logs',
    ...(services.some(({ secretArns }) => secretArns.secretsManager.length > 0) ? ['secretsmanager'] : []),
    ...(services.some(({ secretArns }) => secretArns.parameterStore.length > 0) ? ['ssm'] : []),
  ])
}

const networkOf = (config: Config, services: readonly Service[]): Network => {
  const { cidr, availabilityZones, egress } = config.network
  return {
    cidr,
    prefixLength: parseCidr(cidr).prefixLength,
    zones: availabilityZones,
    egress,
    interfaceEndpoints: interfaceEndpoints(config, services),
    regionalZoneIds: regionalZoneIds(availabilityZones),
  }
}

const serviceOf = (key: string, service: Config['services'][string], rules: readonly ListenerRule[]): Service => {
  const secrets = sortedEntries(service.secrets).map(([name, valueFrom]) => ({ name, valueFrom }))
  const arnsOf = (kind: string) =>
    unique(
      secrets
        .filter(({ valueFrom }) => arnParts(valueFrom).service === kind)
        .map(({ valueFrom }) => secretResource(valueFrom)),
    )
  const { cpu, requestsPerTarget } = service.scale
  return {
    key,
    id: pascalCase(key),
    image: service.image,
    port: service.port,
    listenerRules: rules,
    architecture: service.architecture === 'arm64' ? 'ARM64' : 'X86_64',
    health: service.health,
    scale: { cpu, ...(requestsPerTarget === undefined ? {} : { requestsPerTarget }) },
    environment: sortedEntries(service.environment).map(([name, value]) => ({ name, value: String(value) })),
    secrets,
    secretArns: { secretsManager: arnsOf('secretsmanager'), parameterStore: arnsOf('ssm') },
  }
}

const authorizersOf = (auth: Config['api']['auth']): Authorizer[] =>
  sortedEntries(auth).map(([key, { jwt }]) => ({
    key,
    id: pascalCase(key),
    kind: jwt === undefined ? 'lambda' : 'jwt',
  }))

const apiOf = (config: Config, services: readonly Service[]): Api => {
  const authorizers = authorizersOf(config.api.auth)
  const all = routes(config, authorizers)
  return {
    authorizers,
    routes: all,
    cors: config.api.cors !== undefined,
    timeoutMs: config.api.timeoutSeconds * 1000,
    ...(config.api.probe ? probeOf(all, services) : {}),
  }
}

type Values = Config['environments'][string]['parameters']

/** Values as samconfig.toml and StackSets take them: text, lists with commas. */
const parameterTexts = (values: Values): Readonly<Record<string, string>> =>
  Object.fromEntries(
    sortedEntries(values).map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : String(value)]),
  )

const environmentOf = (
  name: string,
  { region, account, parameters: values }: Config['environments'][string],
): Environment => ({
  name,
  region,
  ...(account === undefined ? {} : { account }),
  parameters: parameterTexts(values),
})

const deliveryOf = ({ serviceCatalog, stackSet }: Config['delivery']): Delivery => ({
  ...(serviceCatalog === undefined
    ? {}
    : {
        serviceCatalog: {
          portfolio: serviceCatalog.portfolio,
          owner: serviceCatalog.owner,
          principals: unique(serviceCatalog.principals),
          versions: Object.entries(serviceCatalog.versions).map(([name, source]) => ({
            name,
            source: source === 'current' ? source : { url: source },
          })),
        },
      }),
  ...(stackSet === undefined
    ? {}
    : {
        stackSet: {
          accounts: unique(stackSet.accounts),
          organizationalUnits: unique(stackSet.organizationalUnits),
          regions: stackSet.regions,
          overrides: sortedEntries(stackSet.overrides).map(([target, values]) => {
            const [account = '', region = ''] = target.split('/')
            return { account, region, parameters: parameterTexts(values) }
          }),
        },
      }),
})

/** Config -> Model. Total: it answers for every config that the schema accepts, and the rules judge the answer. */
export const resolve = (config: Config): Model => {
  const rules = listenerRules(config.services)
  const services = sortedEntries(config.services).map(([key, service]) => serviceOf(key, service, rules.get(key) ?? []))
  const domain = domainOf(config.domain)
  return {
    name: config.name,
    domain,
    network: networkOf(config, services),
    loadBalancer: { accessLogs: config.loadBalancer.accessLogs },
    services,
    api: apiOf(config, services),
    environments: sortedEntries(config.environments).map(([name, environment]) => environmentOf(name, environment)),
    delivery: deliveryOf(config.delivery),
    parameters: parameters(config, domain),
  }
}
