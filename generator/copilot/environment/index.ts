/** A manifest of an environment -> what becomes of each of its keys. */
import { carried, type Items, implied, lost, malformed } from '../item.ts'
import { flag, isMap, look, textOf, type Value } from '../value.ts'
import { type Section, walked } from '../walk.ts'

export type EnvironmentContext = { readonly name: string; readonly manifest: Value }

type E = EnvironmentContext

const WAY_IN = 'it would be a way to the services that does not pass the API'

const idsIn = (value: Value | undefined): readonly string[] =>
  value?.kind === 'list' ? value.items.flatMap((each) => textOf(look(each, 'id')) ?? []) : []

/** Copilot imports a VPC together with subnets in two zones: https://aws.github.io/copilot-cli/docs/manifest/environment/ */
const isImported = (manifest: Value): boolean =>
  textOf(look(manifest, 'network', 'vpc', 'id')) !== undefined &&
  idsIn(look(manifest, 'network', 'vpc', 'subnets', 'private')).length > 1

const private_ = (value: Value, { manifest }: E): Items => {
  if (value.kind !== 'list') return [malformed(value, 'a list of subnets')]
  const ids = idsIn(value)
  if (ids.length > 0 && !isImported(manifest)) return [malformed(value, 'two subnets of a VPC that is named by its id')]
  return ids.length > 0
    ? [carried(value, ['network', 'existing', 'subnets'], ids)]
    : [lost(value, 'subnets are cut from the range of the VPC, in zones where VPC links exist', 'nothing to do', false)]
}

const vpc: Section<E> = {
  id: (value, { manifest }) => {
    const id = textOf(value)
    return id === undefined || !isImported(manifest)
      ? [malformed(value, 'the id of a VPC, with two private subnets')]
      : [carried(value, ['network', 'existing', 'vpc'], id)]
  },
  cidr: (value, { manifest }) => {
    const cidr = textOf(value)
    if (cidr === undefined) return [malformed(value, 'an address range')]
    return look(manifest, 'network', 'vpc', 'id') === undefined
      ? [
          carried(value, ['network', 'cidr'], cidr, {
            note: 'for a new VPC; to move into the old one, with its databases, write network.existing',
          }),
        ]
      : [implied(value, 'the range of the existing VPC')]
  },
  subnets: (value, context) =>
    walked<E>(
      value,
      {
        public: (each) => [lost(each, 'nothing of the application is in a public subnet', 'nothing to do', false)],
        private: private_,
      },
      context,
    ),
  security_group: (value, context) =>
    walked<E>(
      value,
      {
        ingress: (each) => [lost(each, WAY_IN, 'let callers use the API')],
        egress: (each) => [
          lost(each, 'a service opens only the connections that it needs', 'write them into reaches of the services'),
        ],
      },
      context,
    ),
  flow_logs: (value) => [
    flag(value) === false
      ? carried(value, ['network', 'flowLogs'], false)
      : isMap(value)
        ? lost(value, 'flow logs are kept as long as the other logs', 'set observability.logRetentionDays', false)
        : implied(value, 'flow logs are on'),
  ],
}

const certificates = (value: Value): Items => {
  if (value.kind !== 'list') return [malformed(value, 'a list of certificates')]
  const arns = value.items.flatMap((each) => textOf(each) ?? [])
  return arns.length === 1
    ? [carried(value, ['domain', 'certificate'], arns[0])]
    : [
        lost(
          value,
          'the application makes one certificate with all its names',
          'name them in domain.alternativeNames',
          false,
        ),
      ]
}

const ingress: Section<E> = {
  cdn: (value) =>
    flag(value) === false
      ? [implied(value, 'no distribution')]
      : [
          lost(
            value,
            'the load balancer is internal, so no distribution reaches it',
            'make the API the origin of the distribution',
          ),
        ],
  source_ips: (value) => [
    lost(
      value,
      'behind the VPC link every request comes from the link',
      'authorize callers (api.auth), or check addresses in a Lambda authorizer',
    ),
  ],
  restrict_to: (value) => [
    lost(
      value,
      'the load balancer is internal, so no distribution reaches it',
      'make the API the origin of the distribution',
    ),
  ],
  from_vpc: (value) =>
    flag(value) === false ? [implied(value, 'closed')] : [lost(value, WAY_IN, 'let callers use the API')],
  vpc: (value) =>
    flag(value) === false ? [implied(value, 'closed')] : [lost(value, WAY_IN, 'let callers use the API')],
}

const sslPolicy = (value: Value): Items => [
  lost(value, 'the listener has the newest policy of AWS', 'nothing to do: only the API talks to it', false),
]

const accessLogs = (value: Value): Items =>
  isMap(value)
    ? [lost(value, 'the load balancer writes into a bucket of its own', 'read the logs there', false)]
    : [carried(value, ['loadBalancer', 'accessLogs'], flag(value) ?? true)]

const door: Section<E> = {
  ssl_policy: sslPolicy,
  sslPolicy,
  ingress: (value, context) => walked(value, ingress, context),
  security_groups: (value, context) =>
    walked<E>(value, { ingress: (each, inner) => walked(each, ingress, inner) }, context),
  subnets: (value) => [
    lost(
      value,
      'load balancer, link and tasks share the subnets of the application',
      'name them in network.existing.subnets',
      false,
    ),
  ],
}

const section: Section<E> = {
  name: (value, { name }) => [implied(value, `environments.${name} in the config`)],
  type: (value, { name }) => [carried(value, ['environments', name], {})],
  network: (value, context) => walked<E>(value, { vpc: (each, inner) => walked(each, vpc, inner) }, context),
  http: (value, context) =>
    walked<E>(
      value,
      {
        public: (each, inner) => walked(each, { ...door, certificates, access_logs: accessLogs }, inner),
        private: (each, inner) =>
          walked(
            each,
            {
              ...door,
              certificates: (one) => [
                lost(one, 'one certificate serves API and load balancer', 'nothing to do', false),
              ],
            },
            inner,
          ),
      },
      context,
    ),
  cdn: (value) =>
    flag(value) === false
      ? [implied(value, 'no distribution')]
      : [
          lost(
            value,
            'Portcullis makes no CloudFront distribution',
            'keep it, with the API as its origin; without one, clients call the API',
          ),
        ],
  observability: (value, context) =>
    walked<E>(
      value,
      {
        container_insights: (each) =>
          flag(each) === true
            ? [carried(each, ['cluster', 'containerInsights'], 'enabled')]
            : [implied(each, 'Container Insights is off')],
      },
      context,
    ),
}

export const environment = (context: EnvironmentContext): Items => walked(context.manifest, section, context)
