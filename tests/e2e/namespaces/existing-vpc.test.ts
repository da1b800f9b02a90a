// An application in a VPC that was there before it, with hosts, endpoints and a database of others: what the application
// adds to their groups opens what it says, and nothing of what is there comes past the API.
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type Json, readTemplate } from '../../support/read-template.ts'
import { Hosts } from './hosts.ts'
import { type Plan, planOf } from './plan.ts'

const emitted: Json = readTemplate(readFileSync('examples/existing-vpc/templates/standalone.yaml', 'utf8'))
const none = { failure: 'no answer' }

const group = (description: string, ...ingress: Json[]): Json => ({
  Type: 'AWS::EC2::SecurityGroup',
  Properties: {
    GroupDescription: description,
    VpcId: { Ref: 'Vpc' },
    SecurityGroupIngress: ingress,
    SecurityGroupEgress: [{ IpProtocol: '-1', CidrIp: '0.0.0.0/0' }],
  },
})
const admitting = (source: string, port: number): Json => ({
  IpProtocol: 'tcp',
  FromPort: port,
  ToPort: port,
  SourceSecurityGroupId: { Ref: source },
})
const subnet = (range: string): Json => ({
  Type: 'AWS::EC2::Subnet',
  Properties: { VpcId: { Ref: 'Vpc' }, CidrBlock: range },
})
const associated = (name: string): Json => ({
  Type: 'AWS::EC2::SubnetRouteTableAssociation',
  Properties: { SubnetId: { Ref: name }, RouteTableId: { Ref: 'Routes' } },
})
const instance = (name: string): Json => ({
  Type: 'AWS::EC2::Instance',
  Properties: { SubnetId: { Ref: 'One' }, SecurityGroupIds: [{ Ref: name }] },
})

/** What its owner has: hosts that may open anything, endpoints and a database that admit these hosts. */
const vpc: Json = {
  Resources: {
    Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
    One: subnet('10.0.1.0/24'),
    Two: subnet('10.0.2.0/24'),
    Routes: { Type: 'AWS::EC2::RouteTable', Properties: { VpcId: { Ref: 'Vpc' } } },
    RoutesOfOne: associated('One'),
    RoutesOfTwo: associated('Two'),
    HostGroup: group('hosts', admitting('HostGroup', 22)),
    Host: instance('HostGroup'),
    EndpointGroup: group('endpoints', admitting('HostGroup', 443)),
    Endpoint: {
      Type: 'AWS::EC2::VPCEndpoint',
      Properties: {
        VpcId: { Ref: 'Vpc' },
        VpcEndpointType: 'Interface',
        ServiceName: 'com.amazonaws.eu-west-1.secretsmanager',
        SubnetIds: [{ Ref: 'One' }, { Ref: 'Two' }],
        SecurityGroupIds: [{ Ref: 'EndpointGroup' }],
      },
    },
    DatabaseGroup: group('database', admitting('HostGroup', 5433)),
    Database: instance('DatabaseGroup'),
    Application: {
      Type: 'AWS::CloudFormation::Stack',
      Properties: {
        TemplateURL: './shop.yaml',
        Parameters: {
          VpcId: { Ref: 'Vpc' },
          PrivateSubnet1Id: { Ref: 'One' },
          PrivateSubnet2Id: { Ref: 'Two' },
          EndpointSecurityGroupId: { Ref: 'EndpointGroup' },
          ShopReachesDatabaseGroup: { Ref: 'DatabaseGroup' },
          S3PrefixListId: 'pl-6da54004',
        },
      },
    },
  },
}

/** The plan of the VPC with the emitted template in it, changed or not. */
const plan = (change: (resources: Json) => void = () => {}): Plan => {
  const template = structuredClone(emitted)
  change(template.Resources)
  return planOf({ stacks: { vpc: JSON.stringify(vpc) }, files: { 'shop.yaml': JSON.stringify(template) } })
}
const without = (id: string): Plan =>
  plan((resources) => {
    if (!(id in resources)) throw new Error(`there is no ${id}`)
    delete resources[id]
  })
const widened = (id: string): Plan =>
  plan((resources) => {
    delete resources[id].Properties.SourceSecurityGroupId
    resources[id].Properties.CidrIp = '0.0.0.0/0'
  })

const [host, endpoint, database] = ['vpc/Host', 'vpc/Endpoint', 'vpc/Database'] as const
const application = 'vpc/Application'
const [task, loadBalancer] = [`${application}/ShopService`, `${application}/LoadBalancer`] as const

let hosts: Hosts
const base = plan()

beforeAll(async () => {
  hosts = await Hosts.start(base, { [host]: [22, 443, 5432], [database]: [5432, 5433] })
})
afterAll(() => hosts?.remove())

const answerOf = (from: string, to: string, port?: number) => hosts.direct(from, to, port === undefined ? {} : { port })
const answered = (by: string) => ({ status: 200, body: `${by} /` })

describe('with the emitted rules', () => {
  beforeAll(() => hosts.apply(base, true))

  test('through the gateway: 401 without a token, 200 with one', () => {
    expect(hosts.throughGateway(application, '/')).toMatchObject({ status: 401 })
    expect(hosts.throughGateway(application, '/', { token: hosts.token })).toEqual(answered(task))
  })

  test.each([
    ['host', host],
    ['endpoint', endpoint],
    ['database', database],
    ['stranger', 'stranger'],
    ['internet', 'internet'],
  ])('no %s comes past it', (_name, from) => {
    expect(answerOf(from, loadBalancer)).toEqual(none)
    expect(answerOf(from, task)).toEqual(none)
  })

  test('tasks reach the endpoints and the port of the database, and nothing else', () => {
    expect(answerOf(task, endpoint)).toEqual(answered(endpoint))
    expect(answerOf(task, database, 5432)).toEqual(answered(database))
    expect(answerOf(task, database, 5433)).toEqual(none)
    for (const port of [22, 443, 5432]) expect(answerOf(task, host, port)).toEqual(none)
    expect(answerOf(task, loadBalancer)).toEqual(none)
  })

  test('what the VPC opened before stays as it was', () => {
    expect(answerOf(host, endpoint)).toEqual(answered(endpoint))
    expect(answerOf(host, database, 5433)).toEqual(answered(database))
    expect(answerOf(host, database, 5432)).toEqual(none)
    expect(answerOf('stranger', endpoint)).toEqual(none)
    expect(answerOf('stranger', database, 5432)).toEqual(none)
  })
})

describe('without', () => {
  test.each([
    ['ShopTaskEgressToEndpoints', endpoint, undefined],
    ['EndpointIngressFromShop', endpoint, undefined],
    ['ShopReachesDatabaseGroupEgress', database, 5432],
    ['ShopReachesDatabaseGroupIngress', database, 5432],
  ])('%s, tasks do not get there', (rule, to, port) => {
    hosts.apply(without(rule), true)
    expect(answerOf(task, to, port)).toEqual(none)
  })
})

test.each([
  ['LoadBalancerIngressFromVpcLink', loadBalancer],
  ['ShopTaskIngressFromLoadBalancer', task],
])('with %s widened, hosts of the VPC come past the API', (rule, to) => {
  hosts.apply(widened(rule), false)
  expect(answerOf(host, to)).not.toEqual(none)
  expect(answerOf('internet', to)).toEqual(none)
})
