import { expect, test } from '@jest/globals'
import { delivered } from '../../support/delivered.ts'
import type { Json } from '../../support/read-template.ts'

const withBoundary = (permissionsBoundary: string) => delivered({ permissionsBoundary })
const roles = (from: ReturnType<typeof delivered>) => from.properties('standalone', 'AWS::IAM::Role')

test('is on every role of the application, and on no role of another account', () => {
  const from = withBoundary('arn:aws:iam::111111111111:policy/boundary')
  expect(roles(from).length).toBeGreaterThanOrEqual(5)
  for (const { PermissionsBoundary } of roles(from))
    expect(PermissionsBoundary).toEqual({ Ref: 'PermissionsBoundaryArn' })
  expect(from.text('templates/zone-role.yaml')).not.toContain('PermissionsBoundary')
  expect(from.template('standalone').Parameters.PermissionsBoundaryArn.Default).toBe(
    'arn:aws:iam::111111111111:policy/boundary',
  )
})

test('follows the account, where an empty parameter means the policy that the config names', () => {
  const from = withBoundary('arn:aws:iam::{account}:policy/boundary')
  const { Default, AllowedPattern } = from.template('standalone').Parameters.PermissionsBoundaryArn
  expect(Default).toBe('')
  for (const { PermissionsBoundary } of roles(from))
    expect(PermissionsBoundary).toEqual({
      'Fn::If': [
        'HasPermissionsBoundaryArn',
        { Ref: 'PermissionsBoundaryArn' },
        { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:policy/boundary' },
      ],
    })
  expect('*').not.toMatch(new RegExp(AllowedPattern))
})

test('nobody can leave it out at deployment', () => {
  const { AllowedPattern } = withBoundary('arn:aws:iam::111111111111:policy/boundary').template('standalone').Parameters
    .PermissionsBoundaryArn as Json
  expect('').not.toMatch(new RegExp(AllowedPattern))
  expect('arn:aws:iam::aws:policy/PowerUserAccess').toMatch(new RegExp(AllowedPattern))
})

test('without the key there is neither parameter nor boundary', () => {
  expect(delivered({}).text('templates/standalone.yaml')).not.toContain('PermissionsBoundary')
})
