// What is given the id of a part may change the whole: a rule of a group, the association of a table, a rule of a listener.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { codeOf } from '../../generator/commands/assets.ts'
import { verify } from '../../verifier/index.ts'
import { assets } from '../support/examples.ts'
import { type Json, readTemplate } from '../support/read-template.ts'

const base: Json = readTemplate(readFileSync('templates/standalone.yaml', 'utf8'))
const ownFunctions = codeOf(assets)
const openIn = (resources: Json): readonly string[] => {
  const template = structuredClone(base)
  Object.assign(template.Resources, resources)
  const templates = [{ path: 't.json', text: JSON.stringify(template) }]
  const { claims } = verify({ templates, readFile: () => undefined, ownFunctions, declarations: {} })
  return [...new Set(claims.filter(({ verdict }) => verdict !== 'proved').map(({ id }) => id))]
}

const receivers: readonly (readonly [string, (given: Json) => Json])[] = [
  ['a program', (Given) => ({ Type: 'Custom::Other', Properties: { ServiceToken: 'x', Given } })],
  [
    'a stack',
    (Given) => ({
      Type: 'AWS::CloudFormation::Stack',
      Properties: { TemplateURL: 'https://x/y', Parameters: { Given } },
    }),
  ],
  ['a type of tomorrow', (Given) => ({ Type: 'AWS::EC2::Of2030', Properties: { Given } })],
]
/** Type of the part -> the claim that it could break. */
const parts: readonly (readonly [string, string])[] = [
  ['AWS::EC2::SecurityGroupIngress', 'sole-entrance'],
  ['AWS::EC2::SubnetRouteTableAssociation', 'bounded-egress'],
  ['AWS::ElasticLoadBalancingV2::ListenerRule', 'no-side-door'],
]
const idsOf = (type: string): readonly string[] =>
  Object.entries<Json>(base.Resources)
    .filter(([, { Type }]) => Type === type)
    .map(([id]) => id)

describe.each(receivers)('%s', (_, of) => {
  test.each(parts)('is given the id of an %s', (type, claim) => {
    // The rules of endpoints guard nothing.
    const ids = idsOf(type).filter((id) => type !== 'AWS::EC2::SecurityGroupIngress' || id.includes('LoadBalancer'))
    expect(ids.length).toBeGreaterThan(0)
    for (const id of ids.slice(0, 3)) expect(openIn({ Receiver: of({ Ref: id }) })).toContain(claim)
  })
  test('is given the id of a rule of tasks for what they send', () => {
    const id = idsOf('AWS::EC2::SecurityGroupEgress').find((each) => each.includes('TaskEgress')) as string
    expect(openIn({ Receiver: of({ Ref: id }) })).toContain('bounded-egress')
  })
})
test('a program that is given texts changes nothing', () => {
  expect(openIn({ Receiver: { Type: 'Custom::Other', Properties: { ServiceToken: 'x', Given: 'y' } } })).toEqual([])
})
