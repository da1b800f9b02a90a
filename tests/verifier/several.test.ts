// Templates that are given together: exports meet imports, and what one leaves to its parameters may be of another.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { codeOf } from '../../generator/commands/assets.ts'
import { type Declarations, type Report, verify } from '../../verifier/index.ts'
import { assets } from '../support/examples.ts'
import { type Json, readTemplate } from '../support/read-template.ts'

const base: Json = readTemplate(readFileSync('templates/standalone.yaml', 'utf8'))
const own = codeOf(assets)
const groupOf = (id: string): Json => ({ 'Fn::GetAtt': [id, 'GroupId'] })
const stackName = (name: string): Json => ({ 'Fn::Sub': `\${AWS::StackName}-${name}` })
const byStack = (name: string): Json => ({ 'Fn::ImportValue': { 'Fn::Sub': `\${Network}-${name}` } })

const exporting = (exports: Record<string, [name: Json, value: Json]>, change = (_: Json): void => undefined): Json => {
  const template = structuredClone(base)
  for (const [id, [Name, Value]] of Object.entries(exports)) template.Outputs[id] = { Value, Export: { Name } }
  change(template)
  return template
}
const rule = (GroupId: Json, source: Json = { CidrIp: '0.0.0.0/0' }): Json => ({
  Parameters: { Network: { Type: 'String' }, Group: { Type: 'AWS::EC2::SecurityGroup::Id' } },
  Resources: {
    Other: {
      Type: 'AWS::EC2::SecurityGroupIngress',
      Properties: { GroupId, IpProtocol: 'tcp', FromPort: 443, ToPort: 443, ...source },
    },
  },
})
const judge = (first: Json, second: Json, declarations: Partial<Declarations> = {}): Report =>
  verify({
    templates: [first, second].map((template, index) => ({ path: `${index}.json`, text: JSON.stringify(template) })),
    readFile: () => undefined,
    ownFunctions: own,
    declarations,
  })
const entrance = ({ claims }: Report) =>
  claims.find(({ id, target }) => id === 'sole-entrance' && target === 'LoadBalancer')

const loadBalancerGroup = groupOf('LoadBalancerSecurityGroup')

describe('a rule in another template opens the group of the load balancer', () => {
  test.each([
    ['by the name of an export', 'balancer', { 'Fn::ImportValue': 'balancer' }],
    ['by the name of an export of a stack that a parameter names', stackName('balancer'), byStack('balancer')],
  ])('%s', (_how, name, group) => {
    const report = judge(exporting({ Group: [name, loadBalancerGroup] }), rule(group))
    expect(entrance(report)).toMatchObject({ verdict: 'refuted', because: 'Other admits 0.0.0.0/0' })
  })
})

describe('a rule in another template may open it', () => {
  test.each([
    ['by a parameter', base, { Ref: 'Group' }],
    [
      'by an export whose name a parameter gives',
      exporting({ Group: [stackName('a'), loadBalancerGroup] }),
      { 'Fn::ImportValue': { Ref: 'Network' } },
    ],
    [
      'by an export of a stack with another name',
      exporting({ Group: [stackName('a'), loadBalancerGroup] }),
      { 'Fn::ImportValue': 'live-a' },
    ],
  ])('%s', (_how, first, group) => {
    expect(entrance(judge(first, rule(group)))).toMatchObject({
      verdict: 'undecided',
      because: 'whether Other belongs to LoadBalancerSecurityGroup is not known',
    })
  })
})

test('a parameter that is given names another group', () => {
  const report = judge(base, rule({ Ref: 'Group' }), { parameters: new Map([['Group', 'sg-0123456789abcdef0']]) })
  expect(report.verdict).toBe('proved')
})

test('a function in another template may carry the group of the link', () => {
  const second = {
    Parameters: { Group: { Type: 'AWS::EC2::SecurityGroup::Id' } },
    Resources: {
      Function: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          Role: 'arn:aws:iam::111111111111:role/x',
          Code: { ZipFile: 'x' },
          VpcConfig: { SecurityGroupIds: [{ Ref: 'Group' }], SubnetIds: ['subnet-1'] },
        },
      },
    },
  }
  expect(entrance(judge(base, second))).toMatchObject({ verdict: 'undecided', unknown: { name: 'Group' } })
})

test('the rule from the link may stand in another template', () => {
  const moved = exporting(
    {
      Balancer: [stackName('balancer'), loadBalancerGroup],
      Link: [stackName('link'), groupOf('VpcLinkSecurityGroup')],
    },
    (template) => {
      delete template.Resources.LoadBalancerIngressFromVpcLink
    },
  )
  const second = rule(byStack('balancer'), { SourceSecurityGroupId: byStack('link') })
  const report = judge(moved, second)
  expect(report.claims.filter(({ verdict }) => verdict !== 'proved')).toEqual([])
})
