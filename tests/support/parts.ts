/**
 * What each part of a config is: made, taken from what exists, or shared. Lets random configs be chosen so that each two
 * parts stand together in every way in which they can.
 */

// biome-ignore lint/suspicious/noExplicitAny: plain configs, whose schema is what is tested
type Plain = any

const isOrNot = (value: unknown, kind = 'existing'): string => (value ? kind : 'new')

const networkOf = (existing: Plain): string =>
  existing === undefined
    ? 'new'
    : `${existing.vpc && existing.subnets ? 'by its ids' : 'picked'}${existing.endpoints ? ', through its endpoints' : ''}`

const zoneOf = (zone: Plain): string =>
  typeof zone === 'object' ? (zone.role ? 'elsewhere' : 'here') : (zone ?? 'a parameter')

const frontOf = ({ publish, existing }: Plain): string => (publish === false ? 'none' : isOrNot(existing))

/** The parts that design and docs name, each with what it is in this config. */
export function partsOf(config: Plain): Readonly<Record<string, string>> {
  const { network = {}, cluster = {}, loadBalancer = {}, domain, services = {}, api = {}, delivery = {} } = config
  const all = Object.values<Plain>(services)
  return {
    network: networkOf(network.existing),
    cluster: isOrNot(cluster.existing),
    loadBalancer: isOrNot(loadBalancer.existing),
    link: isOrNot(api.vpcLink),
    certificate: isOrNot(domain.certificate),
    domain: frontOf(domain),
    basePath: isOrNot(domain.basePath, 'given'),
    zone: zoneOf(domain.zone),
    compute: isOrNot(all.some(({ external }) => external)),
    deployment: isOrNot(
      all.some(({ deployment = {} }) => (deployment.strategy ?? 'rolling') !== 'rolling'),
      'shifting',
    ),
    share: isOrNot(config.share, 'given'),
    uses: isOrNot(config.uses, 'given'),
    environments: isOrNot(config.environments, 'given'),
    stackSet: isOrNot(delivery.stackSet, 'given'),
    serviceCatalog: isOrNot(delivery.serviceCatalog, 'given'),
  }
}

/** Each two parts, as they stand together here. */
export const pairsOfParts = (config: Plain): readonly string[] => {
  const parts = Object.entries(partsOf(config)).map(([part, is]) => `${part}: ${is}`)
  return parts.flatMap((one, index) => parts.slice(index + 1).map((other) => `${one} & ${other}`))
}
