// What exists already is a handle that nothing makes: a reference to it becomes a parameter, in every form.
import { describe, expect, test } from '@jest/globals'
import { existing, fragment, merge } from '../../../generator/cfn/fragment.ts'
import { handle, ref } from '../../../generator/cfn/handle.ts'
import { resource } from '../../../generator/cfn/resource.ts'
import { generate } from '../../../generator/generate.ts'
import type { Layer } from '../../../generator/layers/layer.ts'
import type { Parameter } from '../../../generator/model/parameters/parameter.ts'
import { assets, exampleModel } from '../../support/examples.ts'
import { type Json, readTemplate } from '../../support/read-template.ts'

const vpc = handle('AWS::EC2::VPC', 'Vpc')
const subnet = handle('AWS::EC2::Subnet', 'PrivateSubnet1')
const group = handle('AWS::EC2::SecurityGroup', 'AppGroup')
const layer = (name: string, content: Layer['fragment']): Layer => ({
  name,
  stack: handle('AWS::CloudFormation::Stack', `${name}Stack`),
  description: name,
  fragment: content,
})
const layers = [
  layer('network', existing(vpc, subnet)),
  layer('app', fragment(resource(group, { VpcId: ref(vpc), GroupDescription: 'x' }, { dependsOn: [subnet] }))),
]
const { delivery: _, ...model } = exampleModel('.')

const template = (name: string, parameters: Readonly<Record<string, Parameter>> = {}): Json => {
  const files = generate({ ...model, delivery: {}, parameters }, assets, 'yaml', layers)
  return readTemplate(files.find(({ path }) => path === `templates/${name}.yaml`)?.text ?? '')
}

describe.each(['standalone', 'app'])('in %s.yaml', (name) => {
  test('a reference becomes a parameter, and an order is not needed', () => {
    const { Parameters, Resources } = template(name)
    expect(Resources.AppGroup).toEqual({
      Type: 'AWS::EC2::SecurityGroup',
      Properties: { VpcId: { Ref: 'VpcId' }, GroupDescription: 'x' },
    })
    expect(Parameters).toEqual({ VpcId: { Type: 'AWS::EC2::VPC::Id', Description: 'VPC ID, which exists already' } })
  })
})

test('the application asks for it and hands it on; no stack makes it', () => {
  const { Parameters, Resources } = template('template')
  expect(Object.keys(Parameters)).toEqual(['VpcId'])
  expect(Resources.appStack.Properties.Parameters).toEqual({ VpcId: { Ref: 'VpcId' } })
})

test('a parameter of the config of that name says more, and wins', () => {
  const VpcId: Parameter = {
    name: 'VpcId',
    family: 'VpcId',
    scope: ['region', 'account'],
    type: 'String',
    default: 'vpc-1',
    label: 'VPC',
    description: 'Yours',
    group: 'Network',
    constraintDescription: 'must be a VPC',
  }
  for (const name of ['template', 'app', 'standalone'])
    expect(template(name, { VpcId }).Parameters).toEqual({ VpcId: expect.objectContaining({ Default: 'vpc-1' }) })
})

test('what is made cannot be there already', () => {
  expect(() => merge(existing(vpc), fragment(resource(vpc, { CidrBlock: '10.0.0.0/16' })))).toThrow(
    'Vpc is said to exist, and is made too',
  )
})
