// What both functions load on the Lambda runtime's Node.js, in processes of their own with the real SDK: Node.js itself
// and the clients of the SDK, and a client only when an event needs it.
import { builtinModules } from 'node:module'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type AnswerDesk, startAnswerDesk } from '../engine/answer-desk.ts'
import { type AwsFront, startFront } from '../engine/aws-front.ts'
import { type Bundle, type Run, runFunction } from '../engine/function-process.ts'

let desk: AnswerDesk
// There is no AWS behind it: all calls are refused here.
let front: AwsFront
beforeAll(async () => {
  desk = await startAnswerDesk()
  front = await startFront('http://127.0.0.1:9')
  for (const action of ['DescribeCertificate', 'GetVpcLink', 'GetHostedZone', 'AssumeRole'])
    front.always(action, () => ({ status: 400, headers: { 'x-amzn-errortype': 'ValidationException' }, body: '' }))
})
afterAll(async () => {
  await front.stop()
  await desk.close()
})

const run = (bundle: Bundle, kind: string, ResourceProperties: object): Promise<Run> =>
  runFunction({
    bundle,
    event: {
      RequestType: 'Create',
      ResponseURL: desk.open().url,
      StackId: 'arn:aws:cloudformation:eu-west-1:123456789012:stack/billing/1',
      RequestId: 'request',
      LogicalResourceId: 'Thing',
      ResourceType: `Custom::Portcullis${kind}`,
      ResourceProperties,
    },
    context: { invokedFunctionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:f' },
    env: { AWS_ENDPOINT_URL: front.url, NODE_EXTRA_CA_CERTS: desk.certificateFile },
  })
const clientsOf = (names: readonly string[]) => [...new Set(names.filter((name) => !name.startsWith('node:')))].sort()

const RoleArn = 'arn:aws:iam::222222222222:role/portcullis/dns-writer'
const CertificateArn = 'arn:aws:acm:eu-west-1:123456789012:certificate/1'
const record = {
  Name: 'api.example.com',
  TargetDnsName: 'd-1.example.com',
  TargetHostedZoneId: 'Z1',
  RecordTypes: ['A'],
}

describe.each(['index', 'inline'] as const)('%s.js', (form) => {
  test.each(['waiter', 'writer'] as const)('%s loads nothing but Node.js before the first event', async (name) => {
    const { version, loaded, names } = await runFunction({ bundle: { name, form } })
    expect(version).toMatch(/^v24\./)
    expect(loaded.length).toBeGreaterThan(0)
    for (const module of loaded) expect(builtinModules).toContain(/^node:(.*)$/.exec(module)?.[1])
    expect(names).toEqual([])
  })

  test.each([
    ['waiter', 'CertificateIssued', { CertificateArn }, ['acm']],
    ['waiter', 'VpcLinkReady', { VpcLinkId: 'link' }, ['apigatewayv2']],
    ['writer', 'AliasRecord', { ...record, HostedZoneId: 'Z1' }, ['route-53']],
    ['writer', 'AliasRecord', { ...record, HostedZoneId: 'Z1', HostedZoneRoleArn: RoleArn }, ['sts']],
  ] as const)('%s loads for a %s only the clients that it has got to', async (name, kind, properties, clients) => {
    const { loadedFirst, loaded, error, log } = await run({ name, form }, kind, properties)
    expect(error).toBeNull()
    expect(log).toContain('"step":"end","')
    expect(clientsOf(loadedFirst)).toEqual([])
    expect(clientsOf(loaded)).toEqual(clients.map((client) => `@aws-sdk/client-${client}`))
  })
})
