// Which log groups outlive the stack, and whom the access log names.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { deployed } from './support/deployed.ts'
import { exampleFolders } from './support/examples.ts'
import type { Json } from './support/read-template.ts'
import { exampleTemplate } from './support/templates.ts'

const groupsOf = ({ Resources }: Json): [string, Json][] =>
  Object.entries<Json>(Resources).filter(([, { Type }]) => Type === 'AWS::Logs::LogGroup')
const keeps = (folder: string): boolean =>
  parse(readFileSync(`${folder}/portcullis.yaml`, 'utf8')).observability?.keepLogs === true

describe('log groups stay when the stack goes', () => {
  const functions = ['WaiterLogGroup', 'WriterLogGroup']

  test.each(exampleFolders)('where %s says so; those of the functions always', (folder) => {
    const groups = groupsOf(exampleTemplate(folder))
    expect(groups.length).toBeGreaterThan(1)
    for (const [id, { DeletionPolicy, UpdateReplacePolicy }] of groups) {
      const expected = keeps(folder) || functions.includes(id) ? 'Retain' : undefined
      expect([id, DeletionPolicy, UpdateReplacePolicy]).toEqual([id, expected, expected])
    }
  })

  test('and there are examples of both', () => {
    expect(new Set(exampleFolders.map(keeps))).toEqual(new Set([true, false]))
  })

  test('without being in the way of the next stack of that name', () => {
    const nameIn = (folder: string, stackId: string): string =>
      deployed(exampleTemplate(folder), { account: '111111111111', region: 'eu-west-1', stackId })['ApiAccessLogGroup']
        .properties.LogGroupName
    const ids = ['0a1b2c3d-0000', '4e5f6071-0000'].map(
      (id) => `arn:aws:cloudformation:eu-west-1:111111111111:stack/stack/${id}`,
    )
    expect(ids.map((id) => nameIn('examples/every-key', id))).toEqual([
      '/aws/vendedlogs/apis/stack-0a1b2c3d',
      '/aws/vendedlogs/apis/stack-4e5f6071',
    ])
    expect(ids.map((id) => nameIn('.', id))).toEqual(Array(2).fill('/aws/vendedlogs/apis/stack'))
  })
})

test('the access log names the caller, however it is known, and what it called with', () => {
  for (const folder of exampleFolders) {
    const { Format } = exampleTemplate(folder).Resources.DefaultStage.Properties.AccessLogSettings
    expect(JSON.parse(Format)).toMatchObject({
      sub: '$context.authorizer.claims.sub',
      principalId: '$context.authorizer.principalId',
      userArn: '$context.identity.userArn',
      userAgent: '$context.identity.userAgent',
    })
  }
})
