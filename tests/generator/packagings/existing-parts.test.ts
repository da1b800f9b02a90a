// Every part exists already, delivered to many accounts and regions, and as a product: each stack has ids of its own.
import { describe, expect, test } from '@jest/globals'
import { codeOf } from '../../../generator/commands/assets.ts'
import { judge } from '../../../generator/commands/verdict.ts'
import { PortcullisError } from '../../../generator/errors/portcullis-error.ts'
import { generate } from '../../../generator/generate.ts'
import { prerequisites } from '../../../generator/output/prerequisites.ts'
import { parseConfig } from '../../../generator/read.ts'
import { assets } from '../../support/examples.ts'
import type { Json } from '../../support/read-template.ts'
import { templateOf } from '../../support/templates.ts'

const accounts = ['333333333333', '444444444444']
const regions = ['eu-west-1', 'us-east-2']
const places = accounts.flatMap((account) => regions.map((region) => `${account}/${region}`))
const listenerIn = (account: string, region: string): string =>
  `arn:aws:elasticloadbalancing:${region}:${account}:listener/app/shared/0123456789abcdef/fedcba9876543210`

/** What exists at one place. */
const idsAt = (place: string): Record<string, string> => {
  const [account = '', region = ''] = place.split('/')
  const id = (kind: string, number: number): string =>
    `${kind}-${places.indexOf(place)}${String(number).padStart(7, '0')}`
  return {
    VpcId: id('vpc', 1),
    PrivateSubnet1Id: id('subnet', 1),
    PrivateSubnet2Id: id('subnet', 2),
    EndpointSecurityGroupId: id('sg', 1),
    HttpsListenerArn: listenerIn(account, region),
    LoadBalancerSecurityGroupId: id('sg', 2),
    VpcLinkId: `link0${places.indexOf(place)}`,
    VpcLinkSecurityGroupId: id('sg', 3),
    PodsTaskSecurityGroupId: id('sg', 4),
  }
}
const names = Object.keys(idsAt(places[0] ?? ''))

const units = { organizationalUnits: ['ou-ab12-cdef3456'], accounts, regions }
const whole = {
  name: 'shop',
  domain: { name: '{account}.{region}.example.com', existing: true, basePath: 'shop' },
  network: { existing: { endpoints: 'sg-0cccccccccccccccc' } },
  cluster: { existing: 'platform' },
  loadBalancer: {
    existing: {
      listener: listenerIn(accounts[0] ?? '', regions[0] ?? ''),
      securityGroup: 'sg-0eeeeeeeeeeeeeee0',
      serverName: 'internal.example.com',
    },
    priorities: '2000-2999',
  },
  services: {
    web: { image: '111111111111.dkr.ecr.{region}.amazonaws.com/web:1', port: 80, paths: ['/web'] },
    pods: { external: { securityGroup: 'sg-0bbbbbbbbbbbbbbb0' }, port: 8443, paths: ['/pods'] },
  },
  api: {
    vpcLink: { id: 'abc123', securityGroup: 'sg-0ddddddddddddddd0' },
    auth: { users: { jwt: { issuer: 'https://idp.example.com/', audience: ['shop'] } } },
  },
}
const modelOf = (config: object) => parseConfig(JSON.stringify(config, null, 1), 'portcullis.yaml').model
const delivered = (overrides: Record<string, object>, stackSet: object = units, config: object = whole) =>
  modelOf({ ...config, delivery: { stackSet: { ...stackSet, overrides } } })
const everywhere = Object.fromEntries(places.map((place) => [place, idsAt(place)]))

/** Codes and remedies, where the config is refused. */
const refusals = (make: () => unknown): string[] => {
  try {
    make()
    return []
  } catch (error) {
    if (!(error instanceof PortcullisError)) throw error
    return error.diagnostics.map(({ code, remedy }) => `${code} ${remedy}`)
  }
}

describe('accounts within organizational units', () => {
  const model = delivered(everywhere)
  const { Parameters, Resources } = templateOf(model, 'stack-set')

  test('each stack has what exists in its account and region, and nothing is asked for', () => {
    expect(Object.keys(Parameters)).toEqual(['CallAs'])
    const given = Resources.StackSet.Properties.StackInstancesGroup.map(
      ({ DeploymentTargets, Regions, ParameterOverrides }: Json) => [
        `${DeploymentTargets.Accounts}/${Regions}`,
        DeploymentTargets.AccountFilterType,
        Object.fromEntries(
          ParameterOverrides.map(({ ParameterKey, ParameterValue }: Json) => [ParameterKey, ParameterValue]),
        ),
      ],
    )
    expect(given).toEqual(places.map((place) => [place, 'INTERSECTION', expect.objectContaining(idsAt(place))]))
  })

  test('is proved with what the config declares, in all its forms', () => {
    const judged = judge(model, generate(model, assets), codeOf(assets))
    expect(judged.map(({ path, report }) => [path, report.verdict])).toEqual(
      ['template', 'standalone', 'stack-set'].map((name) => [`templates/${name}.yaml`, 'proved']),
    )
  })

  // One of them may have what the config or the stack set says.
  test.each(names)('%s that two places do not give is refused', (name) => {
    const without = (place: string) => {
      const { [name]: _, ...rest } = idsAt(place)
      return { [place]: rest }
    }
    const [first = '', , , last = ''] = places
    const told = refusals(() => delivered({ ...everywhere, ...without(first), ...without(last) }))
    expect(told).toContainEqual(expect.stringMatching(new RegExp(`^PC208 .*\\b${name}\\b.*${last}`)))
  })
})

test.each<[string, object]>([
  ['network', { network: { existing: {} } }],
  ['endpoints', { network: whole.network }],
  ['load balancer', { network: { existing: {} }, loadBalancer: whole.loadBalancer }],
  ['VPC link', { network: { existing: {} }, api: whole.api }],
  ['compute', { network: { existing: {} }, services: { pods: whole.services.pods } }],
  ['everything', whole],
])('organizational units alone are refused for a %s that exists, and told to list accounts', (_, parts) => {
  const zone = { id: 'Z0123456789ABCDEFGHIJ', role: 'arn:aws:iam::222222222222:role/dns', organization: 'o-abc1234567' }
  const config = {
    name: 'shop',
    domain: { name: '{account}.{region}.example.com', zone },
    services: { web: whole.services.web },
    api: { auth: whole.api.auth },
    ...parts,
  }
  const told = refusals(() => delivered({}, { organizationalUnits: units.organizationalUnits, regions }, config))
  expect(told).toContainEqual(expect.stringMatching(/^PC208 list the accounts, and give each its own ids/))
  expect(told.filter((each) => !each.startsWith('PC208') && !each.startsWith('PC50'))).toEqual([])
})

test('the launch form of a product has a field for each, picked from lists where it has no default', () => {
  const model = modelOf({
    ...whole,
    delivery: { serviceCatalog: { portfolio: 'P', owner: 'o', versions: { '1.0.0': 'current' } } },
  })
  const { Parameters, Metadata } = templateOf(model)
  const types = Object.fromEntries([...names, 'ClusterName', 'ServerName'].map((name) => [name, Parameters[name].Type]))
  expect(types).toEqual({
    VpcId: 'AWS::EC2::VPC::Id',
    PrivateSubnet1Id: 'AWS::EC2::Subnet::Id',
    PrivateSubnet2Id: 'AWS::EC2::Subnet::Id',
    EndpointSecurityGroupId: 'AWS::EC2::SecurityGroup::Id',
    LoadBalancerSecurityGroupId: 'AWS::EC2::SecurityGroup::Id',
    VpcLinkSecurityGroupId: 'AWS::EC2::SecurityGroup::Id',
    PodsTaskSecurityGroupId: 'AWS::EC2::SecurityGroup::Id',
    HttpsListenerArn: 'String',
    VpcLinkId: 'String',
    ClusterName: 'String',
    ServerName: 'String',
  })
  const { ParameterGroups, ParameterLabels } = Metadata['AWS::CloudFormation::Interface']
  const shown = ParameterGroups.flatMap(({ Parameters: each }: Json) => each)
  for (const name of Object.keys(types)) {
    expect(shown).toContain(name)
    expect(ParameterLabels[name].default).toMatch(/\w/)
    // Whoever launches it elsewhere sees what it must be.
    if (types[name] === 'String') expect(Parameters[name].AllowedPattern).toMatch(/^\^/)
  }
})

test('the zone ids of VPC links are listed for each region, of environments and of the stack set', () => {
  const { vpcLink: _, ...api } = whole.api
  const { pods: __, ...services } = whole.services
  const { loadBalancer: ___, cluster: ____, ...rest } = whole
  const config = {
    ...rest,
    api,
    services,
    environments: { far: { region: 'ap-southeast-2', account: '555555555555', parameters: idsFor('ap') } },
  }
  const model = delivered(
    Object.fromEntries(places.map((place) => [place, idsFor(place)])),
    { accounts, regions },
    { ...config, domain: { ...whole.domain, zone: 'manual' } },
  )
  const [told = ''] = prerequisites(model).filter((text) => text.includes('AvailabilityZoneId'))
  for (const line of ['ap-southeast-2: apse2-az', 'eu-west-1: euw1-az1, euw1-az2, euw1-az3', 'us-east-2: use2-az1'])
    expect(told).toContain(`\n       ${line}`)
})

/** Those of network and endpoints only, never the same at two places. */
function idsFor(place: string): Record<string, string> {
  const serial = String(places.indexOf(place) + 1)
  return {
    VpcId: `vpc-1000000${serial}`,
    PrivateSubnet1Id: `subnet-1000000${serial}`,
    PrivateSubnet2Id: `subnet-2000000${serial}`,
    EndpointSecurityGroupId: `sg-1000000${serial}`,
  }
}
