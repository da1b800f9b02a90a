// `portcullis diff` as a user runs it: what it compares, exit codes, forms and mistakes.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'

const cli = resolve('dist/cli.js')
const group = (description: string, more = ''): string =>
  `Resources:\n  Group:\n    Type: AWS::EC2::SecurityGroup\n    Properties: { GroupDescription: ${description} }\n${more}`
const nesting = `Resources:\n  Inner:\n    Type: AWS::CloudFormation::Stack\n    Properties: { TemplateURL: ./inner.yaml }\n`
const cluster = (setting: string): string =>
  `Resources:\n  Cluster:\n    Type: AWS::ECS::Cluster\n    Properties: { ClusterSettings: [{ Name: containerInsights, Value: ${setting} }] }\n`

let folder: string
const write = (path: string, text: string): void => {
  mkdirSync(join(folder, path, '..'), { recursive: true })
  writeFileSync(join(folder, path), text)
}
const git = (...args: string[]): void => gitIn(folder, ...args)
const gitIn = (cwd: string, ...args: string[]): void => {
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', '-c', 'commit.gpgsign=false', ...args], {
    cwd,
    stdio: 'pipe',
  })
}
const run = (args: readonly string[], input = '', cwd = folder) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'diff', ...args], {
    cwd,
    input,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] },
    timeout: 60_000,
  })
  return { status, stdout, stderr }
}

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'portcullis-diff-')))
  write('templates/template.yaml', nesting)
  write('templates/inner.yaml', group('first'))
  write('a.yaml', cluster('enabled'))
  write('b.yaml', cluster('disabled'))
  write('old/templates/template.yaml', nesting)
  write('old/templates/inner.yaml', group('older'))
  write('secret.yaml', group('secret'))
  write('escaping/template.yaml', nesting.replace('./inner.yaml', '../secret.yaml'))
  write('-q.yaml', cluster('enabled'))
  write('broken.yaml', 'a: b: c\n')
  const gone = group('first', cluster('enabled').replace('Resources:\n', ''))
  write('gone.yaml', gone)
  write('other.yaml', group('first'))
  write('gone-folder/templates/template.yaml', nesting)
  write('gone-folder/templates/inner.yaml', gone)
  git('init', '--quiet', '--initial-branch', 'main')
  git('add', '.')
  git('commit', '--quiet', '-m', 'first')
  git('tag', 'v1')
  write('templates/inner.yaml', gone)
  git('commit', '--quiet', '-am', 'second')
  git('tag', 'gone')
  git('reset', '--quiet', '--hard', 'v1')
  write('templates/inner.yaml', group('second'))
  write('a.yaml', cluster('enhanced'))
  write('new.yaml', cluster('enabled'))
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('what is compared', () => {
  test('without arguments, the last commit and the working tree, nested files and all', () => {
    const { status, stdout, stderr } = run([])
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toMatch(/^replaced {2}Inner\/Group\n {4}AWS::EC2::SecurityGroup {2}\[templates\/inner\.yaml:2\]$/m)
    expect(stdout).toMatch(/GroupDescription: first -> second {2}\(replaces\)/)
    expect(stdout).toMatch(/\n1 replaced\.\n/)
  })

  test.each([
    ['a tag', ['v1']],
    ['a branch', ['main']],
    ['an expression of git', ['HEAD~0']],
    ['a folder', ['old']],
    ['a folder that is named from elsewhere', ['./old', '.']],
  ])('%s and the working tree', (_, args) => {
    expect(run(args).stdout).toMatch(/GroupDescription: (?:first|older) -> second/)
  })

  test('two folders, and two refs', () => {
    expect(run(['old', 'old']).stdout).toMatch(/^No resource changes\./)
    expect(run(['HEAD', 'v1']).stdout).toMatch(/^No resource changes\./)
  })

  test('two files; a ref gives the file that stands on the other side', () => {
    expect(run(['a.yaml', 'b.yaml']).stdout).toMatch(/ClusterSettings\.0\.Value: enhanced -> disabled/)
    expect(run(['v1', 'a.yaml']).stdout).toMatch(/ClusterSettings\.0\.Value: enabled -> enhanced/)
  })

  test('a folder below the repository', () => {
    expect(run(['v1'], '', join(folder, 'templates')).stdout).toMatch(/GroupDescription: first -> second/)
  })

  test('standard input, also as get-template prints it', () => {
    const deployed = JSON.stringify({ TemplateBody: cluster('enabled'), StagesAvailable: ['Original'] })
    for (const input of [cluster('enabled'), deployed])
      expect(run(['-', 'b.yaml'], input).stdout).toMatch(/ClusterSettings\.0\.Value: enabled -> disabled/)
    write('deployed.json', deployed)
    expect(run(['deployed.json', 'b.yaml']).stdout).toMatch(/enabled -> disabled/)
  })

  test('no file outside the folder of its template', () => {
    for (const args of [
      ['escaping', 'escaping'],
      ['HEAD', 'escaping'],
      ['escaping', 'HEAD'],
    ])
      expect(run(args).stdout).not.toMatch(/secret/)
  })
})

describe('what is gone has its place on the old side', () => {
  const gone = group('first', cluster('enabled').replace('Resources:\n', ''))
  test.each([
    ['in a file', ['gone.yaml', 'other.yaml'], '', 'gone.yaml:5'],
    ['in standard input', ['-', 'other.yaml'], gone, 'standard input:5'],
    ['in a commit', ['gone', 'templates/template.yaml'], '', 'gone:templates/inner.yaml:5'],
    ['in another folder', ['gone-folder', '.'], '', 'gone-folder/templates/inner.yaml:5'],
  ])('%s', (_, args, input, place) => {
    expect(run(args, input).stdout).toMatch(
      new RegExp(`^removed {2}(?:Inner/)?Cluster\\n {4}AWS::ECS::Cluster {2}\\[${place}\\]$`, 'm'),
    )
  })
})

describe('what the config declares', () => {
  const shop = () => join(folder, 'shop')
  const config = (...open: readonly string[]) =>
    [
      'name: shop',
      'domain: { name: api.example.com, zone: { id: Z0123456789ABCDEFGHIJ } }',
      'services:',
      '  web: { image: 111111111111.dkr.ecr.eu-west-1.amazonaws.com/shop:1, port: 8080 }',
      'api:',
      '  auth: { users: { jwt: { issuer: https://idp.example.com/, audience: [shop] } } }',
      '  routes:',
      '    - { route: "ANY /{proxy+}" }',
      ...open.map((route) => `    - { route: "${route}", auth: none }`),
      '',
    ].join('\n')
  const generate = (...open: readonly string[]): void => {
    write('shop/portcullis.yaml', config(...open))
    execFileSync(process.execPath, [cli, 'generate', '--quiet'], { cwd: shop() })
  }
  const compare = (...args: readonly string[]) => run(args, '', shop())

  beforeAll(() => {
    generate('GET /health')
    gitIn(shop(), 'init', '--quiet')
    gitIn(shop(), 'add', '.')
    gitIn(shop(), 'commit', '--quiet', '-m', 'shop')
  })

  test('holds for its side, and what is new in it is told', () => {
    generate('GET /health')
    expect(compare()).toEqual({
      status: 0,
      stderr: '',
      stdout:
        "declared by the config:\n  --open-route 'HttpApi:GET /health'\n\nNo resource changes.\nAll claims together: proved, as before.\n",
    })
    generate('GET /status')
    const { status, stdout } = compare()
    expect(status).toBe(0)
    expect(stdout).toMatch(
      /declared by the config:\n {2}--open-route 'HttpApi:GET \/status' {2}\(new\)\n {2}--open-route 'HttpApi:GET \/health' {2}\(no more\)/,
    )
    expect(stdout).toMatch(
      /No step of the update opens anything that is not declared\.\nAll claims together: proved, as/,
    )
    expect(JSON.parse(compare('--format', 'json').stdout).declared).toEqual([
      { flag: "--open-route 'HttpApi:GET /status'", change: 'added' },
      { flag: "--open-route 'HttpApi:GET /health'", change: 'removed' },
    ])
    expect(compare('--format', 'markdown').stdout).toMatch(
      /Declared by the config\*\*\n\n- --open-route 'HttpApi:GET \/status' {2}\(new\)\n/,
    )
  })

  test('is not that of files, and a config that is wrong declares nothing', () => {
    generate('GET /status')
    const file = 'templates/standalone.yaml'
    expect(compare('HEAD', file)).toMatchObject({ status: 2, stdout: expect.not.stringContaining('declared by') })
    write('shop/portcullis.yaml', 'name: [')
    const { stdout, stderr } = compare()
    expect(stderr).toMatch(/^warning: portcullis\.yaml is wrong, so what it declares is not known/)
    expect(stdout).toMatch(/All claims together: refuted, as before\.\n$/)
  })
})

describe('exit codes', () => {
  test('2 where a claim that was refuted is refuted otherwise', () => {
    const admitting = (range: string) =>
      readFileSync('templates/standalone.yaml', 'utf8').replace(
        'SourceSecurityGroupId: !GetAtt VpcLinkSecurityGroup.GroupId',
        `CidrIp: ${range}`,
      )
    write('narrow.yaml', admitting('10.20.0.0/24'))
    write('wide.yaml', admitting('10.20.0.0/16'))
    const { status, stdout } = run(['narrow.yaml', 'wide.yaml'])
    expect(stdout).toMatch(/sole-entrance {2}LoadBalancer {2}refuted, as before, but otherwise {2}when VpcCidr=/)
    expect(stdout).toMatch(/No step of the update opens anything else\./)
    expect(status).toBe(2)
    expect(run(['wide.yaml', 'wide.yaml']).status).toBe(0)
  })

  test('1 with --fail-on replacement, if something is replaced', () => {
    expect(run(['--fail-on', 'replacement']).status).toBe(1)
    expect(run(['a.yaml', 'b.yaml', '--fail-on', 'replacement']).status).toBe(0)
  })

  test('0 for a new version of a task definition', () => {
    const task = (image: string) =>
      `Resources:\n  Task:\n    Type: AWS::ECS::TaskDefinition\n    Properties: { ContainerDefinitions: [{ Name: a, Image: ${image} }] }\n`
    write('one.yaml', task('a'))
    write('two.yaml', task('b'))
    const { status, stdout } = run(['one.yaml', 'two.yaml', '--fail-on', 'replacement'])
    expect(status).toBe(0)
    expect(stdout).toMatch(/^new version {2}Task/m)
  })

  test.each([
    ['what is not there', ['nowhere', 'a.yaml'], /nowhere cannot be read: there is no such file, folder or git ref/],
    ['a folder without templates', ['.git', 'a.yaml'], /\.git cannot be read: it has none of/],
    [
      'a file that the commit does not have',
      ['v1', 'new.yaml'],
      /v1: new\.yaml cannot be read: the commit has no such file/,
    ],
    ['standard input twice', ['-', '-'], /standard input is one side at most/],
    ['a template that is none', ['-', 'a.yaml'], /^standard input:1:1: a template is a map/],
    ['an old one that is none', ['broken.yaml', 'a.yaml'], /^broken\.yaml:1:5: /],
    [
      'an old one that is none, with a parameter',
      ['broken.yaml', 'a.yaml', '--parameter', 'X=1'],
      /^broken\.yaml:1:5: /,
    ],
    ['a new one that is none', ['a.yaml', 'broken.yaml'], /^broken\.yaml:1:5: /],
    ['nothing', ['', 'a.yaml'], /cannot be read: there is no such file, folder or git ref/],
    ['a flag to git', ['--', '-q', 'a.yaml'], /-q cannot be read/],
  ])('3 for %s', (_, args, message) => {
    const { status, stdout, stderr } = run(args, '')
    expect({ status, stdout }).toEqual({ status: 3, stdout: '' })
    expect(stderr).toMatch(message)
  })

  test.each([
    [['--parameter', 'Nothing=1', 'a.yaml', 'b.yaml'], /no template has a parameter Nothing/],
    [['--parameter', 'x', 'a.yaml', 'b.yaml'], /write NAME=VALUE/],
    [['--allow', 'nothing', 'a.yaml', 'b.yaml'], /choose one of/],
    [['--allow', 'exec:Nothing', 'a.yaml', 'b.yaml'], /no resource of the templates is called Nothing/],
    [['--fail-on', 'anything', 'a.yaml', 'b.yaml'], /Allowed choices are replacement/],
    [['--format', 'html', 'a.yaml', 'b.yaml'], /Allowed choices are text, json, markdown/],
  ])('64 for %j', (args, message) => {
    const { status, stderr } = run(args)
    expect(status).toBe(64)
    expect(stderr).toMatch(message)
  })
})

describe('forms', () => {
  test('JSON says everything', () => {
    expect(JSON.parse(run(['--format', 'json']).stdout)).toMatchObject({
      version: 1,
      templates: ['templates/template.yaml'],
      resources: [
        {
          key: 'templates/template.yaml/Inner/Group',
          change: 'replaced',
          properties: [{ path: 'GroupDescription', before: 'first', after: 'second', replaces: 'yes' }],
        },
      ],
      parameters: [],
      renamed: [],
      unread: [],
      steps: { verdict: 'safe', findings: [] },
      verdict: { before: 'undecided', after: 'undecided', claims: [] },
    })
  })

  test('Markdown holds no markup of a template, and text no character that moves the cursor', () => {
    const hostile = '"<script>alert(1)</script> | @team `x` https://example.com ![a](b) \\u001b[31m \\u202e"'
    write('hostile.yaml', group(hostile, `  "A|<b>\\u001b":\n    Type: "AWS::SNS::Topic <img src=x>"\n`))
    const { stdout } = run(['templates/inner.yaml', 'hostile.yaml', '--format', 'markdown'])
    expect(stdout).toMatch(/^### Portcullis/)
    expect(stdout.replaceAll(/<\/?(?:code|details|summary|br)>/g, '')).not.toMatch(/[<`@\p{Cf}]|https:\/\/|!\[/u)
    // Each row of a table has as many cells as its head.
    for (const row of stdout.split('\n').filter((line) => line.startsWith('|'))) expect(row.split('|').length).toBe(6)
    const { stdout: text } = run(['templates/inner.yaml', 'hostile.yaml'])
    expect(text).not.toMatch(/[^\P{Cc}\n]|\p{Cf}/u)
  })
})
