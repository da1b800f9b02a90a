// The real `sam` on the examples, run in their folders as a user would, with samconfig.toml and no flags:
// `sam validate --lint`, and `sam package` into an S3 on loopback. Nothing may even try to leave this machine.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { startMinistack } from '../engine/ministack.ts'
import { sam } from '../engine/sam.ts'
import { type SamServer, startSam } from '../engine/sam-server.ts'
import type { ServerProcess } from '../engine/server-process.ts'
import { exampleFolders } from '../lint/emitted.ts'
import { repository } from '../lint/python.ts'

const folders = exampleFolders()
const scratch = mkdtempSync(join(tmpdir(), 'portcullis-sam-'))

let engine: ServerProcess
let server: SamServer
let proxy: Server
let env: Record<string, string>
let callsOutside = 0

beforeAll(async () => {
  server = startSam()
  engine = await startMinistack()
  proxy = createServer((socket) => {
    callsOutside += 1
    socket.destroy()
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  const address = proxy.address()
  const nowhere = `http://127.0.0.1:${address && typeof address === 'object' ? address.port : 9}`
  env = { HTTP_PROXY: nowhere, HTTPS_PROXY: nowhere, http_proxy: nowhere, https_proxy: nowhere }
})

afterAll(async () => {
  server.stop()
  await engine.stop()
  proxy.close()
  rmSync(scratch, { recursive: true })
  expect(callsOutside).toBe(0)
})

test('SAM CLI packages the same when it is made quicker', async () => {
  const [quicker, plain] = await Promise.all(
    [server.sam, sam].map(async (run, index) => {
      const file = join(scratch, `compared-${index}.yaml`)
      const args = ['package', '--resolve-s3', '--output-template-file', file]
      const cwd = join(repository, 'examples/every-key')
      const { code } = await run(args, { cwd, env: { ...env, AWS_ENDPOINT_URL: engine.url } })
      return { code, text: readFileSync(file, 'utf8') }
    }),
  )
  expect(quicker).toEqual({ ...plain, code: 0 })
})

describe.each(folders)('in %s', (folder) => {
  const cwd = join(repository, folder)

  test('sam validate --lint accepts the application', async () => {
    const { code, output } = await server.sam(['validate', '--lint'], { cwd, env })
    expect(output).toMatch(/is a valid SAM Template/)
    expect(code).toBe(0)
  })

  test('sam package uploads every local file that the templates name', async () => {
    const packaged = join(scratch, `${folder.replaceAll('/', '-')}.yaml`)
    const { code, output } = await server.sam(['package', '--resolve-s3', '--output-template-file', packaged], {
      cwd,
      env: { ...env, AWS_ENDPOINT_URL: engine.url },
    })
    expect(output).toMatch(/Successfully packaged artifacts/)
    expect(code).toBe(0)
    const { Resources } = parse(readFileSync(packaged, 'utf8'))
    const addresses = Object.values<{ Type: string; Properties: { TemplateURL: string } }>(Resources)
      .filter((resource) => resource.Type === 'AWS::CloudFormation::Stack')
      .map((resource) => resource.Properties.TemplateURL)
    expect(addresses.length).toBeGreaterThan(0)
    for (const address of addresses) await expectNoLocalPath(address)
  })
})

describe('sam deploy', () => {
  const cwd = repository

  test('without an environment stops before it asks AWS, and names those that there are', async () => {
    const { code, output } = await server.sam(['deploy'], { cwd, env })
    expect(code).not.toBe(0)
    expect(output.replaceAll(/\s+/g, ' ')).toMatch(/choose an environment: sam deploy --config-env dev or prod/)
  })

  test('with one that there is not stops as well, in words of its own, which the guide repeats', async () => {
    const { code, output } = await server.sam(['deploy', '--config-env', 'nowhere'], { cwd, env })
    expect(code).not.toBe(0)
    const said = "Missing option '--stack-name'"
    expect(output).toContain(said)
    expect(readFileSync(join(repository, 'docs/sam-deploy.md'), 'utf8')).toContain(said)
  })
})

async function expectNoLocalPath(address: string): Promise<void> {
  expect(address.startsWith(engine.url)).toBe(true)
  const text = await (await fetch(address)).text()
  expect(text).toContain('Resources:')
  expect(text).not.toMatch(/(CodeUri|TemplateURL): (?!s3:|http)/)
}
