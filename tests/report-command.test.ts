// `portcullis report` as the last build made it: templates or the config, files, exit codes, wrong usage.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'

let folder: string
const cli = resolve('dist/cli.js')
const command = (cwd: string, ...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    cwd,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] },
  })
  return { status, stdout, stderr }
}
const run = (...args: string[]) => command(folder, 'report', ...args)

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'portcullis-report-'))
  cpSync('portcullis.yaml', join(folder, 'portcullis.yaml'))
  cpSync('templates', join(folder, 'templates'), { recursive: true })
})
afterAll(() => rmSync(folder, { recursive: true }))

test('without a template, what the config gives is shown, with all that was read', () => {
  const { status, stdout, stderr } = run()
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  expect(stdout).toMatch(
    /^<!doctype html>\n<html lang="en">[\s\S]*>Proved: there is no other way in<[\s\S]*<\/html>\n$/,
  )
  // Arrows and dots come out as they are, not as the bytes that they are made of.
  expect(stdout).not.toMatch(/[\u0080-\u009f]|\u00e2/)
  for (const file of ['template.yaml', 'network.yaml', 'api.yaml', 'functions/waiter/index.js'])
    expect(stdout).toContain(`<code>templates/${file}</code>`)
  expect(run('--out', 'x.html')).toEqual({ status: 0, stdout: '', stderr: '' })
  expect(readFileSync(join(folder, 'x.html'), 'utf8')).toBe(stdout)
})

test('templates, with what is declared for them', () => {
  const text = readFileSync('templates/standalone.yaml', 'utf8')
  writeFileSync(
    join(folder, 'open.yaml'),
    text.replace(
      '  RouteGetOrders:\n',
      '  RouteGetOpen:\n    Type: AWS::ApiGatewayV2::Route\n    Properties:\n      ApiId: !Ref HttpApi\n      RouteKey: GET /orders/open\n      Target: !Sub integrations/${AlbIntegration}\n\n  RouteGetOrders:\n',
    ),
  )
  const refuted = run('open.yaml')
  expect(refuted.status).toBe(0)
  expect(refuted.stdout).toMatch(/<code>GET \/orders\/open<\/code><\/th><td [^>]*><b>Anybody<\/b>: /)
  const declared = run('open.yaml', '--open-route', 'HttpApi:GET /orders/open').stdout
  expect(declared).toMatch(/<b>Anybody<\/b>, as declared: /)
  expect(declared).toMatch(/--open-route &#39;HttpApi:GET \/orders\/open&#39;<\/code> <span class="by">used by/)
  expect(declared).toContain('>Proved: there is no other way in<')
})

test('an application on a platform is looked at with the platform', () => {
  for (const name of ['platform', 'platform-orders'])
    cpSync(`examples/${name}/portcullis.yaml`, join(folder, name, 'portcullis.yaml'))
  const at = join(folder, 'platform-orders')
  for (const [args, said] of [
    [['report'], />Proved: there is no other way in</],
    [['diagram'], />Proved: no other way in/],
    [['trace', 'GET /orders', '--header', 'authorization: ...'], /=> reaches OrdersService/],
  ] as const)
    expect(command(at, ...args)).toEqual({ status: 0, stderr: '', stdout: expect.stringMatching(said) })
})

test.each([
  [['nothing.yaml'], 3, /nothing\.yaml cannot be read/],
  [['broken.yaml'], 3, /^broken\.yaml:1:/],
  [['--allow', 'nonsense'], 64, /choose one of/],
  [['--parameter', 'Nope=1'], 64, /no template has a parameter Nope/],
  [['--out', 'no/such/folder.html'], 1, /cannot be written/],
  [['--out', 'x.pdf'], 64, /portcullis report writes no pdf file; end the name with \.html\n/],
])('%j ends with %i', (args, status, message) => {
  writeFileSync(join(folder, 'broken.yaml'), 'Resources: [')
  expect(run(...args)).toMatchObject({ status, stdout: '', stderr: expect.stringMatching(message) })
})
