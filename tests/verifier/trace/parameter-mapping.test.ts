// What an HTTP API makes of a request: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html
import { describe, expect, test } from '@jest/globals'
import { mapped, type Sent } from '../../../verifier/trace/parameter-mapping.ts'
import { type Request, requestOf } from '../../../verifier/trace/request.ts'

const request = requestOf(
  'GET /orders/17?x=1&x=2',
  new Map([
    ['x-client', 'me'],
    ['host', 'evil'],
  ]),
) as Request
const sent: Sent = {
  request,
  path: '/orders/17',
  passed: '/prod/orders/17',
  method: 'GET',
  variables: new Map([['proxy', '17']]),
  context: new Map([['domainName', 'api.example.com']]),
}

test('without mappings: the path with its stage, and a host that nobody documents', () => {
  expect(mapped([], sent)).toEqual({
    method: 'GET',
    path: '/prod/orders/17',
    host: undefined,
    headers: new Map([['x-client', 'me']]),
    query: [
      ['x', '1'],
      ['x', '2'],
    ],
  })
})

describe('mappings of the path', () => {
  test.each([
    ['$request.path', '/orders/17'],
    ['/v1/${request.path.proxy}', '/v1/17'],
    ['/${request.header.x-client}/${context.domainName}', '/me/api.example.com'],
    ['/fixed', '/fixed'],
    ['$stageVariables.path', undefined],
    ['$request.body.id', undefined],
  ])('%s', (written, path) => {
    expect(mapped([['overwrite:path', written]], sent).path).toBe(path)
  })
})

test('headers are overwritten, appended to and removed, whatever the client sends', () => {
  const { headers, host, query } = mapped(
    [
      ['overwrite:header.X-Client', 'api'],
      ['append:header.x-new', '$context.domainName'],
      ['append:header.x-client', 'more'],
      ['overwrite:header.x-name', undefined],
      ['overwrite:header.Host', '$context.domainName'],
      ['remove:querystring.x', ''],
      ['append:querystring.y', '1'],
    ],
    sent,
  )
  expect([...headers]).toEqual([
    ['x-client', 'api,more'],
    ['x-new', 'api.example.com'],
    ['x-name', undefined],
  ])
  expect([host, query]).toEqual(['api.example.com', [['y', '1']]])
  expect(mapped([['remove:header.x-client', '']], sent).headers).toEqual(new Map())
})
