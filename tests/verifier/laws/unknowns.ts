/** Templates in which several unknowns matter for one claim, and the flag that settles each. */
import type { Json } from '../../support/read-template.ts'
import { isolated } from './bases.ts'

export type Clouded = {
  readonly name: string
  readonly template: Json
  readonly claim: string
  readonly target: string
  /** One flag for each unknown, and only all of them decide. */
  readonly flags: readonly (readonly [flag: string, value: string])[]
}

const { template: base, roles } = isolated
const ref = (id: string): Json => ({ Ref: id })

function clouded(
  name: string,
  claim: string,
  target: string,
  parameters: Json,
  flags: Clouded['flags'],
  change: (resources: Json, template: Json) => void,
): Clouded {
  const template = structuredClone(base)
  template.Parameters = parameters
  template.Conditions = {}
  change(template.Resources, template)
  return { name, template, claim, target, flags }
}

const texts = (...names: string[]): Json => Object.fromEntries(names.map((each) => [each, { Type: 'String' }]))
const assume = (facet: string, ...names: string[]): Clouded['flags'] =>
  names.map((each) => ['--assume', `${each}.${facet}`] as const)
const admitting = (source: Json): Json => ({
  Type: 'AWS::EC2::SecurityGroupIngress',
  Properties: { GroupId: ref(roles.balancerGroup), IpProtocol: 'tcp', FromPort: 443, ToPort: 443, ...source },
})
const imports = { a: { 'Fn::ImportValue': 'net-a' }, b: { 'Fn::ImportValue': { 'Fn::Sub': '${Net}-b' } } }
const literals = ['sg-0123456789abcdef0', 'sg-0123456789abcdef1'] as const
const subnetIds = ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'] as const

const letOut = (resources: Json): void => {
  resources.TaskOut = {
    Type: 'AWS::EC2::SecurityGroupEgress',
    Properties: { GroupId: ref(roles.taskGroup), IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '0.0.0.0/0' },
  }
}
const taskSubnets = (resources: Json, subnets: Json): void => {
  letOut(resources)
  resources[roles.service].Properties.NetworkConfiguration.AwsvpcConfiguration.Subnets = subnets
}
const groups = (resources: Json, more: Json): void => {
  resources[roles.loadBalancer].Properties.SecurityGroups = more
}

const entrance = (
  name: string,
  parameters: Json,
  flags: Clouded['flags'],
  change: (resources: Json, template: Json) => void,
) => clouded(name, 'sole-entrance', roles.loadBalancer, parameters, flags, change)
const egress = (
  name: string,
  parameters: Json,
  flags: Clouded['flags'],
  change: (resources: Json, template: Json) => void,
) => clouded(name, 'bounded-egress', roles.service, parameters, flags, change)

export const cloudedTemplates: readonly Clouded[] = [
  entrance('two groups by parameter', texts('A', 'B'), assume('ingress=none', 'A', 'B'), (resources) =>
    groups(resources, [ref(roles.balancerGroup), ref('A'), ref('B')]),
  ),
  entrance('three groups by parameter', texts('A', 'B', 'C'), assume('ingress=none', 'A', 'B', 'C'), (resources) =>
    groups(resources, [ref(roles.balancerGroup), ref('A'), ref('B'), ref('C')]),
  ),
  entrance('two groups by import', texts('Net'), assume('ingress=none', 'net-a', '${Net}-b'), (resources) =>
    groups(resources, [ref(roles.balancerGroup), imports.a, imports.b]),
  ),
  entrance('two groups by id', {}, assume('ingress=none', ...literals), (resources) =>
    groups(resources, [ref(roles.balancerGroup), ...literals]),
  ),
  entrance('a group by parameter and one by import', texts('A'), assume('ingress=none', 'A', 'net-a'), (resources) =>
    groups(resources, [ref(roles.balancerGroup), ref('A'), imports.a]),
  ),
  entrance('two groups in one text', texts('A', 'B'), assume('ingress=none', 'A', 'B'), (resources) =>
    groups(resources, { 'Fn::Split': [',', { 'Fn::Sub': `\${${roles.balancerGroup}},\${A},\${B}` }] }),
  ),
  entrance('one of two groups, by a number', texts('A', 'B', 'N'), assume('ingress=none', 'A', 'B'), (resources) =>
    groups(resources, [ref(roles.balancerGroup), { 'Fn::Select': [ref('N'), [ref('A'), ref('B')]] }]),
  ),
  entrance(
    'one of two groups, by a condition',
    texts('A', 'B', 'Mode'),
    assume('ingress=none', 'A', 'B'),
    (resources, template) => {
      template.Conditions.IsA = { 'Fn::Equals': [ref('Mode'), 'a'] }
      groups(resources, [ref(roles.balancerGroup), { 'Fn::If': ['IsA', ref('A'), ref('B')] }])
    },
  ),
  entrance('two sources by parameter', texts('A', 'B'), assume('carriers=Link', 'A', 'B'), (resources) => {
    resources.FromA = admitting({ SourceSecurityGroupId: ref('A') })
    resources.FromB = admitting({ SourceSecurityGroupId: ref('B') })
  }),
  entrance('one of two sources, by a number', texts('A', 'B', 'N'), assume('carriers=Link', 'A', 'B'), (resources) => {
    resources.From = admitting({ SourceSecurityGroupId: { 'Fn::Select': [ref('N'), [ref('A'), ref('B')]] } })
  }),
  entrance(
    'one of two sources, by a condition',
    texts('A', 'B', 'Mode'),
    assume('carriers=Link', 'A', 'B'),
    (resources, template) => {
      template.Conditions.IsA = { 'Fn::Equals': [ref('Mode'), 'a'] }
      resources.From = admitting({ SourceSecurityGroupId: { 'Fn::If': ['IsA', ref('A'), ref('B')] } })
    },
  ),
  entrance('two prefix lists', texts('A', 'B'), assume('ingress=none', 'A', 'B'), (resources) => {
    resources.FromA = admitting({ SourcePrefixListId: ref('A') })
    resources.FromB = admitting({ SourcePrefixListId: ref('B') })
  }),
  entrance('a prefix list and a group', texts('A', 'B'), assume('ingress=none', 'A', 'B'), (resources) => {
    resources.FromA = admitting({ SourcePrefixListId: ref('A') })
    groups(resources, [ref(roles.balancerGroup), ref('B')])
  }),
  entrance(
    'two ranges by parameter',
    texts('A', 'B'),
    [
      ['--parameter', 'A=192.0.2.0/24'],
      ['--parameter', 'B=198.51.100.0/24'],
    ],
    (resources) => {
      resources.FromA = admitting({ CidrIp: ref('A') })
      resources.FromB = admitting({ CidrIp: ref('B') })
    },
  ),
  clouded(
    'a scheme in two parts',
    'no-public-address',
    roles.loadBalancer,
    texts('A', 'B'),
    [
      ['--parameter', 'A=inter'],
      ['--parameter', 'B=nal'],
    ],
    (resources) => {
      resources[roles.loadBalancer].Properties.Scheme = { 'Fn::Sub': '${A}${B}' }
    },
  ),
  egress('two subnets by parameter', texts('A', 'B'), assume('routes=none', 'A', 'B'), (resources) =>
    taskSubnets(resources, [ref('A'), ref('B')]),
  ),
  egress('two subnets by id', {}, assume('routes=none', ...subnetIds), (resources) =>
    taskSubnets(resources, subnetIds),
  ),
  egress('one of two subnets, by a number', texts('A', 'B', 'N'), assume('routes=none', 'A', 'B'), (resources) =>
    taskSubnets(resources, [{ 'Fn::Select': [ref('N'), [ref('A'), ref('B')]] }]),
  ),
  egress('a subnet by parameter and one by import', texts('A'), assume('routes=none', 'A', 'net-a'), (resources) =>
    taskSubnets(resources, [ref('A'), imports.a]),
  ),
  clouded(
    'one of two certificates, by a number',
    'verified-tls',
    roles.api,
    texts('A', 'B', 'N'),
    assume('covers=api.example.com', 'A', 'B'),
    (resources) => {
      resources[roles.listener].Properties.Certificates = [
        { CertificateArn: { 'Fn::Select': [ref('N'), [ref('A'), ref('B')]] } },
      ]
    },
  ),
]
