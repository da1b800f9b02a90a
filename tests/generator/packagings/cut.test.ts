// A reference across a cut needs nothing of the layers: outputs, parameters and order are made by the cut.
import { describe, expect, test } from '@jest/globals'
import { empty, fragment } from '../../../generator/cfn/fragment.ts'
import { getAtt, handle, ref } from '../../../generator/cfn/handle.ts'
import { sub } from '../../../generator/cfn/intrinsics.ts'
import { resource } from '../../../generator/cfn/resource.ts'
import type { Layer } from '../../../generator/layers/layer.ts'
import { cut } from '../../../generator/packagings/cut.ts'

const vpc = handle('AWS::EC2::VPC', 'Vpc')
const group = handle('AWS::EC2::SecurityGroup', 'AppGroup')
const queue = handle('AWS::EC2::FlowLog', 'FlowLog')

const layer = (name: string, content: Layer['fragment']): Layer => ({
  name,
  stack: handle('AWS::CloudFormation::Stack', `${name}Stack`),
  description: name,
  fragment: content,
})
const network = layer(
  'network',
  fragment(resource(vpc, { CidrBlock: '10.0.0.0/16' }), resource(queue, { ResourceId: ref(vpc), ResourceType: 'VPC' })),
)
const app = (properties: Record<string, unknown>, DependsOn?: string[]): Layer =>
  layer('app', {
    ...empty,
    entries: [
      { id: group.id, resource: { Type: group.type, ...(DependsOn ? { DependsOn } : {}), Properties: properties } },
    ],
  })
const pieces = (consumer: Layer) => {
  const [producer, taker] = cut([network, consumer])
  return { producer, taker, properties: taker?.fragment.entries[0]?.resource.Properties }
}

describe('a reference', () => {
  test('becomes an output there and a parameter here, under one name', () => {
    const { producer, taker, properties } = pieces(app({ VpcId: ref(vpc), GroupDescription: 'x' }))
    expect(properties).toEqual({ VpcId: { Ref: 'VpcId' }, GroupDescription: 'x' })
    expect(producer?.outputs).toEqual({ VpcId: { Description: expect.any(String), Value: { Ref: 'Vpc' } } })
    expect(taker?.incoming).toEqual([
      {
        from: network,
        crossing: expect.objectContaining({
          name: 'VpcId',
          parameter: expect.objectContaining({ Type: 'AWS::EC2::VPC::Id' }),
        }),
      },
    ])
  })

  test('in Fn::Sub too, once however often it is made', () => {
    const { producer, taker, properties } = pieces(
      app({ VpcId: ref(vpc), GroupDescription: sub('in ${Vpc} and ${AWS::Region} and ${Vpc}') }),
    )
    expect(JSON.stringify(properties)).not.toMatch(/\$\{Vpc\}/)
    expect(Object.keys(producer?.outputs ?? {})).toEqual(['VpcId'])
    expect(taker?.incoming).toHaveLength(1)
  })

  test('inside one layer stays as it is', () => {
    expect(cut([network, app({})])[0]?.fragment).toEqual(network.fragment)
  })

  test('to what no layer refers to by itself takes any text, since overrides may', () => {
    const { taker } = pieces(app({ VpcId: getAtt(vpc, 'DefaultNetworkAcl') }))
    expect(taker?.incoming.map(({ crossing }) => [crossing.name, crossing.parameter.Type])).toEqual([
      ['VpcDefaultNetworkAcl', 'String'],
    ])
  })
})

describe('an order', () => {
  test('across the cut becomes one between stacks', () => {
    const { taker } = pieces(app({ GroupDescription: 'x' }, ['FlowLog']))
    expect(taker?.after).toEqual([network])
    expect(taker?.fragment.entries[0]?.resource).not.toHaveProperty('DependsOn')
  })

  test('is not written twice where a reference already gives it', () => {
    expect(pieces(app({ VpcId: ref(vpc) }, ['FlowLog'])).taker?.after).toEqual([])
  })

  test('after something that does not exist is a defect', () => {
    expect(() => pieces(app({}, ['Nothing']))).toThrow(/AppGroup depends on Nothing/)
  })
})
