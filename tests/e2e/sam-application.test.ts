import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type LocalCloud, startLocalCloud } from '../engine/local-cloud.ts'
import { repository } from '../lint/python.ts'

let cloud: LocalCloud
const minute = 60_000

beforeAll(async () => {
  cloud = await startLocalCloud()
}, minute)
afterAll(async () => {
  await cloud.stop()
}, minute)

test(
  'sam deploy of the minimal example, and one request',
  async () => {
    const image = '111111111111.dkr.ecr.eu-west-1.amazonaws.com/hello:1.0.0'
    await cloud.runImage(image, 'hello')
    const zone = await cloud.createZone('example.com')
    const { code, output } = await cloud.runSam(join(repository, 'examples/minimal'), [
      'deploy',
      '--parameter-overrides',
      `HostedZoneId=${zone}`,
      `UsersIssuer=${cloud.provider.issuer}`,
    ])
    expect({ code, output }).toMatchObject({ code: 0 })
    const token = cloud.provider.token({ aud: 'hello' })
    const reply = await cloud.ask('hello.example.com', 'GET /a/b?x=1', { authorization: `Bearer ${token}` })
    expect(reply.status).toBe(200)
  },
  3 * minute,
)
