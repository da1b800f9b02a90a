// The built program as a user runs it: `npm test` builds it first.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'

const cli = resolve('dist/cli.js')
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'portcullis-cli-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const run = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] },
  })
  return { status, stdout, stderr }
}

describe('init', () => {
  test('writes a config that generates without an edit, and its schema', () => {
    expect(run('init').status).toBe(0)
    expect(readdirSync(folder).sort()).toEqual(['portcullis.schema.json', 'portcullis.yaml'])
    const { status, stdout, stderr } = run('generate')
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toMatch(/The one way in\n {2}https:\/\/api\.example\.com/)
    expect(existsSync(join(folder, 'templates/standalone.yaml'))).toBe(true)
  })

  test('leaves an existing config alone', () => {
    writeFileSync(join(folder, 'portcullis.yaml'), 'mine\n')
    const { status, stdout, stderr } = run('init')
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
    expect(stderr).toMatch(/exists already/)
    expect(readFileSync(join(folder, 'portcullis.yaml'), 'utf8')).toBe('mine\n')
  })
})

describe('generate', () => {
  test('a wrong config is an error with place, cause and remedy, and nothing is written', () => {
    run('init')
    const text = readFileSync(join(folder, 'portcullis.yaml'), 'utf8')
    writeFileSync(join(folder, 'portcullis.yaml'), text.replace('port: 8080', 'prot: 8080'))
    const { status, stdout, stderr } = run('generate')
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
    expect(stderr).toMatch(/^portcullis\.yaml:\d+:\d+ {2}PC\d{3} {2}.*prot/m)
    expect(stderr).toMatch(/port/)
    expect(readdirSync(folder).sort()).toEqual(['portcullis.schema.json', 'portcullis.yaml'])
  })

  test('no config at all is an error that names init', () => {
    const { status, stderr } = run('generate')
    expect(status).toBe(1)
    expect(stderr).toMatch(/portcullis init/)
  })

  test('--check writes nothing and fails until the files are up to date', () => {
    run('init')
    const before = run('generate', '--check')
    expect(before.status).toBe(1)
    expect(before.stderr).toMatch(/templates\/template\.yaml: missing/)
    expect(existsSync(join(folder, 'templates'))).toBe(false)
    run('generate')
    expect(run('generate', '--check').status).toBe(0)
    writeFileSync(
      join(folder, 'templates/api.yaml'),
      readFileSync(join(folder, 'templates/api.yaml'), 'utf8').replace('HTTP_PROXY', 'HTTP'),
    )
    expect(run('generate', '--check').stderr).toMatch(/templates\/api\.yaml: differs/)
  })

  test('--out and --format choose folder and form; another form replaces the first', () => {
    run('init')
    expect(run('generate', '--out', 'infra', '--format', 'json').status).toBe(0)
    expect(JSON.parse(readFileSync(join(folder, 'infra/templates/template.json'), 'utf8')).Transform).toBe(
      'AWS::Serverless-2016-10-31',
    )
    run('generate', '--out', 'infra')
    expect(readdirSync(join(folder, 'infra/templates')).filter((name) => name.endsWith('.json'))).toEqual([])
  })

  test('a samconfig.toml of somebody else is not overwritten', () => {
    run('init')
    writeFileSync(join(folder, 'samconfig.toml'), 'version = 0.1\n')
    const { status, stderr } = run('generate')
    expect(status).toBe(1)
    expect(stderr).toMatch(/samconfig\.toml/)
    expect(existsSync(join(folder, 'templates'))).toBe(false)
  })
})

describe('versions of the product', () => {
  const minimal = readFileSync(resolve('examples/minimal/portcullis.yaml'), 'utf8')
  const uploaded = 'https://bucket.s3.eu-west-1.amazonaws.com/portcullis/standalone'
  const configWith = (versions: readonly string[] | undefined): void => {
    const lines = versions?.map((name, index) =>
      index === versions.length - 1 ? `"${name}": current` : `"${name}": ${uploaded}-${name}.yaml`,
    )
    const delivery = lines
      ? `delivery:\n  serviceCatalog:\n    portfolio: Platform\n    owner: me\n    versions:\n${lines.map((line) => `      ${line}\n`).join('')}`
      : ''
    writeFileSync(join(folder, 'portcullis.yaml'), `${minimal}${delivery}`)
  }
  const record = (): string => readFileSync(join(folder, 'templates/service-catalog.yaml'), 'utf8')
  const expectRefused = (message: RegExp, ...args: string[]): void => {
    const before = record()
    const others = readFileSync(join(folder, 'templates/template.yaml'), 'utf8')
    const { status, stdout, stderr } = run('generate', ...args)
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
    expect(stderr).toMatch(message)
    expect(record()).toBe(before)
    expect(readFileSync(join(folder, 'templates/template.yaml'), 'utf8')).toBe(others)
  }

  test('are added, and each run keeps those before', () => {
    configWith(['1.0.0'])
    expect(run('generate').status).toBe(0)
    expect(run('generate', '--check').status).toBe(0)
    configWith(['1.0.0', '1.1.0'])
    expect(run('generate')).toMatchObject({ status: 0, stderr: '' })
    configWith(['1.0.0', '1.1.0', '2.0.0'])
    expect(run('generate').status).toBe(0)
    expect(record()).toMatch(/Versions: \['1\.0\.0', '1\.1\.0', '2\.0\.0'\]/)
  })

  test('a removed one is an error with place, cause and remedy, and nothing is written', () => {
    configWith(['1.0.0', '1.1.0', '1.2.0'])
    run('generate')
    configWith(['1.1.0', '1.3.0'])
    expectRefused(/^portcullis\.yaml:\d+:5 {2}PC506 {2}version "1\.0\.0" of the product is missing$/m)
    expectRefused(/^portcullis\.yaml:\d+:5 {2}PC506 {2}version "1\.2\.0" of the product is missing$/m)
    expectRefused(/versions are append only/)
    expectRefused(/write "1\.0\.0" back in its place.*templates\/service-catalog\.yaml, delete that file/)
    expectRefused(/"1\.0\.0" of the product is missing/, '--check')
    expectRefused(/"1\.0\.0" of the product is missing/, '--format', 'json')
  })

  test('one that comes before older ones is an error', () => {
    configWith(['1.0.0', '1.2.0'])
    run('generate')
    configWith(['1.0.0', '1.1.0', '1.2.0'])
    expectRefused(/version "1\.1\.0" stands before "1\.2\.0", which is older/)
  })

  test('the whole section cannot go by accident either', () => {
    configWith(['1.0.0'])
    run('generate')
    configWith(undefined)
    expectRefused(/version "1\.0\.0" of the product is missing/)
    rmSync(join(folder, 'templates/service-catalog.yaml'))
    expect(run('generate')).toMatchObject({ status: 0, stderr: '' })
  })

  test('are found in JSON too, and only in the folder that is written to', () => {
    configWith(['1.0.0'])
    expect(run('generate', '--format', 'json').status).toBe(0)
    configWith(['1.1.0'])
    expect(run('generate').stderr).toMatch(/"1\.0\.0" of the product is missing.*/)
    expect(run('generate', '--out', 'elsewhere').status).toBe(0)
  })

  test('are not looked for in the template of a service called catalog', () => {
    writeFileSync(join(folder, 'portcullis.yaml'), minimal.replace('  web:', '  catalog:'))
    run('generate')
    expect(record()).toContain('AWS::ECS::Service')
    expect(run('generate')).toMatchObject({ status: 0, stderr: '' })
    configWith(['1.0.0'])
    expect(run('generate')).toMatchObject({ status: 0, stderr: '' })
  })

  test.each([
    ['conflict markers', (text: string) => text.replace('Metadata:', '<<<<<<< HEAD\nMetadata:\n=======')],
    ['no versions', (text: string) => text.replace(/Versions: .*/, 'Versions: 1')],
  ])(
    'a record with %s is an error, because a version could be lost',
    (_, damage) => {
      configWith(['1.0.0'])
      run('generate')
      writeFileSync(join(folder, 'templates/service-catalog.yaml'), damage(record()))
      expectRefused(/templates\/service-catalog\.yaml in \. is damaged/)
    },
    30_000,
  )
})

test.each([[['generate', '--nonsense']], [['generate', '--format', 'xml']], [['nonsense']]])(
  'wrong usage %j ends with 64',
  (args) => {
    const { status, stdout, stderr } = run(...args)
    expect({ status, stdout }).toEqual({ status: 64, stdout: '' })
    expect(stderr).not.toBe('')
  },
)

test('schema prints a JSON Schema that names every section', () => {
  const { status, stdout } = run('schema')
  expect(status).toBe(0)
  expect(Object.keys(JSON.parse(stdout).properties)).toEqual(
    expect.arrayContaining([
      'name',
      'domain',
      'network',
      'loadBalancer',
      'services',
      'api',
      'environments',
      'delivery',
    ]),
  )
})
