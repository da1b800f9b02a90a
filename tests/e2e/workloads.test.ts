// What runs beside requests, deployed into the engine on this machine: a worker and its queue, a job at its time, and a
// service whose deployments shift requests. docs/local-deployment.md says what is the engine's and what is ours.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type LocalCloud, startLocalCloud } from '../engine/local-cloud.ts'
import { generatedFrom, image } from './application.ts'

const domain = 'work.example.com'
const stack = 'work'
let cloud: LocalCloud
let zone: string
let queue: string
let token: string
const logOf = (what: string): string => join(cloud.folder, `${what}.log`)
const lines = (what: string): string[] => (existsSync(logOf(what)) ? readFileSync(logOf(what), 'utf8').split('\n') : [])

/** Waits until the program has said it. */
async function said(what: string, line: string): Promise<void> {
  const deadline = Date.now() + 60_000
  while (!lines(what).includes(line)) {
    if (Date.now() > deadline) throw new Error(`${what} said ${lines(what)}:\n${cloud.log().slice(-3000)}`)
    await sleep(100)
  }
}

const config = (tag: string, paths: string): string => `name: work
domain: { name: ${domain}, zone: { id: ${zone}, name: example.com } }
services:
  web:
    image: ${image('web', tag)}
    port: 8080
    paths: ${paths}
    scale: { min: 1 }
    deployment: { strategy: blue-green, bakeMinutes: 0 }
  mails:
    image: ${image('mails', '1.0.0')}
    command: [worker]
    environment: { QUEUE_URL: ${queue}, LOG: ${logOf('worker')} }
    scale: { min: 1, max: 4, queue: { arn: "arn:aws:sqs:{region}:{account}:mails", messagesPerTask: 10 } }
jobs:
  nightly:
    image: ${image('nightly', '1.0.0')}
    command: [job]
    environment: { LOG: ${logOf('job')} }
    schedule: rate(1 minute)
    retries: 2
    init: { command: [init] }
    sidecars: { helper: { image: ${image('helper', '1.0.0')}, command: [sidecar], environment: { LOG: ${logOf('job')} } } }
api: { auth: { users: { jwt: { issuer: ${cloud.provider.issuer}, audience: [work] } } } }
`

async function deploy(tag: string, paths = '["/a", "/a/*"]'): Promise<void> {
  const { code, output } = await cloud.runSam(generatedFrom(join(cloud.folder, 'work'), config(tag, paths)), [
    'deploy',
    '--region',
    cloud.region,
    '--parameter-overrides',
    `WebImage=${image('web', tag)}`,
  ])
  if (code !== 0) throw new Error(output.slice(-5000))
}
const ask = async (path: string) => {
  const { status, body } = await cloud.ask(domain, `GET ${path}`, { authorization: token })
  return status === 200 ? JSON.parse(body).name : status
}

/** The rule whose weights ECS moves, as the engine has it. */
async function rule(): Promise<string> {
  const version = { Version: '2015-12-01' }
  const find = async (Action: string, element: string, more: Record<string, string> = {}): Promise<string> => {
    const text = await cloud.call('elasticloadbalancing', '/', { Action, ...more, ...version })
    return new RegExp(`<${element}>([^<]+)<`).exec(text)?.[1] ?? ''
  }
  const LoadBalancerArn = await find('DescribeLoadBalancers', 'LoadBalancerArn')
  const ListenerArn = await find('DescribeListeners', 'ListenerArn', { LoadBalancerArn })
  return cloud.call('elasticloadbalancing', '/', { Action: 'DescribeRules', ListenerArn, ...version }).then((text) => {
    const [found] = text.match(/<RuleArn>[\s\S]*?x-portcullis-service[\s\S]*?<\/Actions>/) ?? []
    if (found === undefined) throw new Error(`no rule by header: ${text}`)
    return found
  })
}

beforeAll(async () => {
  cloud = await startLocalCloud()
  zone = await cloud.createZone('example.com')
  token = `Bearer ${cloud.provider.token({ aud: 'work', sub: 'someone' })}`
  const made = await cloud.call('sqs', '/', { Action: 'CreateQueue', QueueName: 'mails', Version: '2012-11-05' })
  queue = /<QueueUrl>([^<]+)</.exec(made)?.[1] ?? ''
  for (const tag of ['1.0.0', '2.0.0']) await cloud.runImage(image('web', tag), `web ${tag}`)
  cloud.runPrograms(...['mails', 'nightly', 'helper'].map((name) => image(name, '1.0.0')))
  await deploy('1.0.0')
})
afterAll(async () => {
  await cloud?.stop()
})

test('a worker takes messages from its queue', async () => {
  const send = (MessageBody: string) =>
    cloud.call('sqs', '/', { Action: 'SendMessage', QueueUrl: queue, MessageBody, Version: '2012-11-05' })
  await send('first')
  await said('worker', 'took first')
  await send('second')
  await said('worker', 'took second')
})

test('a job runs at its time, and again when it fails; what stops beside it decides nothing', async () => {
  const machine = await cloud.output(stack, 'NightlyStateMachineArn')
  const deadline = Date.now() + 180_000
  let first: string | undefined
  while (first === undefined || first === 'RUNNING') {
    if (Date.now() > deadline) throw new Error(`${lines('job')}:\n${cloud.log().slice(-3000)}`)
    await sleep(200)
    first = (await states('ListExecutions', { stateMachineArn: machine })).executions.at(-1)?.status
  }
  const told = lines('job').filter((line) => line !== '')
  expect(told.filter((line) => line !== 'sidecar stopped')).toEqual(['init', 'job fails', 'init', 'job succeeds'])
  expect(told.filter((line) => line === 'sidecar stopped')).toHaveLength(2)
  expect(first).toBe('SUCCEEDED')
})

test('an update of a blue-green service brings the new image, and changes the rule as little as new paths do', async () => {
  expect(await ask('/a')).toBe('web 1.0.0')
  const before = await rule()
  await deploy('2.0.0')
  expect(await ask('/a/x')).toBe('web 2.0.0')
  expect(await rule()).toBe(before)
  expect(await ask('/b')).toBe(404)
  await deploy('2.0.0', '["/b"]')
  expect(await ask('/b')).toBe('web 2.0.0')
  expect(await ask('/a')).toBe(404)
  expect(await rule()).toBe(before)
})

test('is deleted without a rest', async () => {
  await cloud.deleteStack(stack)
  expect(await cloud.inventory()).toEqual(cloud.nothing)
})

async function states(action: string, body: object) {
  const reply = await fetch(cloud.url, {
    method: 'POST',
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/${cloud.region}/states/aws4_request, SignedHeaders=host, Signature=0`,
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `AWSStepFunctions.${action}`,
    },
    body: JSON.stringify(body),
  })
  return JSON.parse(await reply.text())
}
