// `portcullis verify` as a user runs it: exit codes, forms, flags and mistakes.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { doors, facets } from '../../verifier/index.ts'
import { type Json, readTemplate } from '../support/read-template.ts'

const cli = resolve('dist/cli.js')
const base: Json = readTemplate(readFileSync('templates/standalone.yaml', 'utf8'))
let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'portcullis-verify-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const run = (args: readonly string[], cwd = folder) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'verify', ...args], {
    cwd,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] },
  })
  return { status, stdout, stderr }
}
const written = (name: string, change: (template: Json) => void): string => {
  const template = structuredClone(base)
  change(template)
  writeFileSync(join(folder, name), JSON.stringify(template, null, 1))
  return name
}

describe.each(['templates/standalone.yaml', 'templates/template.yaml'])('%s', (template) => {
  test('is proved without any flag, with its assumptions', () => {
    const { status, stdout, stderr } = run([template], resolve('.'))
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toMatch(/\nassumed:\n(?: {2}\S.+\n)+\nAll \d+ claims proved\.\n$/)
  })
})

/** Each protection, and how its absence is told. */
const protections: readonly [string, string, string, (properties: Json) => Json][] = [
  ['LoadBalancer', 'Scheme', 'no-public-address', (properties) => properties],
  ['LoadBalancer', 'SecurityGroups', 'sole-entrance', (properties) => properties],
  [
    'OrdersService',
    'SecurityGroups',
    'sole-entrance',
    (properties) => properties.NetworkConfiguration.AwsvpcConfiguration,
  ],
  ['RouteGetOrders', 'AuthorizationType', 'authorized-routes', (properties) => properties],
  ['RouteGetOrders', 'AuthorizerId', 'authorized-routes', (properties) => properties],
  ['AlbIntegration', 'TlsConfig', 'verified-tls', (properties) => properties],
  ['HttpApi', 'DisableExecuteApiEndpoint', 'no-bypass', (properties) => properties],
]

test.each(protections)('%s without %s is refuted (%s)', (id, name, claim, holder) => {
  const file = written('deleted.json', (template) => {
    delete holder(template.Resources[id].Properties)[name]
  })
  const { status, stdout } = run([file, '--format', 'json'])
  expect(status).toBe(1)
  const refuted = JSON.parse(stdout).claims.filter((each: Json) => each.id === claim && each.verdict === 'refuted')
  expect(JSON.stringify(refuted[0].path)).toMatch(id === 'RouteGetOrders' ? /GET \/orders/ : new RegExp(id))
})

test.each([
  ...protections.filter(([, name]) => name !== 'TlsConfig'),
  ['AlbIntegration', 'ServerNameToVerify', 'verified-tls', (properties: Json) => properties.TlsConfig] as const,
  [
    'LoadBalancerIngressFromVpcLink',
    'SourceSecurityGroupId',
    'sole-entrance',
    (properties: Json) => properties,
  ] as const,
  [
    'OrdersTaskIngressFromLoadBalancer',
    'SourceSecurityGroupId',
    'sole-entrance',
    (properties: Json) => properties,
  ] as const,
])('%s with %s by a parameter is undecided (%s)', (id, name, claim, holder) => {
  const file = written('parameter.json', (template) => {
    template.Parameters.Unknown = { Type: name === 'SecurityGroups' ? 'List<AWS::EC2::SecurityGroup::Id>' : 'String' }
    holder(template.Resources[id].Properties)[name] = { Ref: 'Unknown' }
  })
  const { status, stdout } = run([file, '--format', 'json'])
  expect(status).toBe(2)
  const open = JSON.parse(stdout).claims.filter((each: Json) => each.id === claim && each.verdict === 'undecided')
  expect(open[0].unknown).toEqual({
    name: 'Unknown',
    settle: expect.stringMatching(/^--(?:parameter Unknown=|assume Unknown\.)/),
  })
})

test('the flag that an undecided claim names settles it', () => {
  const file = written('settled.json', (template) => {
    template.Parameters.GivenCertificate = { Type: 'String' }
    template.Resources.HttpsListener.Properties.Certificates = [{ CertificateArn: { Ref: 'GivenCertificate' } }]
  })
  expect(run([file]).status).toBe(2)
  expect(run([file]).stdout).toMatch(/settle {2}--assume GivenCertificate\.covers=HOST/)
  const { status, stdout } = run([file, '--assume', 'GivenCertificate.covers=${DomainName}'])
  expect(status).toBe(0)
  expect(stdout).toMatch(/declared:\n {2}--assume 'GivenCertificate\.covers=\$\{DomainName\}'/)
  expect(
    run([file, '--assume', 'GivenCertificate.covers=api.example.com', '--parameter', 'DomainName=api.example.com'])
      .status,
  ).toBe(0)
  expect(
    run([file, '--assume', 'GivenCertificate.covers=other.example.com', '--parameter', 'DomainName=api.example.com'])
      .status,
  ).toBe(1)
})

test('a door that is meant to be there is declared, and said', () => {
  const file = written('exec.json', (template) => {
    template.Resources.OrdersService.Properties.EnableExecuteCommand = true
  })
  expect(run([file]).status).toBe(1)
  const { status, stdout } = run([file, '--allow', 'exec'])
  expect(status).toBe(0)
  expect(stdout).toMatch(/declared:\n {2}--allow exec/)
})

test('SARIF names rule, place and way', () => {
  const file = written('sarif.json', (template) => {
    delete template.Resources.LoadBalancer.Properties.Scheme
  })
  const { status, stdout } = run([file, '--format', 'sarif'])
  expect(status).toBe(1)
  const { version, runs } = JSON.parse(stdout)
  expect(version).toBe('2.1.0')
  const [result] = runs[0].results
  expect(runs[0].tool.driver.rules[result.ruleIndex].id).toBe(result.ruleId)
  expect(result).toMatchObject({ ruleId: 'no-public-address', level: 'error' })
  const { artifactLocation, region } = result.locations[0].physicalLocation
  expect(artifactLocation.uri).toBe('sarif.json')
  expect(readFileSync(join(folder, 'sarif.json'), 'utf8').split('\n')[region.startLine - 1]).toMatch(
    /"LoadBalancer": \{/,
  )
})

test.each([
  ['no such file', ['nowhere.yaml'], 3, /nowhere\.yaml cannot be read/],
  ['no template', ['list.yaml'], 3, /^list\.yaml:1:1: /],
  ['broken YAML', ['broken.yaml'], 3, /^broken\.yaml:\d+:\d+: /],
  ['a repeated key', ['twice.yaml'], 3, /^twice\.yaml:4:\d+: .*A/],
  ['an unknown door', ['ok.yaml', '--allow', 'window'], 64, /choose one of exec, /],
  ['half a parameter', ['ok.yaml', '--parameter', 'P'], 64, /NAME=VALUE/],
  ['a parameter that there is not', ['ok.yaml', '--parameter', 'Q=1'], 64, /no template has a parameter Q/],
  ['an unknown facet', ['ok.yaml', '--assume', 'P.colour=red'], 64, /the facet is one of/],
  ['an assumption of everything', ['ok.yaml', '--assume', 'P.ingress=all'], 64, /only "none"/],
  ['no template at all', [], 64, /missing required argument/],
  ['an unknown flag', ['ok.yaml', '--forgive'], 64, /unknown option/],
])('%s ends with its exit code and says why', (_name, args, code, message) => {
  writeFileSync(join(folder, 'list.yaml'), '- 1\n')
  writeFileSync(join(folder, 'broken.yaml'), 'Resources:\n  A:\n   Type: "AWS::S3::Bucket\n')
  writeFileSync(
    join(folder, 'twice.yaml'),
    'Resources:\n  A:\n    Type: AWS::S3::Bucket\n  A:\n    Type: AWS::S3::Bucket\n',
  )
  writeFileSync(
    join(folder, 'ok.yaml'),
    'Parameters:\n  P:\n    Type: String\nResources:\n  A:\n    Type: AWS::S3::Bucket\n',
  )
  const { status, stdout, stderr } = run(args)
  expect({ status, stdout }).toEqual({ status: code, stdout: '' })
  expect(stderr).toMatch(message)
})

test('a template with nothing to protect is undecided', () => {
  writeFileSync(join(folder, 'bucket.yaml'), 'Resources:\n  A:\n    Type: AWS::S3::Bucket\n')
  const { status, stdout } = run(['bucket.yaml'])
  expect(status).toBe(2)
  expect(stdout).toMatch(/nothing to prove/)
})

test('the help names every door and facet', () => {
  const { status, stdout } = run(['--help'])
  expect(status).toBe(0)
  const named = new Set(stdout.match(/[a-z-]+/g))
  for (const word of [...doors, ...facets]) expect(named).toContain(word)
})
