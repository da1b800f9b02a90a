// `portcullis diagram` as the last build made it: templates or the config, formats, files, exit codes, wrong usage.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'

let folder: string
const cli = resolve('dist/cli.js')
const run = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'diagram', ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] },
  })
  return { status, stdout, stderr }
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'portcullis-diagram-'))
  cpSync('portcullis.yaml', join(folder, 'portcullis.yaml'))
  cpSync('templates', join(folder, 'templates'), { recursive: true })
})
afterAll(() => rmSync(folder, { recursive: true }))

test('without a template, what the config gives is drawn, and proved', () => {
  const { status, stdout, stderr } = run()
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  expect(stdout).toMatch(/^<svg [^>]*role="img"[\s\S]*Proved: no other way in \(\d+ claims\)<\/text>[\s\S]*<\/svg>\n$/)
  expect(run('--out', 'x.svg')).toEqual({ status: 0, stdout: '', stderr: '' })
  expect(readFileSync(join(folder, 'x.svg'), 'utf8')).toBe(stdout)
})

test('templates, with what is declared for them', () => {
  const { status, stdout } = run('--format', 'mermaid', 'templates/standalone.yaml')
  expect(status).toBe(0)
  expect(stdout).toMatch(/^flowchart TB\n[\s\S]*==>\|"tcp\/443"\|/)
  const file = join(folder, 'open.yaml')
  writeFileSync(
    file,
    readFileSync('templates/standalone.yaml', 'utf8').replace(
      '  RouteGetOrders:\n',
      '  RouteGetOpen:\n    Type: AWS::ApiGatewayV2::Route\n    Properties:\n      ApiId: !Ref HttpApi\n      RouteKey: GET /orders/open\n      Target: !Sub integrations/${AlbIntegration}\n\n  RouteGetOrders:\n',
    ),
  )
  expect(run('open.yaml').stdout).toMatch(/Refuted: authorized-routes/)
  expect(run('open.yaml', '--open-route', 'HttpApi:GET /orders/open').stdout).toMatch(/Proved: no other way in/)
})

test.each([
  [['nothing.yaml'], 3, /nothing\.yaml cannot be read/],
  [['broken.yaml'], 3, /^broken\.yaml:1:/],
  [['--allow', 'nonsense'], 64, /choose one of/],
  [['--parameter', 'Nope=1'], 64, /no template has a parameter Nope/],
  [
    ['portcullis.yaml'],
    3,
    /^portcullis\.yaml is a config of Portcullis, not a template\n {3}portcullis generate makes/,
  ],
  [['--format', 'png'], 64, /Allowed choices are svg, mermaid/],
  [['--out', 'no/such/folder.svg'], 1, /cannot be written/],
  [['--out', 'x.png'], 64, /--out x\.png: portcullis diagram writes no png file; end the name with \.svg or \.mmd/],
  [['--out', 'templates/template.yaml'], 64, /writes no yaml file/],
  [['--out', 'x.mmd', '--format', 'svg'], 64, /writes no mmd file; end the name with \.svg\n/],
  [['--out', 'x.html'], 64, /writes no html file/],
])('%j ends with %i', (args, status, message) => {
  writeFileSync(join(folder, 'broken.yaml'), 'Resources: [')
  expect(run(...args)).toMatchObject({ status, stdout: '', stderr: expect.stringMatching(message) })
})

test('the ending of the file says the format, unless it promises nothing', () => {
  const mermaid = run('--format', 'mermaid').stdout
  const svg = run().stdout
  const read = (name: string) => readFileSync(join(folder, name), 'utf8')
  for (const [name, text] of [
    ['x.mmd', mermaid],
    ['x.MERMAID', mermaid],
    ['tmp.Xy12', svg],
    ['picture', svg],
  ] as const) {
    expect(run('--out', name)).toEqual({ status: 0, stdout: '', stderr: '' })
    expect(read(name)).toBe(text)
  }
})

test('without a config, templates are asked for', () => {
  const empty = mkdtempSync(join(folder, 'empty-'))
  const { status, stderr } = spawnSync(process.execPath, [cli, 'diagram'], { cwd: empty, encoding: 'utf8' })
  expect(status).toBe(1)
  expect(stderr).toMatch(/without a config, name templates: portcullis diagram template\.yaml\n$/)
})
