// Groups that hosts name instead of giving their ids, as the default VPC allows.
import { describe, expect, test } from '@jest/globals'
import { groupNamesPath } from '../../verifier/facts/types/group-names.ts'
import { carrierPaths, knownTypes } from '../../verifier/facts/types/table.ts'
import { add, both, claim, type Edit, free, put } from '../support/isolated.ts'
import type { Json } from '../support/read-template.ts'

const named = (GroupName: Json): Edit => put('LinkGroup.Properties.GroupName', GroupName)
const hosts: readonly (readonly [string, (groups: Json) => Json])[] = [
  ['AWS::EC2::Instance', (SecurityGroups) => ({ SecurityGroups })],
  ['AWS::AutoScaling::LaunchConfiguration', (SecurityGroups) => ({ SecurityGroups })],
  ['AWS::EC2::LaunchTemplate', (SecurityGroups) => ({ LaunchTemplateData: { SecurityGroups } })],
]
const given = { Ref: 'Given' }
const importing = { 'Fn::ImportValue': 'group' }

describe.each(hosts)('%s', (Type, of) => {
  const verdict = (value: Json, name: Edit): string =>
    claim('sole-entrance', both(name, add({ Hosts: { Type, Properties: of([value]) } })), {}, 'LoadBalancer').verdict

  const cases: readonly (readonly [string, Json, Edit, string])[] = [
    ['its name', 'vpc-link', named('vpc-link'), 'refuted'],
    ['its name by the same parameter', given, both(named(given), free()), 'refuted'],
    ['a default that is its name', given, both(named('vpc-link'), free({ Default: 'vpc-link' })), 'refuted'],
    ['another name', 'other', named('vpc-link'), 'proved'],
    ['allowed values, none of them its name', given, both(named('a'), free({ AllowedValues: ['b', 'c'] })), 'proved'],
    ['a name, where its own is not known', 'vpc-link', both(named(given), free()), 'undecided'],
    ['what may be its name', importing, named('vpc-link'), 'undecided'],
    ['an id', 'sg-0123456789abcdef0', named('vpc-link'), 'proved'],
    ['an id, where its name is not known', 'sg-0123456789abcdef0', both(named(given), free()), 'proved'],
    ['a name, where it has none', 'vpc-link', () => {}, 'proved'],
    ['another group', { 'Fn::GetAtt': ['TaskGroup', 'GroupId'] }, named('vpc-link'), 'proved'],
  ]
  test.each(cases)('%s', (_, value, name, expected) => expect(verdict(value, name)).toBe(expected))
})

/** Properties that AWS documents as lists of ids, whatever they are called. */
const idsOnly =
  /^AWS::(?:AmazonMQ|AppRunner|Batch|BedrockAgentCore|DMS|EC2::SpotFleet|ECS|EFS|EKS|EMR|EVS|ElasticLoadBalancing|ElasticLoadBalancingV2|Events|IoT|KafkaConnect|MSK|MediaLive|Pipes|RDS|Redshift|S3Files|SageMaker)::/

test('each property of a type that carries groups takes ids only, or its names are known', () => {
  const open = [...knownTypes()].flatMap((type) =>
    carrierPaths(type)
      .filter((path) => /(?:^|\.)SecurityGroups(?:\.\w+)?$/.test(path))
      .filter((path) => path !== groupNamesPath(type) && !idsOnly.test(`${type}::`))
      .map((path) => `${type} ${path}`),
  )
  expect(open).toEqual([])
})
