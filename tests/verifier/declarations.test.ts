// What a declaration may settle: only what the templates leave open, and nothing else.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { codeOf } from '../../generator/commands/assets.ts'
import { declarationsOfFlags } from '../../generator/commands/flags.ts'
import { type ClaimReport, verify, WrongDeclaration } from '../../verifier/index.ts'
import { assets } from '../support/examples.ts'
import { type Json, readTemplate } from '../support/read-template.ts'
import { without } from '../support/without.ts'

const base: Json = readTemplate(readFileSync('templates/standalone.yaml', 'utf8'))
const own = codeOf(assets)

type Parts = { readonly resources?: Json; readonly parameters?: Json; readonly edit?: (template: Json) => void }
type Flags = Parameters<typeof declarationsOfFlags>[0]

function judge({ resources = {}, parameters = {}, edit }: Parts, flags: Flags = {}) {
  const template = structuredClone(base)
  Object.assign(template.Resources, resources)
  Object.assign(template.Parameters, parameters)
  edit?.(template)
  const declarations = declarationsOfFlags(flags)
  if ('wrong' in declarations) throw new Error(declarations.wrong)
  return verify({
    templates: [{ path: 't.json', text: JSON.stringify(template, null, 1) }],
    readFile: () => undefined,
    ownFunctions: own,
    declarations,
  })
}

const claim = (claims: readonly ClaimReport[], id: string, target: string): ClaimReport => {
  const found = claims.find((each) => each.id === id && each.target === target)
  if (!found) throw new Error(`no ${id} of ${target}`)
  return found
}

const getAtt = (...parts: string[]): Json => ({ 'Fn::GetAtt': parts })
const group = getAtt('LoadBalancerSecurityGroup', 'GroupId')
const ingress = (properties: Json): Json => ({
  XIn: { Type: 'AWS::EC2::SecurityGroupIngress', Properties: { GroupId: group, IpProtocol: '-1', ...properties } },
})
const stored = (name: Json): Json => ({
  XStored: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Name: name, Value: group } },
})

describe('a value that the templates determine is not declared', () => {
  const everybody = { CidrIp: '0.0.0.0/0' }
  const exported: Parts = {
    resources: ingress({ GroupId: { 'Fn::ImportValue': 'x-group' }, ...everybody }),
    edit: (template) => {
      template.Outputs = { ...template.Outputs, XGroup: { Value: group, Export: { Name: 'x-group' } } }
    },
  }
  test.each<[string, Parts, string]>([
    ['an echo', { resources: ingress({ CidrIp: getAtt('Vpc', 'CidrBlock') }) }, 'Vpc.CidrBlock=10.99.0.0/16'],
    [
      'the own ID',
      { resources: ingress({ GroupId: getAtt('OrdersTaskSecurityGroup', 'Id'), ...everybody }) },
      'OrdersTaskSecurityGroup.Id=sg-1',
    ],
    [
      'a list of a property',
      {
        resources: ingress({ GroupId: { 'Fn::Select': [0, getAtt('LoadBalancer', 'SecurityGroups')] }, ...everybody }),
      },
      'LoadBalancer.SecurityGroups=sg-1',
    ],
    [
      'what is stored',
      { resources: { ...stored('/g'), ...ingress({ GroupId: '{{resolve:ssm:/g}}', ...everybody }) } },
      '{{resolve:ssm:/g}}=sg-1',
    ],
    [
      'a parameter that reads what is stored',
      {
        parameters: { XP: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/g' } },
        resources: { ...stored('/g'), ...ingress({ GroupId: { Ref: 'XP' }, ...everybody }) },
      },
      'XP=sg-1',
    ],
    ['an export', exported, 'x-group=sg-1'],
    [
      'an only allowed value',
      {
        parameters: { XP: { Type: 'String', AllowedValues: ['0.0.0.0/0'] } },
        resources: ingress({ CidrIp: { Ref: 'XP' } }),
      },
      'XP=10.99.0.0/16',
    ],
    [
      'a pattern',
      {
        parameters: { XP: { Type: 'String', AllowedPattern: '^0[.]0[.]0[.]0/0$' } },
        resources: ingress({ CidrIp: { Ref: 'XP' } }),
      },
      'XP=10.99.0.0/16',
    ],
  ])('%s', (_name, parts, said) => {
    expect(judge(parts).verdict).not.toBe('proved')
    const [name = '', value = ''] = said.split('=')
    expect(() => judge(parts, { assume: [`${name}.value=${value}`] })).toThrow(WrongDeclaration)
  })

  test.each<[string, Parts, string]>([
    ['a foreign import', { resources: ingress({ CidrIp: { 'Fn::ImportValue': 'net-cidr' } }) }, 'net-cidr'],
    ['what others stored', { resources: ingress({ CidrIp: '{{resolve:ssm:/cidr}}' }) }, '{{resolve:ssm:/cidr}}'],
    [
      'a parameter that reads what others stored',
      {
        parameters: { XP: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/cidr' } },
        resources: ingress({ CidrIp: { Ref: 'XP' } }),
      },
      'XP',
    ],
    ['a parameter', { parameters: { XP: { Type: 'String' } }, resources: ingress({ CidrIp: { Ref: 'XP' } }) }, 'XP'],
    [
      'an attribute of what is not read',
      {
        resources: {
          XC: { Type: 'Custom::Thing', Properties: { ServiceToken: 'arn:aws:lambda:eu-west-1:1:function:f' } },
          ...ingress({ CidrIp: getAtt('XC', 'Cidr') }),
        },
      },
      'XC.Cidr',
    ],
  ])('%s is taken', (_name, parts, name) => {
    const judged = (value: string) =>
      claim(judge(parts, { assume: [`${name}.value=${value}`] }).claims, 'sole-entrance', 'LoadBalancer').verdict
    expect(judged('0.0.0.0/0')).toBe('refuted')
    expect(judged('255.255.255.255/32')).toBe('proved')
  })
})

type Outside = { readonly value: Json; readonly name: string; readonly parameters?: Json }
/** Each form in which a template names a thing that others made. */
const outsides = (type: string, id: string): readonly [string, Outside][] => [
  ['a parameter', { value: { Ref: 'XP' }, name: 'XP', parameters: { XP: { Type: `AWS::EC2::${type}::Id` } } }],
  ['a literal', { value: id, name: id }],
  ['an import', { value: { 'Fn::ImportValue': 'net-x' }, name: 'net-x' }],
  ['a dynamic reference', { value: '{{resolve:ssm:/x}}', name: '{{resolve:ssm:/x}}' }],
]
const groups = outsides('SecurityGroup', 'sg-0123456789abcdef0')
const subnets = outsides('Subnet', 'subnet-0123456789abcdef0')

const network = (template: Json): Json =>
  template.Resources.OrdersService.Properties.NetworkConfiguration.AwsvpcConfiguration

describe.each(groups)('what is said of a group that is given as %s', (_form, { value, name, parameters }) => {
  const carriers: readonly [string, (template: Json) => void][] = [
    ['OrdersService', (template) => network(template).SecurityGroups.push(value)],
    ['LoadBalancer', (template) => template.Resources.LoadBalancer.Properties.SecurityGroups.push(value)],
  ]
  test.each(carriers)('is not said of the rules that the template writes into it: %s', (target, edit) => {
    const flags = { assume: [`${name}.ingress=none`] }
    const quiet = judge({ parameters, edit }, flags)
    expect(claim(quiet.claims, 'sole-entrance', target).verdict).toBe('proved')
    const resources = ingress({ GroupId: value, CidrIp: '0.0.0.0/0' })
    for (const given of [{}, flags])
      expect(claim(judge({ parameters, edit, resources }, given).claims, 'sole-entrance', target).verdict).toBe(
        'refuted',
      )
  })

  test('is not said of what the template lets out of it', () => {
    const edit = (template: Json) => {
      network(template).SecurityGroups.push(value)
      without(template.Resources, 'OrdersTaskEgressToS3')
      template.Resources.XWay = {
        Type: 'AWS::EC2::Route',
        Properties: {
          RouteTableId: { Ref: 'PrivateRouteTable1' },
          DestinationCidrBlock: '0.0.0.0/0',
          NatGatewayId: 'nat-1',
        },
      }
    }
    const XOut = {
      Type: 'AWS::EC2::SecurityGroupEgress',
      Properties: { GroupId: value, IpProtocol: '-1', CidrIp: '0.0.0.0/0' },
    }
    const egress = (resources: Json) =>
      claim(
        judge({ parameters, edit, resources }, { assume: [`${name}.egress=none`] }).claims,
        'bounded-egress',
        'OrdersService',
      ).verdict
    expect(egress({ XOut })).toBe('refuted')
    expect(egress({})).toBe('proved')
  })

  test('is not said of what carries it in the template', () => {
    const XHost = {
      Type: 'AWS::EC2::Instance',
      Properties: { ImageId: 'ami-1', SubnetId: { Ref: 'PrivateSubnet1' }, SecurityGroupIds: [value] },
    }
    // What is behind its interfaces opens no connection.
    const XEnd = {
      Type: 'AWS::EC2::VPCEndpoint',
      Properties: {
        VpcId: { Ref: 'Vpc' },
        VpcEndpointType: 'Interface',
        ServiceName: 'com.amazonaws.eu-west-1.sqs',
        SubnetIds: [{ Ref: 'PrivateSubnet1' }],
        SecurityGroupIds: [value],
      },
    }
    const resources = ingress({ SourceSecurityGroupId: value })
    // That nothing gets into a host says nothing of what it sends by itself.
    for (const [said, alone] of [
      ['carriers=VpcLink', 'proved'],
      ['carriers=none', 'proved'],
      ['ingress=none', 'undecided'],
    ]) {
      const flags = { assume: [`${name}.${said}`] }
      const verdict = (more: Json) =>
        claim(
          judge({ parameters, resources: { ...resources, ...more } }, flags).claims,
          'sole-entrance',
          'LoadBalancer',
        ).verdict
      expect(verdict({})).toBe(alone)
      expect(verdict({ XHost })).toBe('refuted')
      expect(verdict({ XEnd })).toBe('undecided')
    }
  })
})

describe.each(subnets)('what is said of a subnet that is given as %s', (_form, { value, name, parameters }) => {
  test('is not said of the routes that the template gives to it', () => {
    const edit = (template: Json) => {
      network(template).Subnets = [value]
    }
    const routes: Json = {
      XTable: { Type: 'AWS::EC2::RouteTable', Properties: { VpcId: { Ref: 'Vpc' } } },
      XIts: {
        Type: 'AWS::EC2::SubnetRouteTableAssociation',
        Properties: { RouteTableId: { Ref: 'XTable' }, SubnetId: value },
      },
      XWay: {
        Type: 'AWS::EC2::Route',
        Properties: {
          RouteTableId: { Ref: 'XTable' },
          DestinationCidrBlock: '0.0.0.0/0',
          NatGatewayId: 'nat-0123456789abcdef0',
        },
      },
    }
    const verdict = (resources: Json, flags: Flags) =>
      claim(judge({ parameters, edit, resources }, flags).claims, 'bounded-egress', 'OrdersService').verdict
    const flags = { assume: [`${name}.routes=none`] }
    expect(verdict({}, {})).toBe('undecided')
    expect(verdict({}, flags)).toBe('proved')
    expect(verdict(routes, {})).toBe('refuted')
  })
})

const settlesOf = ({ unknowns = [] }: Pick<ClaimReport, 'unknowns'>) => unknowns.map(({ settle }) => settle)

describe('what is said of a parameter is not said of everything that contains it', () => {
  test.each<[string, Json, Json, string]>([
    ['the range of the VPC', {}, { CidrIp: '10.0.0.0/8' }, 'VpcCidr'],
    ['a range that is the VPC’s', {}, { CidrIp: { Ref: 'VpcCidr' } }, 'VpcCidr'],
    ['a range', { XP: { Type: 'String' } }, { CidrIp: { Ref: 'XP' } }, 'XP'],
    ['a port', { XP: { Type: 'Number' } }, { IpProtocol: 'tcp', FromPort: 1, ToPort: { Ref: 'XP' } }, 'XP'],
  ])('%s: ingress=none', (_name, parameters, properties, name) => {
    const resources = ingress({ CidrIp: '10.0.0.0/8', ...properties })
    const edit = (template: Json) => {
      // Without a default, so that no value of its own refutes.
      delete template.Parameters.VpcCidr.Default
    }
    for (const flags of [{}, { assume: [`${name}.ingress=none`] }]) {
      const found = claim(judge({ parameters, resources, edit }, flags).claims, 'sole-entrance', 'LoadBalancer')
      expect(found.verdict).not.toBe('proved')
      expect(settlesOf(found).join()).not.toMatch(/ingress=none/)
    }
  })

  test('the range of the VPC is given as a value', () => {
    const resources = ingress({ CidrIp: '10.99.0.0/16' })
    const edit = (template: Json) => {
      delete template.Parameters.VpcCidr.Default
    }
    const found = (flags: Flags) => claim(judge({ resources, edit }, flags).claims, 'sole-entrance', 'LoadBalancer')
    expect(settlesOf(found({}))).toEqual(['--parameter VpcCidr=VALUE'])
    expect(found({ parameter: ['VpcCidr=10.20.0.0/16'] }).verdict).toBe('proved')
    expect(found({ parameter: ['VpcCidr=10.99.0.0/16'] }).verdict).toBe('refuted')
  })

  const arn = (role: string) => `arn:\${AWS::Partition}:iam::\${AWS::AccountId}:role/${role}`
  test.each<[string, Json]>([
    ['Fn::Sub', { 'Fn::Sub': arn('Admin') }],
    [
      'Fn::Join',
      { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::', { Ref: 'AWS::AccountId' }, ':role/Admin']] },
    ],
  ])('a role by its ARN: %s', (_form, role) => {
    const edit = (template: Json) => {
      template.Resources.OrdersTaskDefinition.Properties.TaskRoleArn = role
      template.Resources.CatalogTaskDefinition.Properties.TaskRoleArn = { 'Fn::Sub': arn('Other') }
    }
    const found = (...assume: string[]) => claim(judge({ edit }, { assume }).claims, 'no-side-door', 't.json')
    const settles = [`--assume '${arn('Admin')}.rights=none'`, `--assume '${arn('Other')}.rights=none'`]
    expect(settlesOf(found()).toSorted()).toEqual(settles)
    expect(settlesOf(found(`${arn('Admin')}.rights=none`))).toEqual(settles.slice(1))
    expect(settlesOf(found('AWS::AccountId.rights=none', 'AWS::Partition.rights=none')).toSorted()).toEqual(settles)
    expect(found(`${arn('Admin')}.rights=none`, `${arn('Other')}.rights=none`).verdict).toBe('proved')
  })
})

describe('what no flag settles is said in words', () => {
  const by = (id: Json, resources: Json = {}): Parts => ({
    resources: { ...resources, ...ingress({ GroupId: id, CidrIp: '0.0.0.0/0' }) },
  })
  const nested = JSON.stringify({
    Parameters: { G: { Type: 'String', Default: 'sg-1' } },
    Resources: {
      R: {
        Type: 'AWS::EC2::SecurityGroupIngress',
        Properties: { GroupId: { Ref: 'G' }, IpProtocol: '-1', CidrIp: '0.0.0.0/0' },
      },
    },
  })
  test.each<[string, Parts]>([
    [
      'a dynamic reference whose name is put together',
      by({ 'Fn::Sub': '{{resolve:ssm:${XStored}}}' }, stored({ Ref: 'AWS::NoValue' })),
    ],
    ['a dynamic reference in pieces', by({ 'Fn::Join': ['', ['{{resolve:ssm:', '/a/b', '}}']] }, stored('/a/b'))],
    [
      'a resource that is named after the group',
      by({ Ref: 'XRule' }, { XRule: { Type: 'AWS::Events::Rule', Properties: { Name: group } } }),
    ],
    [
      'a part of a secret',
      by('{{resolve:secretsmanager:s:SecretString:g}}', {
        XSecret: {
          Type: 'AWS::SecretsManager::Secret',
          Properties: { Name: 's', SecretString: { 'Fn::Sub': '{"g":"${LoadBalancerSecurityGroup.GroupId}"}' } },
        },
      }),
    ],
    [
      'a parameter of a stack set',
      {
        resources: {
          XSet: {
            Type: 'AWS::CloudFormation::StackSet',
            Properties: {
              StackSetName: 'x',
              PermissionModel: 'SELF_MANAGED',
              Parameters: [{ ParameterKey: 'G', ParameterValue: group }],
              TemplateBody: nested,
            },
          },
        },
      },
    ],
  ])('%s', (_name, parts) => {
    const found = claim(judge(parts).claims, 'sole-entrance', 'LoadBalancer')
    expect(found.verdict).toBe('undecided')
    expect(settlesOf(found).filter((settle) => settle.startsWith('--'))).toEqual([])
  })
})

describe('what a certificate from outside covers', () => {
  const arn = (id: string) => `arn:aws:acm:\${AWS::Region}:\${AWS::AccountId}:certificate/${id}`
  const tls = (certificate: Json, assume: readonly string[], parameters: Json = {}) => {
    const edit = (template: Json) => {
      template.Resources.HttpsListener.Properties.Certificates = [{ CertificateArn: certificate }]
    }
    return claim(judge({ edit, parameters }, { assume }).claims, 'verified-tls', 'HttpApi')
  }
  const host = '${DomainName}'
  const covers = (name: string) => `${name}.covers=${host}`

  test('is said of the whole ARN', () => {
    const certificate = { 'Fn::Sub': arn('a') }
    expect(tls(certificate, [covers('AWS::Region'), covers('AWS::AccountId')]).verdict).toBe('undecided')
    expect(settlesOf(tls(certificate, []))).toEqual([`--assume '${arn('a')}.covers=HOST'`])
    expect(tls(certificate, [covers(arn('a'))]).verdict).toBe('proved')
  })

  test('is said of each that it may be', () => {
    const parameters = { XA: { Type: 'String' }, XB: { Type: 'String' }, XN: { Type: 'Number' } }
    const certificate = { 'Fn::Select': [{ Ref: 'XN' }, [{ Ref: 'XA' }, { Ref: 'XB' }]] }
    expect(tls(certificate, [covers('XA')], parameters).verdict).toBe('undecided')
    expect(tls(certificate, [covers('XA'), 'XB.covers=other.example.com'], parameters).verdict).toBe('refuted')
  })
})

describe('the routes of a subnet, next to a route in a table from outside', () => {
  const isolated: Json = readTemplate(readFileSync('tests/verifier/cases/isolated.yaml', 'utf8'))
  const subnets = ['SubnetA', 'SubnetB']
  const both = subnets.map((id) => `${id}.routes=none`)
  type Surroundings = { readonly associated: boolean; readonly vpc: 'own' | 'foreign'; readonly table?: Json }
  const egress = ({ associated, vpc, table }: Surroundings, assume: readonly string[] = []): ClaimReport => {
    const template = structuredClone(isolated)
    template.Parameters = { AnyVpc: { Type: 'String' }, AnyTable: { Type: 'String' } }
    template.Resources.Out = {
      Type: 'AWS::EC2::SecurityGroupEgress',
      Properties: { GroupId: { Ref: 'TaskGroup' }, IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '0.0.0.0/0' },
    }
    if (table)
      template.Resources.Far = {
        Type: 'AWS::EC2::Route',
        Properties: { RouteTableId: table, DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: 'nat-1' },
      }
    if (!associated) for (const id of ['AssociationA', 'AssociationB']) delete template.Resources[id]
    if (vpc === 'foreign') {
      delete template.Resources.Vpc
      for (const { Properties } of Object.values<Json>(template.Resources))
        if (Properties?.VpcId) Properties.VpcId = { Ref: 'AnyVpc' }
    }
    const declarations = declarationsOfFlags({ assume: [...assume] })
    if ('wrong' in declarations) throw new Error(declarations.wrong)
    const templates = [{ path: 't.json', text: JSON.stringify(template) }]
    return claim(verify({ templates, readFile: () => undefined, declarations }).claims, 'bounded-egress', 'Service')
  }

  const tables: readonly (readonly [string, Json | undefined])[] = [
    ['none', undefined],
    ['a literal', 'rtb-0123456789abcdef0'],
    ['a parameter', { Ref: 'AnyTable' }],
    ['an import', { 'Fn::ImportValue': 'table' }],
  ]
  describe.each(tables)('%s', (_, table) => {
    test.each(['own', 'foreign'] as const)('are determined where a table is associated, in an %s VPC', (vpc) => {
      const given = { associated: true, vpc, ...(table ? { table } : {}) }
      expect(egress(given).verdict).toBe('proved')
      expect(() => egress(given, both)).toThrow(WrongDeclaration)
    })

    test.each(['own', 'foreign'] as const)('are open where the main table counts, in an %s VPC', (vpc) => {
      const given = { associated: false, vpc, ...(table ? { table } : {}) }
      const isOpen = vpc === 'foreign' || table !== undefined
      const found = egress(given)
      expect(found.verdict).toBe(isOpen ? 'undecided' : 'proved')
      if (!isOpen) {
        expect(() => egress(given, both)).toThrow(WrongDeclaration)
        return
      }
      expect(found.unknowns?.map(({ settle }) => settle)).toEqual(both.map((each) => `--assume ${each}`))
      expect(egress(given, both.slice(0, 1)).verdict).toBe('undecided')
      const told = egress(given, both)
      expect(told.verdict).toBe('proved')
      expect(told.used).toEqual(both.map((each) => `--assume ${each}`))
    })
  })
})

describe('a rule that cannot be read', () => {
  const inGroup =
    (section: Json) =>
    (template: Json): void => {
      template.Resources.LoadBalancerSecurityGroup.Properties.SecurityGroupIngress = section
    }
  const everybody = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '0.0.0.0/0' }
  const parameters = {
    XP: { Type: 'String' },
    XQ: { Type: 'String' },
    XList: { Type: 'CommaDelimitedList' },
    XDefault: { Type: 'String', Default: 'x' },
  }
  const rules: readonly (readonly [string, Json])[] = [
    ['a parameter', { Ref: 'XP' }],
    ['a list by parameter', { Ref: 'XList' }],
    ['a default', { Ref: 'XDefault' }],
    ['an item by parameter', [{ Ref: 'XP' }]],
    ['one of a list', [{ 'Fn::Select': [0, { Ref: 'XList' }] }]],
    ['an import', { 'Fn::ImportValue': 'x-rules' }],
    ['what is stored', [everybody, '{{resolve:ssm:/x/rules}}']],
    ['a text', ['x']],
  ]
  test.each(rules)('as a whole, %s, is written in the template', (_, section) => {
    const parts: Parts = { parameters, edit: inGroup(section) }
    const found = claim(judge(parts).claims, 'sole-entrance', 'LoadBalancer')
    if (found.verdict === 'refuted') return
    expect(found).toMatchObject({ verdict: 'undecided' })
    expect(found.unknowns).toEqual([
      {
        name: 'the ingress rules of LoadBalancerSecurityGroup',
        settle: 'write in the template, as AWS accepts it: the ingress rules of LoadBalancerSecurityGroup',
      },
    ])
    const assume = ['XP', 'XList', 'x-rules', 'the ingress rules of LoadBalancerSecurityGroup'].map(
      (name) => `${name}.ingress=none`,
    )
    for (const each of assume) {
      try {
        expect(claim(judge(parts, { assume: [each] }).claims, 'sole-entrance', 'LoadBalancer').verdict).not.toBe(
          'proved',
        )
      } catch (error) {
        expect(error).toBeInstanceOf(WrongDeclaration)
      }
    }
  })

  const words = 'write in the template, as AWS accepts it: the protocol and ports of XIn'
  test.each<[string, Json, readonly string[]]>([
    ['a port that is none', { FromPort: 'https', ToPort: 'https' }, [words]],
    ['a port with a leading zero', { FromPort: '0443', ToPort: 443 }, [words]],
    ['a protocol that is none', { IpProtocol: 'http' }, [words]],
    ['a port by attribute', { FromPort: getAtt('LoadBalancer', 'DNSName') }, [words]],
    ['a port by parameter', { FromPort: { Ref: 'XP' } }, ['--parameter XP=VALUE']],
    [
      'two by parameter',
      { FromPort: { Ref: 'XP' }, ToPort: { Ref: 'XQ' } },
      ['--parameter XP=VALUE', '--parameter XQ=VALUE'],
    ],
    ['one by import', { ToPort: { 'Fn::ImportValue': 'x-port' } }, ['--assume x-port.value=VALUE']],
    ['a protocol by parameter', { IpProtocol: { Ref: 'XP' } }, ['--parameter XP=VALUE']],
  ])('%s', (_, properties, settles) => {
    const parts: Parts = { parameters, resources: ingress({ ...everybody, ...properties }) }
    const found = claim(judge(parts).claims, 'sole-entrance', 'LoadBalancer')
    expect(found.verdict).toBe('undecided')
    expect(found.unknowns?.map(({ settle }) => settle)).toEqual(settles)
    expect(() => judge(parts, { assume: ['XIn.ingress=none'] })).toThrow(WrongDeclaration)
  })

  test.each([
    ['443', 'refuted'],
    ['444', 'proved'],
    ['x', 'undecided'],
  ])('its port is given as %s', (value, verdict) => {
    const parts: Parts = {
      parameters,
      resources: ingress({ ...everybody, FromPort: { Ref: 'XP' }, ToPort: { Ref: 'XP' } }),
    }
    const found = claim(judge(parts, { parameter: [`XP=${value}`] }).claims, 'sole-entrance', 'LoadBalancer')
    expect(found.verdict).toBe(verdict)
    if (verdict === 'undecided') expect(found.unknowns?.[0]?.settle).toBe('give XP a value that can be used there')
  })
})

describe('what is found by a name that cannot be worked out', () => {
  const isolated = readFileSync('tests/verifier/cases/isolated.yaml', 'utf8')
  // An unquoted On is a boolean to YAML 1.1, and so no name of a parameter for certain.
  const child = (peer: string, group = '!Ref BalancerGroup', outputs = ''): string =>
    `${isolated.replace(
      'Resources:',
      `Parameters:
  On: { Type: String }
  List: { Type: CommaDelimitedList, Default: x }
Resources:
  Rule:
    Type: AWS::EC2::SecurityGroupIngress
    Properties: { GroupId: ${group}, IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: ${peer} }`,
    )}\n${outputs}`
  const parent = `
Parameters: { P: { Type: String } }
Resources:
  Nested:
    Type: AWS::CloudFormation::Stack
    Properties: { TemplateURL: child.yaml, Parameters: { On: !Ref P, List: !Ref P } }`
  const reportOf = (text: string, parameters: ReadonlyMap<string, string> = new Map()) =>
    verify({
      templates: [{ path: 'parent.yaml', text: parent }],
      readFile: (path) => (path === 'child.yaml' ? text : undefined),
      declarations: { parameters },
    })
  const names = [
    '!Ref On',
    '!Sub "${On}-x"',
    '!Join ["", [!Ref On, x]]',
    '!Select [0, !Ref List]',
    '!Select [0, !Split [",", !Ref List]]',
    '!GetAtt Nobody.Id',
    '{ "Fn::Unknown": x }',
  ]
  const lookups = names.flatMap((name) => [`{ "Fn::ImportValue": ${name} }`, `{ "Fn::GetStackOutput": [${name}, x] }`])

  test.each(lookups)('%s is called by what a person knows', (lookup) => {
    const report = reportOf(child(lookup))
    const found = claim(report.claims, 'sole-entrance', 'LoadBalancer')
    expect(found.verdict).toBe('undecided')
    const printed = JSON.stringify(report)
    expect(printed).not.toMatch(/\?(?:Ref|Fn::|a doubtful|map|parent\.yaml|import|output)/)
    expect(printed).not.toContain('parent.yaml/Nested:')
  })

  test('a parameter that settles it is named', () => {
    const text = child('{ "Fn::ImportValue": !Select [0, !Ref List] }')
    const settles = claim(reportOf(text).claims, 'sole-entrance', 'LoadBalancer').unknowns?.map(({ settle }) => settle)
    expect(settles).toContain('--parameter P=VALUE')
    const told = reportOf(text, new Map([['P', 'net-a,net-b']]))
    expect(claim(told.claims, 'sole-entrance', 'LoadBalancer').unknowns).toEqual([
      { name: 'net-a', settle: '--assume net-a.value=VALUE' },
    ])
  })

  test.each(['!Ref On', '{ "Fn::Unknown": x }', '!Sub "${Nobody}-x"'])('%s may name an own export', (name) => {
    const outputs = 'Outputs: { Group: { Value: !Ref BalancerGroup, Export: { Name: a-x } } }'
    const text = child('0.0.0.0/0', `{ "Fn::ImportValue": ${name} }`, outputs)
    expect(claim(reportOf(text).claims, 'sole-entrance', 'LoadBalancer').verdict).toBe('undecided')
  })
})
