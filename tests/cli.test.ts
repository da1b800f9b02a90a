// The built program as a user runs it: `npm test` builds it first.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
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

const textIn = (path: string): string => {
  const file = join(folder, path)
  return statSync(file).isFile() ? readFileSync(file, 'utf8') : ''
}

describe('init', () => {
  test('writes a config that generates without an edit, and its schema', () => {
    expect(run('init').status).toBe(0)
    expect(readdirSync(folder).sort()).toEqual(['portcullis.schema.json', 'portcullis.yaml'])
    const { status, stdout, stderr } = run('generate')
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toMatch(/The one way in\n {2}https:\/\/api\.replace-me\.example/)
    expect(existsSync(join(folder, 'templates/standalone.yaml'))).toBe(true)
  })

  test('leaves an existing config alone', () => {
    writeFileSync(join(folder, 'portcullis.yaml'), 'mine\n')
    const { status, stdout, stderr } = run('init')
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
    expect(stderr).toMatch(/already exists/)
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

  test('a warning has place, cause and remedy on stderr, and changes nothing else', () => {
    const text = readFileSync('tests/fixtures/bad/secret-arn-without-end.yaml', 'utf8')
    writeFileSync(join(folder, 'portcullis.yaml'), text)
    const { status, stdout, stderr } = run('generate')
    expect(status).toBe(0)
    expect(stdout).not.toMatch(/PC433/)
    expect(
      stderr.match(
        /^portcullis\.yaml:\d+:\d+ {2}PC433 {2}warning: .*\n.*secret.*\n +\^+\n {2}\S.*https.*\n {2}write /gm,
      ),
    ).toHaveLength(4)
    const check = run('generate', '--check')
    expect(check).toMatchObject({ status: 0, stderr })
    writeFileSync(
      join(folder, 'portcullis.yaml'),
      text.replaceAll(/secret:[^":\n]*/g, (arn) => `${arn}-a7Kq2x`),
    )
    expect(run('generate')).toMatchObject({ status: 0, stderr: '' })
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
    expect(run('generate', '--check', '--allow-placeholders').status).toBe(0)
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

  test('a foreign samconfig.toml is not overwritten', () => {
    run('init')
    writeFileSync(join(folder, 'samconfig.toml'), 'version = 0.1\n')
    const { status, stderr } = run('generate')
    expect(status).toBe(1)
    expect(stderr).toMatch(/samconfig\.toml/)
    expect(existsSync(join(folder, 'templates'))).toBe(false)
  })
})

describe('overrides', () => {
  const withOverride = (override: string) => {
    run('init', '--yes')
    const file = join(folder, 'portcullis.yaml')
    writeFileSync(file, `${readFileSync(file, 'utf8')}\noverrides:\n  ${override}\n`)
    return run('generate')
  }

  test('are listed, and judged with the rest', () => {
    const { status, stdout } = withOverride('HttpApi: { Properties: { Description: Shop } }')
    expect(stdout).toMatch(/^Overrides.*\n {2}HttpApi: Description$/m)
    expect(status).toBe(0)
  })

  test('that open a way in are refuted, and the exit code says so', () => {
    const { status, stdout } = withOverride('LoadBalancer: { Properties: { Scheme: internet-facing } }')
    expect(stdout).toMatch(/refuted: no-public-address LoadBalancer/)
    expect(stdout).toMatch(/^Overrides.*\n {2}LoadBalancer: Scheme$/m)
    expect(status).toBe(2)
    expect(existsSync(join(folder, 'templates/standalone.yaml'))).toBe(true)
  })

  test('that add what nobody can judge leave it undecided', () => {
    const { status, stdout } = withOverride(
      'Helper: { Type: "Custom::Helper", Properties: { ServiceToken: "arn:aws:lambda:eu-west-1:111111111111:function:x", Group: { "Fn::GetAtt": LoadBalancerSecurityGroup.GroupId } } }',
    )
    expect(stdout).toMatch(/undecided: sole-entrance LoadBalancer/)
    expect(stdout).toContain('  Helper: new, Custom::Helper')
    expect(status).toBe(2)
  })
})

describe('placeholders', () => {
  test('that init wrote are listed by generate, and refused by --check until they are answered', () => {
    run('init')
    const { stdout } = run('generate')
    const left = [...stdout.matchAll(/^ {7}portcullis\.yaml:\d+:\d+ {2}([\w.]+): \S/gm)].map(([, path]) => path)
    expect(left).toEqual([
      'name',
      'domain.name',
      'domain.zone.id',
      'services.app.image',
      'api.auth.users.jwt.issuer',
      'api.auth.users.jwt.audience.0',
    ])
    const check = run('generate', '--check')
    expect(check.status).toBe(1)
    expect(check.stderr.match(/^portcullis\.yaml:\d+:\d+ {2}PC112 {2}.* is a placeholder/gm)).toHaveLength(left.length)
    const file = join(folder, 'portcullis.yaml')
    const answered = readFileSync(file, 'utf8').replaceAll(/ZREPLACEME|replace-me|0{12}/g, (word) =>
      word === 'ZREPLACEME' ? 'Z0123456789ABCDEFGHIJ' : word === 'replace-me' ? 'shop' : '111111111111',
    )
    writeFileSync(file, answered)
    // Files that were made from placeholders belong to nobody, so the new name takes them over.
    expect(run('generate')).toMatchObject({ status: 0, stderr: '', stdout: expect.not.stringMatching(/only you know/) })
    expect(run('generate', '--check')).toMatchObject({ status: 0, stderr: '' })
  })
})

describe('--set', () => {
  const main = readFileSync(resolve('portcullis.yaml'), 'utf8')
  const image = '111111111111.dkr.ecr.eu-west-1.amazonaws.com/orders:1.10'
  const template = (): string => readFileSync(join(folder, 'templates/template.yaml'), 'utf8')
  beforeEach(() => writeFileSync(join(folder, 'portcullis.yaml'), main))

  test('gives values as if they stood in the config', () => {
    const set = [
      `services.orders.image=${image}`,
      'services.orders.environment.VERSION=1.10',
      'services.catalog.cpu=1024',
      'services.catalog.memory=2048',
      'api.auth.customers.jwt.audience=[shop, till]',
    ]
    expect(run('generate', ...set.flatMap((each) => ['--set', each]))).toMatchObject({ status: 0, stderr: '' })
    const bySet = template()
    const service = readFileSync(join(folder, 'templates/service-orders.yaml'), 'utf8')
    expect(service).toMatch(/Name: VERSION\n\s+Value: '1\.10'/)
    writeFileSync(
      join(folder, 'portcullis.yaml'),
      main
        .replace(/image: .*orders:1\.4\.2/, `image: ${image}`)
        .replace('LOG_LEVEL: info', 'LOG_LEVEL: info, VERSION: "1.10"')
        .replace('catalog:2.0.1', 'catalog:2.0.1\n    cpu: 1024\n    memory: 2048')
        .replace('audience: [shop]', 'audience: [shop, till]'),
    )
    run('generate')
    expect(template()).toBe(bySet)
  })

  test.each([
    [
      ['services.orders.image=not an image'],
      /^--set:1:23 {2}PC104 {2}"not an image" is not a container image\n.*\| services\.orders\.image=not an image/m,
    ],
    [
      ['services.order.image=x'],
      /PC113.*services\.order, which the config does not have[\s\S]*did you mean services\.orders\?/,
    ],
    [['services.orders.prot=1'], /PC113.*services\.orders\.prot, which/],
    [['constructor.name=1'], /PC113.*names constructor, which/],
    [['__proto__.name=1'], /PC113.*names __proto__, which/],
    [['services.orders.port=99999'], /^--set:1:22 {2}PC104/m],
    [['services.orders.paths.5=/x'], /PC113.*services\.orders\.paths\.5, which/],
    [['domain.name=other.example.org'], /^--set:1:13 {2}PC302/m],
    [['services.orders.scale.min=2'], /PC113.*but environments\.dev\.parameters\.OrdersMinTasks overrides it/],
    [['services.orders.scale.min=2'], /PC113.*but environments\.prod\.parameters\.OrdersMinTasks overrides it/],
  ])('%j is refused with the place on the command line, and nothing is written', (set, message) => {
    const { status, stdout, stderr } = run('generate', ...set.flatMap((each) => ['--set', each]))
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
    expect(stderr).toMatch(message)
    expect(readdirSync(folder)).toEqual(['portcullis.yaml'])
  })

  test.each(['name', '=x', '.=x', ''])('%j is wrong usage', (argument) => {
    expect(run('generate', '--set', argument)).toMatchObject({
      status: 64,
      stderr: expect.stringMatching(/PATH=VALUE/),
    })
  })
})

describe('two applications in one folder', () => {
  test.each(['yaml', 'json'])('are refused with the way out, and the first stays as it was (%s)', (format) => {
    const config = readFileSync(resolve('examples/minimal/portcullis.yaml'), 'utf8')
    writeFileSync(join(folder, 'portcullis.yaml'), config)
    writeFileSync(join(folder, 'other.yaml'), config.replace('name: hello\n', 'name: other\n'))
    run('generate', '--format', format)
    const before = readdirSync(join(folder, 'templates')).map((name) => [name, textIn(`templates/${name}`)])
    for (const flags of [[], ['--check'], ['--format', 'yaml']]) {
      const { status, stdout, stderr } = run('generate', 'other.yaml', ...flags)
      expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
      expect(stderr).toMatch(/the application "hello".*"other"[\s\S]*--out other/)
    }
    expect(readdirSync(join(folder, 'templates')).map((name) => [name, textIn(`templates/${name}`)])).toEqual(before)
    // Without its templates, samconfig.toml still says whose it is.
    rmSync(join(folder, 'templates'), { recursive: true })
    expect(run('generate', 'other.yaml').stderr).toMatch(/the application "hello"/)
    expect(run('generate', 'other.yaml', '--out', 'other')).toMatchObject({ status: 0, stderr: '' })
  })
})

describe('an edit by hand', () => {
  const edit = (path: string, from: string | RegExp, to: string): void =>
    writeFileSync(join(folder, path), textIn(path).replace(from, to))
  const header = 'edited by hand'
  beforeEach(() => {
    writeFileSync(join(folder, 'portcullis.yaml'), readFileSync(resolve('examples/minimal/portcullis.yaml'), 'utf8'))
    run('generate')
  })

  test('is named and shown by --check and by generate, which takes it back', () => {
    edit('templates/api.yaml', 'HTTP_PROXY', 'HTTP')
    edit('templates/functions/waiter/index.js', /$/, '// mine\n')
    edit('samconfig.toml', 'hello', 'bye')
    const check = run('generate', '--check')
    expect(check.status).toBe(1)
    const made = run('generate')
    expect(made.status).toBe(0)
    for (const { stderr } of [check, made]) {
      expect(stderr).toContain(header)
      for (const line of [
        '- .*IntegrationType: HTTP',
        '\\+ .*IntegrationType: HTTP_PROXY',
        '- // mine',
        '- stack_name = "bye"',
      ])
        expect(stderr).toMatch(new RegExp(`^ +${line}$`, 'm'))
    }
    expect(run('generate', '--check').status).toBe(0)
  })

  test('is told from a config that changed', () => {
    edit('templates/api.yaml', 'HTTP_PROXY', 'HTTP')
    edit('portcullis.yaml', 'port: 8080', 'port: 8081')
    const { stderr } = run('generate', '--check')
    expect(stderr).toMatch(/^templates\/api\.yaml: differs, because it was edited by hand$/m)
    expect(stderr).toMatch(/^templates\/service-web\.yaml: differs$/m)
    expect(stderr).not.toMatch(/^ +[-+] .*808/m)
  })

  test('of a file that is no longer generated is named before the file goes', () => {
    edit('templates/service-web.yaml', /$/, '# mine\n')
    edit('portcullis.yaml', '  web:', '  site:')
    expect(run('generate').stderr).toMatch(/edited by hand[\s\S]*templates\/service-web\.yaml\n +no longer generated/)
    expect(existsSync(join(folder, 'templates/service-web.yaml'))).toBe(false)
  })

  test('is not seen where nothing says what was written', () => {
    rmSync(join(folder, 'templates/.generated'))
    edit('templates/api.yaml', 'HTTP_PROXY', 'HTTP')
    expect(run('generate').stderr).toBe('')
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
    expectRefused(/versions are append-only/)
    expectRefused(/write "1\.0\.0" back in its place.*templates\/service-catalog\.yaml, delete that file/)
    expectRefused(/"1\.0\.0" of the product is missing/, '--check')
    expectRefused(/"1\.0\.0" of the product is missing/, '--format', 'json')
  })

  test('one that comes before older ones is an error', () => {
    configWith(['1.0.0', '1.2.0'])
    run('generate')
    configWith(['1.0.0', '1.1.0', '1.2.0'])
    expectRefused(/version "1\.1\.0" comes before "1\.2\.0", which is older/)
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

describe('completion', () => {
  const commands = [
    'init',
    'generate',
    'verify',
    'trace',
    'diagram',
    'report',
    'diff',
    'schema',
    'explain',
    'completion',
  ]
  /** What bash offers after these words, the last of which is being written. */
  const offered = (...words: string[]): string[] => {
    const script = `source <("$0" "$1" completion bash); shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _portcullis; printf '%s\\n' "\${COMPREPLY[@]}"`
    const { status, stdout, stderr } = spawnSync('bash', ['-c', script, process.execPath, cli, ...words], {
      encoding: 'utf8',
    })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    return stdout.trim().split('\n')
  }

  test.each([
    [['portcullis', ''], commands],
    [['portcullis', 'ge'], ['generate']],
    [
      ['portcullis', 'generate', '--format', ''],
      ['yaml', 'json'],
    ],
    [['portcullis', 'verify', '--format', 's'], ['sarif']],
    // Files are what bash offers by itself.
    [['portcullis', 'generate', '--out', ''], ['']],
    [['portcullis', 'verify', ''], ['']],
    [['portcullis', 'explain', 'no-s'], ['no-side-door']],
    [
      ['portcullis', 'completion', ''],
      ['bash', 'zsh', 'fish'],
    ],
  ])('bash, after %j', (words, expected) => {
    expect(offered(...words)).toEqual(expected)
  })

  test.each(commands)('every shell knows the flags of %s', (command) => {
    const flags = [...run(command, '--help').stdout.matchAll(/^ {2}(?:-\w, )?(--[a-z-]+)/gm)].map(([, flag]) => flag)
    expect(flags).toContain('--help')
    expect(offered('portcullis', command, '--')).toEqual(flags)
    const [zsh, fish] = [run('completion', 'zsh').stdout, run('completion', 'fish').stdout]
    for (const flag of flags) {
      expect(zsh).toMatch(new RegExp(`^ {4}${command}\\).*'\\*${flag}\\[`, 'm'))
      expect(fish).toMatch(new RegExp(`from ${command}' -l ${flag?.slice(2)} `))
    }
  })
})

test.each(['init', 'generate', 'verify', 'trace', 'diagram', 'report', 'diff', 'schema', 'explain', 'completion'])(
  '%s --help ends with examples',
  (command) => {
    expect(run(command, '--help').stdout).toMatch(/\nExamples?:\n(?: {2}\S.*\n)+$/)
  },
)

test('--quiet prints nothing when all is well, and what is not otherwise', () => {
  run('init')
  expect(run('generate', '--quiet')).toEqual({ status: 0, stdout: '', stderr: '' })
  expect(run('generate', '--check', '--allow-placeholders', '--quiet')).toEqual({ status: 0, stdout: '', stderr: '' })
  const file = join(folder, 'templates/standalone.yaml')
  expect(run('verify', '--quiet', file)).toEqual({ status: 0, stdout: '', stderr: '' })
  writeFileSync(file, readFileSync(file, 'utf8').replace('Scheme: internal', 'Scheme: internet-facing'))
  const { status, stdout } = run('verify', '--quiet', file)
  expect(status).toBe(1)
  expect(stdout).toMatch(/^REFUTED {2}.*no-public-address/m)
  expect(stdout).not.toMatch(/^proved/m)
  expect(stdout).toMatch(/\n\d+ refuted, \d+ undecided, \d+ proved\.\n$/)
  expect(run('generate', '--check', '--quiet').status).toBe(1)
})
