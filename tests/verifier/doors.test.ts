// Each row of the table of doors is asked for: with its property, the type opens another way wherever it stands.
import { describe, expect, test } from '@jest/globals'
import { type DoorType, doors } from '../../verifier/facts/types/doors.ts'
import { add, both, claim, type Edit } from '../support/isolated.ts'
import type { Json } from '../support/read-template.ts'

/** The property path with a value at its end; lists are written as single items, which is as good. */
const at = (path: string, value: Json): Json =>
  path.split('.').reduceRight<Json>((inner, name) => ({ [name]: inner }), value)

/** What brings the door to the protected VPC, where its own property does not. */
const near: Readonly<Record<string, Json>> = {
  'AWS::EC2::Route': { RouteTableId: { Ref: 'RouteTable' }, DestinationCidrBlock: '10.9.0.0/16' },
  'AWS::EC2::VPCGatewayAttachment': { VpcId: { Ref: 'Vpc' } },
}
const opened = ({ type, property }: DoorType, value: Json): Edit =>
  add({ Opener: { Type: type, Properties: { ...near[type], ...(property ? at(property, value) : {}) } } })
const verdict = (edit: Edit): string => claim('no-side-door', edit).verdict

describe('a door', () => {
  test.each(doors.map((each) => [each.type, each.property ?? 'by itself', each] as const))('%s, %s', (_, _at, door) => {
    const value = door.door === 'exec' ? true : 'x-0123456789abcdef0'
    expect(verdict(opened(door, value))).not.toBe('proved')
    const given: Edit = (template) => {
      template.Parameters = { Given: { Type: 'String' } }
    }
    if (door.property) expect(verdict(both(opened(door, { Ref: 'Given' }), given))).not.toBe('proved')
  })

  test.each(doors.filter(({ door }) => door === 'exec').map((each) => [each.type, each.property, each] as const))(
    '%s, %s: refuted by true only',
    (_, _at, door) => {
      expect(verdict(opened(door, true))).toBe('refuted')
      expect(claim('no-side-door', opened(door, false)).because).not.toContain('ECS Exec')
    },
  )
})

describe('no door', () => {
  test.each([
    [
      'an attachment for addresses',
      'GlobalAccelerator::CrossAccountAttachment',
      { Resources: [{ Cidr: '192.0.2.0/24' }] },
    ],
    ['targets in no VPC', 'VpcLattice::TargetGroup', { Type: 'LAMBDA', Targets: [{ Id: 'arn:aws:lambda:x' }] }],
  ])('%s', (_, type, Properties) => {
    expect(verdict(add({ Opener: { Type: `AWS::${type}`, Properties } }))).toBe('proved')
  })
})

describe('targets of a service network', () => {
  const verdictOf = (Properties: Json, more: Json = {}) =>
    verdict((template: Json) => {
      add({ Opener: { Type: 'AWS::VpcLattice::TargetGroup', Properties } })(template)
      template.Parameters = { ...template.Parameters, ...more }
    })
  test.each(['ALB', 'IP', 'INSTANCE'])('%s is a door, wherever it says that it stands', (Type) => {
    expect(verdictOf({ Type, Targets: [{ Id: 'x' }] })).toBe('refuted')
  })
  test('of a kind that a parameter chooses, it may be one', () => {
    const Kind = { Type: 'String', AllowedValues: ['LAMBDA', 'ALB'], Default: 'LAMBDA' }
    expect(verdictOf({ Type: { Ref: 'Kind' } }, { Kind })).toBe('refuted')
    expect(verdictOf({ Type: { Ref: 'Kind' } }, { Kind: { Type: 'String' } })).not.toBe('proved')
  })
})

describe('a role for all instances that have none', () => {
  const setting = (SettingId: Json): Edit =>
    add({ Setting: { Type: 'AWS::SSM::ServiceSetting', Properties: { SettingId, SettingValue: 'Admin' } } })
  const id = '/ssm/managed-instance/default-ec2-instance-management-role'
  test.each([
    ['by its path', id],
    ['by its ARN', { 'Fn::Sub': `arn:\${AWS::Partition}:ssm:\${AWS::Region}:\${AWS::AccountId}:servicesetting${id}` }],
    ['by an id that is not known', { 'Fn::ImportValue': 'Setting' }],
  ])('%s', (_, name) => {
    expect(claim('no-side-door', setting(name)).unknowns?.map(({ settle }) => settle)).toEqual([
      '--assume Admin.rights=none',
    ])
  })
  test('not by another setting', () => {
    expect(verdict(setting('/ssm/parameter-store/high-throughput-enabled'))).toBe('proved')
  })
})
