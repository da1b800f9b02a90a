// What `diff` says of resources: what is touched, what is replaced and why, in every world.
import { describe, expect, test } from '@jest/globals'
import type { Json } from '../../support/read-template.ts'
import { resources, told, updateOf, updateOfFiles } from '../../support/updates.ts'

const group = (Properties: Json = {}): Json => ({ Type: 'AWS::EC2::SecurityGroup', Properties })
const rule = (Properties: Json): Json => ({ Type: 'AWS::EC2::SecurityGroupIngress', Properties })
const service = (Properties: Json): Json => ({ Type: 'AWS::ECS::Service', Properties })
const balancer = (Properties: Json, more: Json = {}): Json => ({
  Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
  Properties,
  ...more,
})
const string = (Default?: string): Json => ({ Type: 'String', ...(Default === undefined ? {} : { Default }) })

describe('resources', () => {
  test('that come, go and change', () => {
    const before = resources({
      Goes: group({ GroupDescription: 'a' }),
      Changes: service({ DesiredCount: 1 }),
      Stays: group(),
    })
    const after = resources({
      Comes: balancer({ Scheme: 'internal' }),
      Changes: service({ DesiredCount: 2 }),
      Stays: group(),
    })
    const update = updateOf(before, after)
    expect(told(update)).toEqual({ Comes: 'added', Goes: 'removed', Changes: 'changed' })
    expect(update.resources.find(({ id }) => id === 'Changes')).toMatchObject({
      key: 'template.json/Changes',
      place: { file: 'template.json', line: expect.any(Number) },
      properties: [{ path: 'DesiredCount', before: '1', after: '2', replaces: 'no' }],
    })
  })

  test('that are replaced, with what it means', () => {
    const { resources: all } = updateOf(
      resources({ It: balancer({ Scheme: 'internal' }) }),
      resources({ It: balancer({ Scheme: 'internet-facing' }) }),
    )
    expect(all).toMatchObject([{ change: 'replaced', effect: expect.stringMatching(/new DNS name/) }])
  })

  test('that refer to one that is replaced follow it, step by step and through attributes', () => {
    const template = (description: string) =>
      resources({
        Group: group({ GroupDescription: description }),
        Rule: rule({ GroupId: { 'Fn::GetAtt': ['Group', 'GroupId'] } }),
        Balancer: balancer({ SecurityGroups: [{ Ref: 'Group' }] }),
        Link: { Type: 'AWS::ApiGatewayV2::VpcLink', Properties: { SecurityGroupIds: [{ 'Fn::Sub': '${Group}' }] } },
        Integration: { Type: 'AWS::ApiGatewayV2::Integration', Properties: { ConnectionId: { Ref: 'Link' } } },
        Apart: group({ GroupDescription: 'a' }),
      })
    const update = updateOf(template('a'), template('b'))
    expect(told(update)).toEqual({
      Group: 'replaced',
      Rule: 'replaced',
      Balancer: 'changed',
      Link: 'replaced',
      Integration: 'changed',
    })
    expect(update.resources.find(({ id }) => id === 'Link')?.properties).toMatchObject([
      { path: 'SecurityGroupIds.0', because: 'template.json/Group', replaces: 'yes' },
    ])
  })

  test('an attribute that gives back a property changes with it, and only then', () => {
    const template = (cidr: string, description: string) =>
      resources({
        Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: cidr, EnableDnsSupport: true } },
        Rule: rule({ CidrIp: { 'Fn::GetAtt': 'Vpc.CidrBlock' }, Description: description }),
      })
    expect(told(updateOf(template('10.0.0.0/16', 'a'), template('10.1.0.0/16', 'a')))).toEqual({
      Vpc: 'replaced',
      Rule: 'replaced',
    })
  })

  test('a type that changes under one logical ID is refused by CloudFormation', () => {
    const { resources: all } = updateOf(resources({ It: group() }), resources({ It: balancer({}) }))
    expect(all).toMatchObject([{ change: 'changed', refused: expect.stringMatching(/another logical ID/) }])
  })

  test('policies count, metadata and order do not', () => {
    const before = resources({
      It: { ...group({ GroupDescription: 'a', VpcId: 'vpc-1' }), Metadata: { A: 1 } },
      B: group(),
    })
    const after = resources({
      B: { ...group(), DeletionPolicy: 'Retain' },
      It: { ...group({ VpcId: 'vpc-1', GroupDescription: 'a' }), DependsOn: 'B' },
    })
    expect(updateOf(before, after).resources).toMatchObject([
      { id: 'B', change: 'changed', properties: [{ path: 'DeletionPolicy', after: 'Retain' }] },
    ])
  })

  test('what is kept when it goes or is replaced says so', () => {
    const kept = { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' }
    const before = resources({ Goes: { ...group(), ...kept }, It: balancer({ Name: 'a' }, kept) })
    expect(updateOf(before, resources({ It: balancer({ Name: 'b' }, kept) })).resources).toMatchObject([
      { change: 'replaced', isKept: true },
      { change: 'removed', isKept: true },
    ])
  })

  test('a new version by design, and what is deleted before it is made anew, say so', () => {
    const task = (Cpu: string) => ({ Type: 'AWS::ECS::TaskDefinition', Properties: { Cpu } })
    const association = (SubnetId: string) => ({
      Type: 'AWS::EC2::SubnetRouteTableAssociation',
      Properties: { SubnetId },
    })
    expect(
      updateOf(resources({ T: task('256'), A: association('a') }), resources({ T: task('512'), A: association('b') }))
        .resources,
    ).toMatchObject([
      { id: 'T', change: 'replaced', isVersion: true },
      { id: 'A', change: 'replaced', isDeletedFirst: true },
    ])
  })

  test('of a custom resource its function decides', () => {
    const custom = (A: string) => resources({ It: { Type: 'Custom::Thing', Properties: { ServiceToken: 'x', A } } })
    expect(updateOf(custom('a'), custom('b')).resources).toMatchObject([
      { change: 'changed', isPossible: true, effect: expect.stringMatching(/its function decides/) },
    ])
  })
})

describe('the same in other words is no change:', () => {
  const one = (Scheme: Json, rest: Json = {}) => resources({ It: balancer({ Scheme, Subnets: ['a', 'b'] }) }, rest)
  const parameters = { Parameters: { P: string('internal') } }
  test.each<[string, Json, Json]>([
    ['a function and its short form', one({ Ref: 'P' }, parameters), one({ 'Fn::Sub': '${P}' }, parameters)],
    ['a literal that becomes a parameter', one('internal'), one({ Ref: 'P' }, parameters)],
    ['a parameter that becomes a literal', one({ Ref: 'P' }, parameters), one('internal')],
    [
      'a mapping',
      one('internal'),
      one({ 'Fn::FindInMap': ['M', 'a', 'b'] }, { Mappings: { M: { a: { b: 'internal' } } } }),
    ],
    [
      'a condition that always holds',
      one('internal'),
      one({ 'Fn::If': ['C', 'internal', 'internet-facing'] }, { Conditions: { C: { 'Fn::Equals': ['a', 'a'] } } }),
    ],
    [
      'a property without a value',
      one('internal'),
      resources({
        It: balancer({ Scheme: 'internal', Subnets: { 'Fn::Split': [',', 'a,b'] }, Name: { Ref: 'AWS::NoValue' } }),
      }),
    ],
    [
      'a number and its text',
      resources({ It: service({ DesiredCount: 2 }) }),
      resources({ It: service({ DesiredCount: '2' }) }),
    ],
  ])('%s', (_, before, after) => {
    expect(updateOf(before, after).resources).toEqual([])
    expect(updateOf(after, before).resources).toEqual([])
  })
})

describe('parameters', () => {
  const template = (P: Json, C?: Json) =>
    resources(
      {
        It: balancer({ Scheme: { 'Fn::If': ['Open', 'internet-facing', 'internal'] } }),
        Perhaps: { ...group(), Condition: 'Open' },
      },
      { Parameters: { P }, Conditions: { Open: C ?? { 'Fn::Equals': [{ Ref: 'P' }, 'yes'] } } },
    )

  test('that both sides have keep their value, and a change under a condition says when', () => {
    const update = updateOf(
      template(string('no')),
      template(string('no'), { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'P' }, 'no'] }] }),
    )
    const when = { P: expect.stringMatching(/any value but/) }
    expect(update.resources).toMatchObject([
      { id: 'It', change: 'replaced', when },
      { id: 'Perhaps', change: 'added', when },
    ])
  })

  test('a default that changes is the value on its side, unless one is given', () => {
    const update = updateOf(template(string('no')), template(string('yes')))
    expect(update.parameters).toEqual([{ name: 'P', change: 'default', before: 'no', after: 'yes' }])
    expect(told(update)).toEqual({ It: 'replaced', Perhaps: 'added' })
    const given = updateOf(template(string('no')), template(string('yes')), { parameters: new Map([['P', 'no']]) })
    expect(given.resources).toEqual([])
  })

  test('where a default comes or goes, what was given stays', () => {
    expect(updateOf(template(string('no')), template(string())).resources).toEqual([])
    expect(updateOf(template(string()), template(string('yes'))).resources).toEqual([])
  })

  test('that are secret are not shown', () => {
    const secret = (Default: string) => ({ Parameters: { P: { ...string(Default), NoEcho: true } } })
    const update = updateOf(resources({ A: group() }, secret('hush')), resources({ A: group() }, secret('hushed')))
    expect(JSON.stringify(update)).not.toContain('hush')
  })
})

describe('nested stacks', () => {
  const parent = (TemplateURL: string, Parameters: Json = {}) =>
    resources({
      Inner: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL, Parameters } },
      Out: rule({ GroupId: { 'Fn::GetAtt': 'Inner.Outputs.Id' } }),
    })
  const inner = (GroupDescription: Json, rest: Json = {}) =>
    resources({ Group: group({ GroupDescription }) }, { Outputs: { Id: { Value: { Ref: 'Group' } } }, ...rest })

  test('are read on both sides, and what comes out of them follows', () => {
    const update = updateOfFiles(
      { 'template.json': parent('a.json'), 'a.json': inner('a') },
      { 'template.json': parent('b.json'), 'b.json': inner('b') },
    )
    expect(told(update)).toEqual({ Group: 'replaced', Out: 'replaced' })
    expect(update.resources[0]?.key).toBe('template.json/Inner/Group')
  })

  test('hand on what their parent gives', () => {
    const child = inner({ Ref: 'P' }, { Parameters: { P: string() } })
    const update = updateOfFiles(
      { 'template.json': parent('a.json', { P: 'a' }), 'a.json': child },
      { 'template.json': parent('a.json', { P: 'b' }), 'a.json': child },
    )
    expect(told(update)).toEqual({ Inner: 'changed', Group: 'replaced', Out: 'replaced' })
  })

  test('whose template is on one side only are named, and not taken for new', () => {
    const update = updateOfFiles(
      { 'template.json': parent('https://bucket/a.json') },
      { 'template.json': parent('a.json'), 'a.json': inner('a') },
    )
    expect(update.unread).toEqual(['template.json/Inner'])
    expect(told(update)['Group']).toBeUndefined()
  })
})

test('logical IDs that change are told, with what refers to them, and a move into a nested stack too', () => {
  const template = (name: string) =>
    resources({
      [name]: group({ GroupDescription: 'a' }),
      Other: group({ GroupDescription: 'b' }),
      [`${name}Rule`]: rule({ GroupId: { Ref: name } }),
    })
  expect(updateOf(template('A'), template('B')).renamed).toEqual([
    { from: 'template.json/A', to: 'template.json/B', type: 'AWS::EC2::SecurityGroup' },
    { from: 'template.json/ARule', to: 'template.json/BRule', type: 'AWS::EC2::SecurityGroupIngress' },
  ])
  const moved = updateOfFiles(
    { 'template.json': resources({ A: group({ GroupDescription: 'a' }) }) },
    {
      'template.json': resources({
        Inner: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'a.json' } },
      }),
      'a.json': resources({ A: group({ GroupDescription: 'a' }) }),
    },
  )
  expect(moved.renamed).toMatchObject([{ from: 'template.json/A', to: 'template.json/Inner/A' }])
})

test('SAM is compared as what it becomes', () => {
  const sam = (Path: string) =>
    resources(
      {
        F: {
          Type: 'AWS::Serverless::Function',
          Properties: {
            Handler: 'i.h',
            Runtime: 'nodejs24.x',
            InlineCode: Path,
            Role: 'arn:aws:iam::111111111111:role/a',
          },
        },
      },
      { Transform: 'AWS::Serverless-2016-10-31' },
    )
  expect(updateOf(sam('a'), sam('b')).resources).toMatchObject([
    { id: 'F', type: 'AWS::Lambda::Function', change: 'changed' },
  ])
})
