/**
 * A second opinion, slow and simple: it tries every combination of parameter values, makes the template concrete, and
 * sends packets from every kind of host. It shares no code with the verifier and no method: no symbols, no graph.
 */
import type { Json } from '../support/read-template.ts'

/** `none` where the world may be one or the other: no verdict is wrong there. */
export type Opinion = 'proved' | 'undecided' | 'none' | 'refuted'
const order: readonly Opinion[] = ['proved', 'undecided', 'none', 'refuted']

/** `claim target` -> opinion, for templates of `small-templates.ts`. */
export function opinions(template: Json): Map<string, Opinion> {
  const worst = new Map<string, Opinion>()
  for (const values of combinations(template.Parameters))
    for (const [key, opinion] of inWorld(concrete(template, values))) {
      const before = worst.get(key) ?? 'proved'
      worst.set(key, order.indexOf(opinion) > order.indexOf(before) ? opinion : before)
    }
  return worst
}

function combinations(parameters: Json): Record<string, string>[] {
  return Object.entries<Json>(parameters).reduce<Record<string, string>[]>(
    (all, [name, { AllowedValues }]) =>
      all.flatMap((one) => AllowedValues.map((value: string) => ({ ...one, [name]: value }))),
    [{}],
  )
}

/** Only literals and references to resources are left. */
function concrete(template: Json, values: Record<string, string>): Json {
  const holds = (condition: Json): boolean => {
    if (condition.Condition) return holds(template.Conditions[condition.Condition])
    if (condition['Fn::Not']) return !holds(condition['Fn::Not'][0])
    if (condition['Fn::And']) return condition['Fn::And'].every(holds)
    if (condition['Fn::Or']) return condition['Fn::Or'].some(holds)
    const [a, b] = condition['Fn::Equals'].map((side: Json) => (side.Ref ? values[side.Ref] : side))
    return a === b
  }
  const plain = (node: Json): Json => {
    if (Array.isArray(node)) return node.map(plain).filter((item) => item !== undefined)
    if (node === null || typeof node !== 'object') return node
    if (node['Fn::If']) {
      const [name, yes, no] = node['Fn::If']
      return plain(holds(template.Conditions[name]) ? yes : no)
    }
    if (node.Ref === 'AWS::NoValue') return undefined
    // Attributes that give back what the template wrote.
    if (node['Fn::Select']?.[1]?.['Fn::GetAtt']?.[1] === 'SecurityGroups') {
      const [index, { 'Fn::GetAtt': echo }] = node['Fn::Select']
      return plain(template.Resources[echo[0]].Properties.SecurityGroups[index])
    }
    if (node['Fn::GetAtt']?.[1] === 'Value') return plain(template.Resources[node['Fn::GetAtt'][0]].Properties.Value)
    if (node.Ref && node.Ref in values) return values[node.Ref]
    return Object.fromEntries(
      Object.entries(node)
        .map(([key, value]) => [key, plain(value)])
        .filter(([, value]) => value !== undefined),
    )
  }
  return Object.fromEntries(
    Object.entries<Json>(template.Resources)
      .filter(([, { Condition }]) => !Condition || holds(template.Conditions[Condition]))
      .map(([id, resource]) => [id, { ...resource, Properties: plain(resource.Properties) }]),
  )
}

type Host = { readonly name: string; readonly address: string; readonly groups: readonly string[] }
type Rule = {
  readonly protocol: string
  readonly from: number
  readonly to: number
  readonly cidr?: string
  readonly group?: string
}

const number = (address: string): number => address.split('.').reduce((value, part) => value * 256 + Number(part), 0)

function contains(cidr: string, address: string): boolean {
  // Of IPv6, only everything is ever asked about.
  if (cidr.includes(':') || address.includes(':')) return cidr === '::/0' && address.includes(':')
  const [base = '', length = '32'] = cidr.split('/')
  const size = 2 ** (32 - Number(length))
  return Math.floor(number(base) / size) === Math.floor(number(address) / size)
}

const internet = ['8.8.8.8', '1.2.3.4', '203.0.113.9']
const internet6 = ['2606:4700::1111']
const inVpc6 = ['2a05:d014::5']
const inVpc = ['10.20.0.4', '10.20.1.5', '10.20.200.5']
const elsewhere = ['192.168.1.1', '172.16.5.5', '10.99.0.1']
const ports = [22, 80, 443, 444, 8080, 65535]

const groupIds = (value: Json): string[] => (value ?? []).map((item: Json) => item.Ref ?? item['Fn::GetAtt'][0])

function inWorld(resources: Json): (readonly [string, Opinion])[] {
  const ofType = (type: string): [string, Json][] =>
    Object.entries<Json>(resources).filter(([, { Type }]) => Type === type)
  const rulesOf = (group: string, direction: 'Ingress' | 'Egress'): Rule[] => {
    const section = `SecurityGroup${direction}`
    const peer = direction === 'Ingress' ? 'SourceSecurityGroupId' : 'DestinationSecurityGroupId'
    const inline: Json[] = resources[group]?.Properties[section] ?? []
    const beside = ofType(`AWS::EC2::${section}`)
      .map(([, { Properties }]) => Properties)
      .filter(({ GroupId }) => groupIds([GroupId])[0] === group)
    const all = [...inline, ...beside].map((rule) => ({
      protocol: String(rule.IpProtocol),
      from: rule.FromPort ?? 0,
      to: rule.ToPort ?? 65535,
      ...((rule.CidrIp ?? rule.CidrIpv6) ? { cidr: rule.CidrIp ?? rule.CidrIpv6 } : {}),
      ...(rule[peer] ? { group: groupIds([rule[peer]])[0] as string } : {}),
    }))
    return direction === 'Egress' && inline.length === 0
      ? [...all, ...['0.0.0.0/0', '::/0'].map((each) => ({ protocol: '-1', from: 0, to: 65535, cidr: each }))]
      : all
  }
  const lets = (rule: Rule, protocol: string, port: number, peer: Host): boolean =>
    (rule.protocol === '-1' || (rule.protocol === protocol && rule.from <= port && port <= rule.to)) &&
    (rule.cidr ? contains(rule.cidr, peer.address) : peer.groups.includes(rule.group ?? ''))

  const [, loadBalancer] = ofType('AWS::ElasticLoadBalancingV2::LoadBalancer')[0] as [string, Json]
  const [, service] = ofType('AWS::ECS::Service')[0] as [string, Json]
  const awsvpc = service.Properties.NetworkConfiguration.AwsvpcConfiguration
  const isFacing = (loadBalancer.Properties.Scheme ?? 'internet-facing') === 'internet-facing'
  const hasAddress = awsvpc.AssignPublicIp === 'ENABLED'
  // A task may have an IPv6 address where its subnet has them, and such an address is a public one.
  const mayHaveSix = ofType('AWS::EC2::Subnet').some(([, { Properties }]) => Properties.Ipv6CidrBlock)
  const hasSix = mayHaveSix && loadBalancer.Properties.IpAddressType === 'dualstack'
  const front = resources.Front?.Properties
  const frontGroups = groupIds(front?.SecurityGroups)
  const targetsOfFront = resources.FrontTargets?.Properties
  const servedByFront =
    front !== undefined &&
    service.Properties.LoadBalancers.some(({ TargetGroupArn }: Json) => TargetGroupArn.Ref === 'FrontTargets')

  const owners: Host[] = [
    { name: 'load balancer', address: '10.20.1.10', groups: groupIds(loadBalancer.Properties.SecurityGroups) },
    { name: 'task', address: '10.20.1.11', groups: groupIds(awsvpc.SecurityGroups) },
    ...ofType('AWS::ApiGatewayV2::VpcLink').map(([, { Properties }]) => ({
      name: 'link',
      address: '10.20.1.12',
      groups: groupIds(Properties.SecurityGroupIds),
    })),
    ...ofType('AWS::Lambda::Function').map(([, { Properties }]) => ({
      name: 'function',
      address: '10.20.1.13',
      groups: groupIds(Properties.VpcConfig.SecurityGroupIds),
    })),
    ...(front
      ? [{ name: servedByFront ? 'another load balancer' : 'front', address: '10.20.1.14', groups: frontGroups }]
      : []),
  ]
  const strangers = (addresses: readonly string[]): Host[] =>
    addresses.map((address) => ({ name: 'host', address, groups: [] }))
  const carried = new Set(owners.flatMap(({ groups }) => groups))

  const reached = (groups: readonly string[], to: readonly number[], from: readonly Host[]): Host[] =>
    from.filter((host) =>
      groups.some((group) =>
        rulesOf(group, 'Ingress').some((rule) =>
          ['tcp', 'udp'].some((protocol) =>
            to.some((port) => (protocol === 'tcp' || to.length > 1) && lets(rule, protocol, port, host)),
          ),
        ),
      ),
    )
  /** A rule names a group that no host carries: a host that joins it would get in. */
  const admitsNobody = (groups: readonly string[], to: readonly number[]): boolean =>
    reached(
      groups,
      to,
      [...Object.keys(resources)]
        .filter((id) => resources[id].Type === 'AWS::EC2::SecurityGroup' && !carried.has(id))
        .map((id) => ({ name: 'joiner', address: '0.0.0.0', groups: [id] })),
    ).length > 0

  const routes = ofType('AWS::EC2::Route').map(([, { Properties }]) => Properties)
  /** Addresses of another network, to which a route leads: its hosts may send packets here. */
  const far = elsewhere.filter((address) =>
    routes.some(
      (route) => route.VpcPeeringConnectionId && contains(route.DestinationCidrBlock ?? '0.0.0.0/32', address),
    ),
  )

  const sole = (
    groups: readonly string[],
    to: readonly number[],
    isPublic: boolean,
    isSix: boolean,
    allowed: readonly string[],
  ): Opinion => {
    const sources = [
      ...strangers(inVpc),
      ...(isPublic ? strangers(internet) : []),
      ...(isSix ? strangers(inVpc6) : []),
      ...owners.filter(({ name }) => !allowed.includes(name)),
    ]
    if (reached(groups, to, sources).length > 0) return 'refuted'
    return admitsNobody(groups, to) || reached(groups, to, strangers(far)).length > 0 ? 'undecided' : 'proved'
  }
  const albGroups = groupIds(loadBalancer.Properties.SecurityGroups)
  const taskGroups = groupIds(awsvpc.SecurityGroups)
  const sixLeadsOut = routes.some((route) => route.DestinationIpv6CidrBlock && route.GatewayId)

  const fromInternet = (isPublic: boolean, groups: readonly string[], to: readonly number[]): boolean =>
    isPublic && reached(groups, to, strangers(internet)).length > 0
  const opinion = (isOpen: boolean, mayBeOpen = false): Opinion => (isOpen ? 'refuted' : mayBeOpen ? 'none' : 'proved')
  /** One load balancer hands on what it gets, as far as the groups of what is behind it admit it. */
  const handsOn = (from: readonly string[], address: string, to: readonly string[], port: number) => {
    const admits = reached(to, [port], [{ name: 'hop', address, groups: from }]).length > 0
    const letsOut = from.some((group) =>
      rulesOf(group, 'Egress').some((rule) =>
        lets(rule, 'tcp', port, { name: 'next', address: '10.20.1.11', groups: to }),
      ),
    )
    return { surely: admits && letsOut, perhaps: admits }
  }
  const facesFront = front?.Scheme === 'internet-facing'
  const toFront = fromInternet(facesFront, frontGroups, [resources.FrontListener?.Properties.Port])
  // A network load balancer keeps the address of the client, so that ranges of the VPC do not admit it.
  const throughFront =
    toFront && targetsOfFront.TargetType === 'alb'
      ? handsOn(frontGroups, internet[0] as string, albGroups, 443)
      : { surely: false, perhaps: false }
  const six = (isSix: boolean, groups: readonly string[], to: readonly number[]): boolean =>
    isSix && reached(groups, to, strangers(internet6)).length > 0
  const toBalancer = fromInternet(isFacing, albGroups, [443]) || (isFacing && six(hasSix, albGroups, [443]))
  const onwards = handsOn(albGroups, '10.20.1.10', taskGroups, 8080)
  const pastFront =
    toFront && servedByFront ? handsOn(frontGroups, '10.20.1.14', taskGroups, 8080) : { surely: false, perhaps: false }
  const sixToTasks = six(mayHaveSix, taskGroups, ports)
  const balancerOpen = toBalancer || throughFront.surely
  const balancerPerhaps = toBalancer || throughFront.perhaps
  const serviceOpen =
    fromInternet(hasAddress, taskGroups, ports) ||
    (sixToTasks && sixLeadsOut) ||
    (balancerOpen && onwards.surely) ||
    pastFront.surely
  const servicePerhaps = sixToTasks || (balancerPerhaps && onwards.perhaps) || pastFront.perhaps

  const leaves = [...internet, ...elsewhere, ...(mayHaveSix ? internet6 : [])].some((address) => {
    // Any packet counts as leaving, also one of ICMP.
    const out = taskGroups.some((group) =>
      rulesOf(group, 'Egress').some(({ cidr }) => cidr !== undefined && contains(cidr, address)),
    )
    if (!out) return false
    return routes.some(
      (route) =>
        contains(route.DestinationCidrBlock ?? route.DestinationIpv6CidrBlock, address) &&
        (route.GatewayId === undefined || address.includes(':') || (hasAddress && internet.includes(address))),
    )
  })
  const open = ofType('AWS::ApiGatewayV2::Route').some(
    ([, { Properties }]) => (Properties.AuthorizationType ?? 'NONE') === 'NONE',
  )

  return [
    ['no-public-address LoadBalancer', isFacing ? 'refuted' : 'proved'],
    ['no-public-address Service', opinion(hasAddress, mayHaveSix)],
    ['sole-entrance LoadBalancer', sole(albGroups, [443], isFacing, hasSix, ['link', 'load balancer'])],
    [
      'sole-entrance Service',
      sole(taskGroups, ports, hasAddress, mayHaveSix, ['load balancer', 'another load balancer']),
    ],
    ['no-internet-path LoadBalancer', opinion(balancerOpen, balancerPerhaps)],
    ['no-internet-path Service', opinion(serviceOpen, servicePerhaps)],
    ...(front
      ? ([
          ['no-public-address Front', opinion(facesFront)],
          ['no-internet-path Front', opinion(toFront)],
        ] as const)
      : []),
    ['authorized-routes Api', open ? 'refuted' : 'proved'],
    ['bounded-egress Service', leaves ? 'refuted' : 'proved'],
  ]
}
