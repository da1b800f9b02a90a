// Whatever a template holds, a run ends by itself with one of its exit codes, within some hundred megabytes.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Json } from '../support/read-template.ts'
import { measuredVerify } from '../support/run-verify.ts'
import { isolated } from './laws/bases.ts'

const megabytes = 500
const { template: base, roles } = isolated

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'portcullis-bounds-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

type Hostile = {
  readonly name: string
  readonly files: () => Readonly<Record<string, Json>>
  /** Those that are right besides being unreadable, which a limit may make of anything. */
  readonly exits: readonly number[]
}

const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index))
const named = (count: number, make: (index: number) => [string, Json]): Json => Object.fromEntries(times(count, make))
const ref = (id: string): Json => ({ Ref: id })

const changed =
  (change: (template: Json) => void): (() => Readonly<Record<string, Json>>) =>
  () => {
    const template = structuredClone(base)
    template.Parameters = {}
    template.Conditions = {}
    change(template)
    return { 't.json': template }
  }
const fromLink = (Condition?: string): Json => ({
  Type: 'AWS::EC2::SecurityGroupIngress',
  ...(Condition ? { Condition } : {}),
  Properties: {
    GroupId: ref(roles.balancerGroup),
    IpProtocol: 'tcp',
    FromPort: 443,
    ToPort: 443,
    SourceSecurityGroupId: ref(roles.linkGroup),
  },
})
const choices = (template: Json, count: number): void => {
  Object.assign(
    template.Parameters,
    named(count, (index) => [`P${index}`, { Type: 'String', AllowedValues: ['a', 'b'] }]),
  )
  Object.assign(
    template.Conditions,
    named(count, (index) => [`C${index}`, { 'Fn::Equals': [ref(`P${index}`), 'b'] }]),
  )
}
const open = (Condition: string): Json => ({
  Type: 'AWS::EC2::SecurityGroupIngress',
  Condition,
  Properties: { GroupId: ref(roles.balancerGroup), IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '0.0.0.0/0' },
})
const nestedTimes = (depth: number, wrap: (inner: Json) => Json, innermost: Json): Json =>
  times(depth, () => 0).reduce<Json>((inner) => wrap(inner), innermost)

const chain = (depth: number): Readonly<Record<string, Json>> => {
  const stack = (file: string, Parameters: Json): Json => ({
    Type: 'AWS::CloudFormation::Stack',
    Properties: { TemplateURL: file, Parameters },
  })
  const root = structuredClone(base)
  root.Resources.Next = stack('./s0.json', { X: 'aaaaaaaa' })
  return {
    't.json': root,
    ...named(depth, (index) => [
      `s${index}.json`,
      {
        Parameters: { X: { Type: 'String' } },
        Resources: { Next: stack(`./s${index + 1}.json`, { X: { 'Fn::Sub': '${X}${X}${X}${X}' } }) },
      },
    ]),
    [`s${depth}.json`]: { Resources: { Handle: { Type: 'AWS::CloudFormation::WaitConditionHandle' } } },
  }
}

const patterns: readonly [name: string, pattern: string, value: string, isMet?: boolean][] = [
  ['alternatives in a loop', '(a|a|a|a|a|a|a|a|a|a)*b', 'a'.repeat(25)],
  ['alternatives in a loop, on a text of 20', '(a|a|a|a|a|a|a|a|a|a)*b', 'a'.repeat(20)],
  ['a loop in a loop', '(a+)+b', 'a'.repeat(30)],
  ['loops one after the other', `${'a*'.repeat(20)}b`, 'a'.repeat(30)],
  ['words with spaces', '^(\\w+\\s?)*$', `${'word '.repeat(8)}!`],
  ['a reference back', '(a*)\\1*b', 'a'.repeat(40)],
  ['a look ahead in a loop', '((?=a)a+)+b', 'a'.repeat(30)],
  ['a great count', '((a{1,100}){1,100}){1,100}b', 'a'.repeat(40)],
  ['an endless class', `[${'a-z'.repeat(5000)}]*`, 'a', true],
]

const hostiles: readonly Hostile[] = [
  ...patterns.map(([name, AllowedPattern, value, isMet = false]) => ({
    name: `a pattern: ${name}`,
    // Where the pattern refuses the value, no world opens it; whether it does may be too much to find out.
    exits: isMet ? [1, 2] : [0, 2],
    files: changed((template) => {
      template.Parameters.Mode = { Type: 'String', Default: 'x', AllowedPattern }
      template.Conditions.IsOpen = { 'Fn::Equals': [ref('Mode'), value] }
      template.Resources.Extra = open('IsOpen')
    }),
  })),
  {
    name: '30 rules under independent conditions, all harmless',
    exits: [0],
    files: changed((template) => {
      choices(template, 30)
      Object.assign(
        template.Resources,
        named(30, (index) => [`R${index}`, fromLink(`C${index}`)]),
      )
    }),
  },
  {
    name: '30 rules under independent conditions, the last one opens',
    exits: [1],
    files: changed((template) => {
      choices(template, 30)
      Object.assign(
        template.Resources,
        named(29, (index) => [`R${index}`, fromLink(`C${index}`)]),
        { Open: open('C29') },
      )
    }),
  },
  {
    name: '200 conditions, each of all the others before',
    exits: [0, 1, 2],
    files: changed((template) => {
      choices(template, 40)
      Object.assign(
        template.Conditions,
        named(160, (index) => [
          `D${index}`,
          {
            [index % 2 ? 'Fn::Or' : 'Fn::And']: [
              { Condition: index < 2 ? `C${index}` : `D${index - 1}` },
              { 'Fn::Not': [{ Condition: index < 2 ? `C${index + 2}` : `D${index - 2}` }] },
              { Condition: `C${index % 40}` },
            ],
          },
        ]),
      )
      template.Resources.Extra = open('D159')
    }),
  },
  {
    name: 'a condition that 40 parameters together decide',
    exits: [0, 1, 2],
    files: changed((template) => {
      choices(template, 40)
      template.Conditions.IsOpen = {
        'Fn::Equals': [{ 'Fn::Join': ['', times(40, (index) => ref(`P${index}`))] }, 'b'.repeat(40)],
      }
      template.Resources.Extra = open('IsOpen')
    }),
  },
  ...(['Fn::If', 'Fn::Sub', 'Fn::Join', 'Fn::Select'] as const).map((name) => ({
    name: `${name} 1,000 deep`,
    exits: [0, 1, 2],
    files: changed((template) => {
      choices(template, 1)
      const wrap: Readonly<Record<string, (inner: Json) => Json>> = {
        'Fn::If': (inner) => ({ 'Fn::If': ['C0', inner, inner === 'tcp' ? 'udp' : '17'] }),
        'Fn::Sub': (inner) => ({ 'Fn::Sub': ['${V}', { V: inner }] }),
        'Fn::Join': (inner) => ({ 'Fn::Join': ['', [inner]] }),
        'Fn::Select': (inner) => ({ 'Fn::Select': [0, [inner]] }),
      }
      template.Resources.Extra = fromLink()
      template.Resources.Extra.Properties.IpProtocol = nestedTimes(1000, wrap[name] as (inner: Json) => Json, 'tcp')
    }),
  })),
  {
    name: 'Fn::If with 2^20 leaves',
    exits: [0, 1, 2],
    files: changed((template) => {
      choices(template, 20)
      // The same object on both sides would be 2^20 texts once printed: the branches hand on through conditions instead.
      const stored = named(20, (index) => [
        `Stored${index}`,
        {
          Type: 'AWS::SSM::Parameter',
          Properties: {
            Type: 'String',
            Value: {
              'Fn::If': [
                `C${index}`,
                index === 0 ? 'tcp' : { 'Fn::GetAtt': [`Stored${index - 1}`, 'Value'] },
                index === 0 ? 'udp' : { 'Fn::Sub': `\${Stored${index - 1}.Value}` },
              ],
            },
          },
        },
      ])
      Object.assign(template.Resources, stored, { Extra: fromLink() })
      template.Resources.Extra.Properties.IpProtocol = { 'Fn::GetAtt': ['Stored19', 'Value'] }
    }),
  },
  {
    name: 'JSON 100,000 deep',
    exits: [],
    files: () => ({
      't.json': `{"Resources":{"A":{"Type":"AWS::S3::Bucket","Properties":{"X":${'['.repeat(100_000)}${']'.repeat(100_000)}}}}}`,
    }),
  },
  {
    name: 'YAML 20,000 deep',
    exits: [],
    files: () => ({
      't.json': `Resources:\n  A:\n    Type: AWS::S3::Bucket\n    Properties: ${'['.repeat(20_000)}${']'.repeat(20_000)}\n`,
    }),
  },
  {
    name: 'YAML aliases that multiply',
    exits: [],
    files: () => ({
      't.json': `Metadata:\n  a0: &a0 [x, x]\n${times(30, (index) => `  a${index + 1}: &a${index + 1} [*a${index}, *a${index}]\n`).join('')}Resources:\n  A:\n    Type: AWS::S3::Bucket\n`,
    }),
  },
  {
    name: '500 resources that each name all the others',
    exits: [0, 1, 2],
    files: changed((template) => {
      const all = times(450, (index) => `\${T${index}}`).join('')
      Object.assign(
        template.Resources,
        named(450, (index) => [
          `T${index}`,
          { Type: 'AWS::SNS::Topic', Properties: { DisplayName: { 'Fn::Sub': all.replace(`\${T${index}}`, '') } } },
        ]),
      )
    }),
  },
  {
    name: '200 groups that all admit each other',
    exits: [0, 1, 2],
    files: changed((template) => {
      Object.assign(
        template.Resources,
        named(200, (index) => [
          `G${index}`,
          {
            Type: 'AWS::EC2::SecurityGroup',
            Properties: {
              GroupDescription: 'g',
              VpcId: ref(roles.vpc),
              SecurityGroupIngress: times(60, (other) => ({
                IpProtocol: 'tcp',
                FromPort: 443,
                ToPort: 443,
                SourceSecurityGroupId: { 'Fn::GetAtt': [`G${(index + other + 1) % 200}`, 'GroupId'] },
              })),
            },
          },
        ]),
      )
      template.Resources[roles.loadBalancer].Properties.SecurityGroups.push(ref('G0'))
    }),
  },
  {
    name: 'a map of 10,000 keys, chosen by a parameter',
    exits: [0, 1, 2],
    files: changed((template) => {
      template.Mappings = { Ranges: named(10_000, (index) => [`k${index}`, { cidr: `10.0.${index % 256}.0/24` }]) }
      template.Parameters.Key = { Type: 'String' }
      template.Resources.Extra = fromLink()
      template.Resources.Extra.Properties.SourceSecurityGroupId = undefined
      template.Resources.Extra.Properties.CidrIp = { 'Fn::FindInMap': ['Ranges', ref('Key'), 'cidr'] }
    }),
  },
  {
    name: 'loops in loops, 10^6 resources',
    exits: [0, 1, 2],
    files: changed((template) => {
      template.Transform = 'AWS::LanguageExtensions'
      const digits = times(10, String)
      const loops = times(6, (index) => `L${index}`)
      const innermost: Json = {
        [`T${loops.map((each) => `\${${each}}`).join('')}`]: { Type: 'AWS::SNS::Topic', Properties: {} },
      }
      Object.assign(
        template.Resources,
        loops.reduceRight<Json>((inner, each) => ({ [`Fn::ForEach::${each}`]: [each, digits, inner] }), innermost),
      )
    }),
  },
  {
    name: 'a loop over 1,000 parameters',
    exits: [0, 1, 2],
    files: changed((template) => {
      template.Transform = 'AWS::LanguageExtensions'
      template.Parameters.Names = { Type: 'CommaDelimitedList', Default: times(1000, (index) => `n${index}`).join(',') }
      template.Resources['Fn::ForEach::All'] = [
        'N',
        ref('Names'),
        { 'T${N}': { Type: 'AWS::SNS::Topic', Properties: {} } },
      ]
    }),
  },
  {
    name: 'a stack in itself',
    exits: [0, 1, 2],
    files: changed((template) => {
      template.Resources.Self = { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: './t.json' } }
    }),
  },
  {
    name: 'a stack that holds itself ten times',
    exits: [0, 1, 2],
    files: changed((template) => {
      Object.assign(
        template.Resources,
        named(10, (index) => [
          `Self${index}`,
          { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: './t.json' } },
        ]),
      )
    }),
  },
  { name: 'a text that each of 30 stacks repeats four times', exits: [0, 1, 2], files: () => chain(30) },
  {
    name: 'references in a circle',
    exits: [0, 1, 2],
    files: changed((template) => {
      Object.assign(
        template.Resources,
        named(50, (index) => [
          `S${index}`,
          {
            Type: 'AWS::SSM::Parameter',
            Properties: { Type: 'String', Value: { 'Fn::GetAtt': [`S${(index + 1) % 50}`, 'Value'] } },
          },
        ]),
        { Extra: fromLink() },
      )
      template.Resources.Extra.Properties.SourceSecurityGroupId = { 'Fn::GetAtt': ['S0', 'Value'] }
    }),
  },
  {
    name: 'conditions in a circle',
    exits: [0, 1, 2],
    files: changed((template) => {
      template.Conditions = {
        A: { 'Fn::Not': [{ Condition: 'B' }] },
        B: { 'Fn::Or': [{ Condition: 'A' }, { Condition: 'A' }] },
      }
      template.Resources.Extra = open('A')
    }),
  },
  {
    name: 'a text of itself, by SSM parameters, 40 times twice',
    exits: [0, 1, 2],
    files: changed((template) => {
      Object.assign(
        template.Resources,
        named(40, (index) => [
          `S${index}`,
          {
            Type: 'AWS::SSM::Parameter',
            Properties: {
              Type: 'String',
              Value: index === 0 ? 'sg-0123456789' : { 'Fn::Sub': `\${S${index - 1}.Value}\${S${index - 1}.Value}` },
            },
          },
        ]),
        { Extra: fromLink() },
      )
      template.Resources.Extra.Properties.SourceSecurityGroupId = { 'Fn::GetAtt': ['S39', 'Value'] }
    }),
  },
  {
    name: '1,000 parameters with allowed values',
    exits: [0, 1, 2],
    files: changed((template) => {
      Object.assign(
        template.Parameters,
        named(1000, (index) => [
          `P${index}`,
          { Type: 'String', Default: 'v0', AllowedValues: times(50, (each) => `v${each}`) },
        ]),
      )
      template.Resources[roles.loadBalancer].Properties.Name = {
        'Fn::Join': ['', times(1000, (index) => ref(`P${index}`))],
      }
    }),
  },
  {
    name: '60 parameters with 50 allowed values each, that decide together',
    exits: [0, 1, 2],
    files: changed((template) => {
      Object.assign(
        template.Parameters,
        named(60, (index) => [
          `P${index}`,
          { Type: 'String', Default: 'v0', AllowedValues: times(50, (each) => `v${each}`) },
        ]),
      )
      template.Resources[roles.loadBalancer].Properties.Scheme = {
        'Fn::Join': ['', times(60, (index) => ref(`P${index}`))],
      }
    }),
  },
  {
    name: 'a list of 100,000 by Split',
    exits: [0, 1, 2],
    files: changed((template) => {
      template.Resources[roles.loadBalancer].Properties.SecurityGroups = {
        'Fn::Split': [',', Array(100_000).fill('sg-1').join(',')],
      }
    }),
  },
  {
    name: 'Fn::Cidr with a great count',
    exits: [0, 1, 2],
    files: changed((template) => {
      template.Resources[roles.subnet].Properties.CidrBlock = {
        'Fn::Select': [0, { 'Fn::Cidr': ['10.0.0.0/8', 1_000_000_000, 8] }],
      }
    }),
  },
  {
    name: '2,000 open routes',
    exits: [1],
    files: changed((template) => {
      Object.assign(
        template.Resources,
        named(2000, (index) => [
          `R${index}`,
          {
            Type: 'AWS::ApiGatewayV2::Route',
            Properties: {
              ApiId: ref(roles.api),
              RouteKey: `GET /r${index}`,
              Target: { 'Fn::Sub': 'integrations/${Integration}' },
            },
          },
        ]),
      )
    }),
  },
]

test.each(hostiles)('$name', ({ name, exits, files }) => {
  for (const [file, content] of Object.entries(files()))
    writeFileSync(join(folder, file), typeof content === 'string' ? content : JSON.stringify(content))
  const run = measuredVerify(['t.json', '--format', 'json'], folder)
  console.info(`verify: ${name}: exit ${run.status}, ${run.seconds.toFixed(1)} s, ${run.megabytes?.toFixed(0)} MB`)
  expect(exits.length > 0 ? [...exits, 3] : [0, 1, 2, 3]).toContain(run.status)
  expect(run.megabytes).toBeLessThan(megabytes)
})
