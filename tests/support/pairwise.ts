/** A few of many configs, in which any two choices stand together that do so in one of the many. */

// biome-ignore lint/suspicious/noExplicitAny: plain configs, whose schema is what is tested
type Plain = any

const zoneOf = ({ zone }: Plain): string =>
  typeof zone === 'string' || !zone ? String(zone) : `${zone.role ? 'role' : 'own'}${zone.organization ? 's' : ''}`

/** What decides which resources there are and how they are tied together. */
const choicesOf = ({ domain, network, loadBalancer, services, api, observability, delivery }: Plain): Plain => {
  const each: Plain[] = Object.values(services)
  const auth: Plain[] = Object.values(api.auth ?? {})
  const routes: Plain[] = api.routes ?? []
  return {
    egress: network?.egress,
    availabilityZones: network?.availabilityZones,
    accessLogs: loadBalancer?.accessLogs,
    zone: zoneOf(domain),
    certificate: 'certificate' in domain,
    publish: domain.publish !== false,
    services: Math.min(each.length, 2),
    secrets: each.some(({ secrets }) => secrets),
    jwt: auth.some(({ jwt }) => jwt),
    lambda: auth.some(({ lambda }) => lambda),
    defaultAuth: api.defaultAuth === 'iam' ? 'iam' : api.defaultAuth !== undefined,
    routes: routes.length > 0,
    open: routes.some((route) => route.auth === 'none'),
    cors: api.cors !== undefined,
    probe: api.probe,
    keepLogs: observability?.keepLogs,
    serviceCatalog: delivery?.serviceCatalog !== undefined,
    stackSet: delivery?.stackSet && (delivery.stackSet.organizationalUnits ? 'units' : 'accounts'),
  }
}

/** Found greedily: next is always the config that adds most pairs. */
export function pairwise<Config extends object>(configs: readonly Config[]): readonly Config[] {
  const left = configs.map((config) => {
    const choices = Object.entries(choicesOf(config)).map(([name, value]) => `${name}: ${value}`)
    const pairs = choices.flatMap((one, index) => choices.slice(index + 1).map((other) => `${one}, ${other}`))
    return { config, pairs }
  })
  const open = new Set(left.flatMap(({ pairs }) => pairs))
  const chosen: Config[] = []
  while (open.size > 0) {
    const gain = ({ pairs }: (typeof left)[number]): number => pairs.filter((pair) => open.has(pair)).length
    const best = left.map((each) => [gain(each), each] as const).reduce((a, b) => (b[0] > a[0] ? b : a))[1]
    chosen.push(best.config)
    for (const pair of best.pairs) open.delete(pair)
  }
  return chosen
}
