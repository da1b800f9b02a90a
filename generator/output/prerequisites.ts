import { isGateway } from '../aws/endpoints.ts'
import { VPC_LINK_ZONE_IDS } from '../aws/vpc-link-zones.ts'
import type { Api } from '../model/api/api.ts'
import { environments, type Target } from '../model/delivery/targets.ts'
import type { Domain } from '../model/domain/domain.ts'
import type { LoadBalancer } from '../model/load-balancer/load-balancer.ts'
import type { Model } from '../model/model.ts'
import { unique } from '../model/names.ts'
import type { ExistingEgress } from '../model/network/egress.ts'
import { meaningOf } from '../model/parameters/parameter.ts'
import { filledIn } from '../model/placeholders.ts'
import { isOptional } from '../model/task/secrets.ts'
import { secretsIn } from '../model/task/task.ts'
import { running, tasks } from '../model/tasks.ts'

/** What exists already and must be as the templates take it: nothing but a failed deployment would tell. */
export const prerequisites = (model: Model): string[] =>
  model.platform === undefined ? ofOthers(model) : ofPlatform(model.platform.model)

/** What each environment takes from its account and region, and what nobody makes for it. */
export const byEnvironment = (model: Model): string[] => {
  const all = environments(model.targets).map(
    (target) => `\n       ${target.name}: ${takenBy(model, target).join('; ')}`,
  )
  const needs = takenBy(model, undefined).length > 0
  return all.length === 0 || !needs
    ? []
    : [`Before the first deployment, have in the account and region of each environment:${all.join('')}`]
}

function takenBy(model: Model, target: Target | undefined): string[] {
  const { alias, certificate } = model.domain
  const records = [alias, certificate].find((each) => each?.kind === 'route53')
  const zone = records?.kind === 'route53' ? records.hostedZoneId : undefined
  const filled = (text: string): string => (target ? filledIn({ ...target, environment: target.name }, text) : text)
  const images = tasks(model).map(({ key }) => key)
  const secrets = unique(
    tasks(model)
      .flatMap(secretsIn)
      .flatMap((secret) => {
        const other = secret.parameter && target?.parameters[secret.parameter.name]
        return other ?? (isOptional(secret) ? [] : filled(secret.text))
      }),
  )
  const queues = running(model).filter(({ scale }) => scale.queue !== undefined)
  return [
    ...(zone ? [`hosted zone ${target?.parameters[zone.name] ?? zone.default ?? 'of the host name'}`] : []),
    ...several('image', images),
    ...several('secret', secrets),
    ...several(
      'queue',
      queues.map(({ key }) => key),
    ),
  ]
}

const several = (what: string, names: readonly string[]): string[] =>
  names.length === 0
    ? []
    : [`${what}${names.length > 1 ? 's' : ''} ${what === 'secret' ? '' : 'of '}${names.join(', ')}`]

const ofPlatform = ({ name }: Model): string[] => [
  `Deploy the platform (${name}) first; it can be deleted only after everything that uses it`,
]

const ofOthers = (model: Model): string[] => [
  ...(model.network.kind === 'existing'
    ? [
        ...(model.api.link.kind === 'new' ? [zones(model.targets)] : []),
        dns,
        ...(tasks(model).length > 0 ? [wayOut(model.network.egress)] : []),
      ]
    : []),
  ...vpcLink(model.api),
  ...ofLoadBalancer(model.loadBalancer),
  ...ofBoth(model),
  ...spot(model),
  ...customDomain(model.domain),
]

const ZONES = 'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html'

const zones = (targets: readonly Target[]): string => {
  const regions = unique(targets.map(({ region }) => region))
  const known = regions.flatMap((region) => {
    const ids = Object.hasOwn(VPC_LINK_ZONE_IDS, region) ? VPC_LINK_ZONE_IDS[region] : undefined
    return ids === undefined ? [] : [`\n       ${region}: ${ids.join(', ')}`]
  })
  const take = 'Use private subnets in zones where VPC links exist, by AvailabilityZoneId'
  return known.length === 0 ? `${take}: ${ZONES}` : `${take}:${known.join('')}`
}

const dns = 'Turn on enableDnsSupport and enableDnsHostnames in the VPC'

const wayOut = (egress: ExistingEgress): string => {
  if (egress.kind === 'existing-routes')
    return 'Make sure that routes or endpoints of the VPC lead from the subnets to port 443 of ECR, S3, CloudWatch Logs and what the tasks call'
  const gateways = unique(['s3', ...egress.called.filter(isGateway)])
  return `Make sure that the VPC has these endpoints, with private DNS and the group ${meaningOf(egress.group)}: ${egress.interfaceEndpoints.join(', ')}; and in the route tables of the subnets, the gateway endpoint${gateways.length > 1 ? 's' : ''} ${gateways.join(' and ')}`
}

const ofLoadBalancer = (loadBalancer: LoadBalancer): string[] =>
  loadBalancer.kind === 'existing'
    ? [
        `Make sure that the load balancer is internal, that its listener is HTTPS with a publicly trusted certificate for ${meaningOf(loadBalancer.serverName)} and answers 404 by default, and that its group ${meaningOf(loadBalancer.group)} admits VPC links only`,
      ]
    : []

/** Both sides of the way between them are written by whoever takes both. */
const ofBoth = ({ api: { link }, loadBalancer }: Model): string[] =>
  link.kind === 'existing' && loadBalancer.kind === 'existing'
    ? [
        `Make sure that no other application takes both this VPC link and this load balancer, because EC2 refuses the rule between ${meaningOf(link.group)} and ${meaningOf(loadBalancer.group)} a second time; a platform can take both, for any number of applications`,
      ]
    : []

const spot = ({ cluster, ...model }: Model): string[] => {
  const onSpot = running(model)
    .filter((each) => each.spot !== undefined)
    .map(({ key }) => key)
  return cluster.kind === 'existing' && onSpot.length > 0
    ? [
        `Give the cluster ${cluster.name.default} the capacity providers FARGATE and FARGATE_SPOT, because of spot in ${onSpot.join(', ')}`,
      ]
    : []
}

const customDomain = ({ existing, name, basePath }: Domain): string[] =>
  existing
    ? [
        `Make sure that API Gateway has the custom domain ${name}, with its DNS record: regional, and nothing else mapped ${basePath === undefined ? 'at its root' : `to ${basePath}`}`,
      ]
    : []

const vpcLink = ({ link }: Api): string[] =>
  link.kind === 'existing'
    ? [
        `Make sure that the VPC link ${meaningOf(link.id)} is available in that VPC, with the group ${meaningOf(link.group)}, which nothing else has`,
      ]
    : []
