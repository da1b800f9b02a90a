// Each role that a service of AWS may assume serves this account only, in every template of the examples.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { isAllowed } from '../../stories/iam.ts'
import { deployed, type Place } from '../../support/deployed.ts'
import { allFolders } from '../../support/examples.ts'
import { type Json, readTemplate } from '../../support/read-template.ts'

const place: Place = { account: '111111111111', region: 'eu-west-1' }

/** No page of AWS says that these send the account when they assume a role: without it, they must not be locked out. */
const maySendNone = ['ecs.amazonaws.com', 'lambda.amazonaws.com', 'servicecatalog.amazonaws.com']

const roles: readonly Json[] = allFolders
  .flatMap((folder) => ['standalone', 'launch-role'].map((name) => join(folder, 'templates', `${name}.yaml`)))
  .filter(existsSync)
  .flatMap((file) => Object.values(deployed(readTemplate(readFileSync(file, 'utf8')), place)))
  .filter(({ Type }) => Type === 'AWS::IAM::Role')
  .flatMap(({ properties }) => properties.AssumeRolePolicyDocument.Statement)
  .filter(({ Principal }) => Principal.Service !== undefined)

const trusts = (statement: Json, context: Record<string, string>): boolean =>
  isAllowed([statement], { action: 'sts:AssumeRole', resource: '*', context })

test.each([...new Set(roles.map(({ Principal }) => Principal.Service))])('%s', (service) => {
  for (const statement of roles.filter(({ Principal }) => Principal.Service === service)) {
    expect(trusts(statement, { 'aws:SourceAccount': place.account })).toBe(true)
    expect(trusts(statement, { 'aws:SourceAccount': '999999999999' })).toBe(false)
    expect(trusts(statement, {})).toBe(maySendNone.includes(service))
  }
})

test('all services that assume a role of ours are among them', () => {
  expect(new Set(roles.map(({ Principal }) => Principal.Service))).toEqual(
    new Set([
      ...maySendNone,
      'ecs-tasks.amazonaws.com',
      'scheduler.amazonaws.com',
      'states.amazonaws.com',
      'vpc-flow-logs.amazonaws.com',
    ]),
  )
})
