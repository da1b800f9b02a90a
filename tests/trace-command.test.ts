// `portcullis trace` as the last build made it: templates or the config, one request or a table, exit codes, wrong usage.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'

let folder: string
const cli = resolve('dist/cli.js')
const run = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'trace', ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] },
  })
  return { status, stdout, stderr }
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'portcullis-trace-'))
  cpSync('portcullis.yaml', join(folder, 'portcullis.yaml'))
  cpSync('templates', join(folder, 'templates'), { recursive: true })
})
afterAll(() => rmSync(folder, { recursive: true }))

const write = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text)
  return name
}

describe('one request', () => {
  const credential = ['--header', 'Authorization: ...']

  test('takes what the config gives where no template is named, with the same places', () => {
    const bare = run('GET /orders/17', ...credential)
    expect(bare).toEqual(run('GET /orders/17', 'templates/template.yaml', ...credential))
    expect(bare).toMatchObject({
      status: 0,
      stderr: '',
      stdout: expect.stringMatching(/=> reaches OrdersService, container orders, port 8080/),
    })
  })

  test('as JSON', () => {
    const { status, stdout } = run('GET /orders/17?x=1', '--format', 'json', '--from', 'vpc')
    expect(status).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      version: 1,
      request: { method: 'GET', path: '/orders/17', query: 'x=1', from: 'vpc' },
      templates: ['templates/template.yaml'],
      ways: [
        {
          to: 'LoadBalancer:443',
          outcome: { is: 'stopped', by: 'LoadBalancerSecurityGroup' },
          hops: [{}, { is: 'stops', line: expect.any(Number) }],
        },
        {},
        {},
      ],
      forks: [],
    })
  })

  test('ends with 2 where a parameter decides or something is not known, and with 3 where nothing can be read', () => {
    const text = readFileSync('templates/standalone.yaml', 'utf8')
    const open = write(
      'open.yaml',
      text
        .replace('  Scheme: internal', '  Scheme: !Ref Who')
        .replace(
          'Parameters:\n',
          'Parameters:\n  Who: { Type: String, Default: internal, AllowedValues: [internal, internet-facing] }\n',
        ),
    )
    expect(run('GET /', open, '--from', 'internet')).toMatchObject({
      status: 2,
      stdout: expect.stringContaining('otherwise when Who=internet-facing'),
    })
    const admitting = write(
      'admitting.yaml',
      readFileSync(join(folder, open), 'utf8')
        .replace('SourceSecurityGroupId: !GetAtt VpcLinkSecurityGroup.GroupId', 'CidrIp: !Ref Range')
        .replace(
          'Parameters:\n',
          'Parameters:\n  Range: { Type: String, Default: 10.20.0.0/16, AllowedValues: [10.20.0.0/16, 192.168.0.0/16] }\n',
        ),
    )
    expect(run('GET /orders', admitting, '--from', 'vpc')).toMatchObject({
      status: 2,
      stdout: expect.stringContaining('otherwise when Range=192.168.0.0/16'),
    })
    expect(run('GET /orders', admitting, '--from', 'vpc', '--parameter', 'Range=192.168.0.0/16').status).toBe(0)
    expect(run('GET /', write('empty.yaml', 'Resources: { A: { Type: AWS::S3::Bucket } }')).status).toBe(2)
    expect(run('GET /', write('none.yaml', 'Resources: ['))).toMatchObject({
      status: 3,
      stdout: '',
      stderr: expect.stringMatching(/^none\.yaml:1:\d+: /),
    })
    expect(run('GET /', 'nothing.yaml')).toMatchObject({ status: 3, stdout: '' })
  })

  test.each([
    [['orders'], /write METHOD \/path/],
    [[], /name a request/],
    [['GET /', '--header', 'x'], /--header x: write NAME:VALUE/],
    [['GET /', '--from', 'mars'], /--from mars: write internet, vpc or an address/],
    [['GET /', '--from', '10.0.0.0/8'], /--from/],
    [['GET /', '--parameter', 'Nope=1'], /no template has a parameter Nope/],
    [['--table', 'requests.yaml', '--from', 'vpc'], /--table: the table says/],
    [['get /orders'], /get \/orders: write the method in capitals: "GET \/orders"/],
    [
      ['GET https://api.example.com/orders?a=1'],
      /write "GET \/orders\?a=1", and name the host api\.example\.com beside it/,
    ],
    [['GET https://api.example.com'], /write "GET \/", and name the host api\.example\.com/],
    [['GET /', '--host', 'https://api.example.com/'], /--host https:\/\/api\.example\.com\/: write a host name/],
    [['GET /', '--host', 'a b'], /--host a b: write a host name/],
    [['GET /', '--parameter', 'VpcCidr=everywhere'], /--parameter VpcCidr=everywhere: .* does not allow this value/],
    [['GET /', '--table', 'requests.yaml'], /--table: the table holds the requests; leave out "GET \/"/],
    [['--table', 'missing.yaml'], /missing\.yaml cannot be read: there is no such file/],
  ])('%j is wrong usage', (args, message) => {
    expect(run(...args)).toMatchObject({ status: 64, stdout: '', stderr: expect.stringMatching(message) })
  })

  test('a config that is wrong is said as generate says it', () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'portcullis-trace-'))
    try {
      writeFileSync(join(elsewhere, 'portcullis.yaml'), 'name: x\n')
      const { status, stderr } = spawnSync(process.execPath, [cli, 'trace', 'GET /'], {
        cwd: elsewhere,
        encoding: 'utf8',
      })
      expect(status).toBe(1)
      expect(stderr).toMatch(/portcullis\.yaml:1:1/)
    } finally {
      rmSync(elsewhere, { recursive: true })
    }
  })
})

describe('a table', () => {
  const rows = [
    '- request: GET /orders',
    '  status: 401',
    '- { request: GET /orders, from: internet, stop: LoadBalancer }',
  ]

  test('is met, or says what is not', () => {
    expect(run('--table', write('good.yaml', rows.join('\n')))).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^met .*status 401\nmet .*stopped by LoadBalancer\n$/),
    })
    const bad = run(
      '--table',
      write('bad.yaml', [...rows, '- { request: GET /orders, target: CatalogService }'].join('\n')),
      'templates/standalone.yaml',
    )
    expect(bad.status).toBe(1)
    expect(bad.stdout).toMatch(
      /^not met {4}GET \/orders {2}target CatalogService\n {11}HttpApi: 401 from CustomersJwtAuthorizer/m,
    )
    const { rows: found } = JSON.parse(run('--table', 'bad.yaml', '--format', 'json').stdout)
    expect(found.map(({ line, verdict }: { line: number; verdict: string }) => [line, verdict])).toEqual([
      [1, 'met'],
      [3, 'met'],
      [4, 'not met'],
    ])
  })

  test.each([
    ['{}', /:1: write a list of requests/],
    ['- request: GET /\n- request: /x\n  status: 1', /:1: write what is expected/],
    ['- { request: GET /, status: 404 }\n- { request: /x, status: 1 }', /:2: request: write METHOD \/path/],
    ['- request: GET /\n  status: 404\n  colour: red', /:3: there is no key colour; a row has request, host,/],
    ['- request: GET /\n  sttus: 404', /:2: there is no key sttus; did you mean status\?/],
    ['- request: GET /\n  status: many', /:2: status: write a number, such as 401\n/],
    ['- request: GET /\n  headers: { x: 1 }\n  status: 401', /:2: headers: write a map/],
    ['- status: 401', /:1: request: write METHOD \/path/],
    ['- status: 401\n  request: get /', /:2: request: write the method in capitals/],
    ['- request: GET /\n  status: 1\n  from: mars', /:3: from: /],
    ['- request: GET /\n  status: 1\n  host: a b', /:3: host: write a host name/],
    ['- GET /', /:1: write a map of request, /],
    ['- [', /:\d+: not YAML: .*[^:]\n$/],
  ])('%j cannot be one', (text, message) => {
    expect(run('--table', write('wrong.yaml', text))).toMatchObject({
      status: 64,
      stdout: '',
      stderr: expect.stringMatching(message),
    })
  })
})
