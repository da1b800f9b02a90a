// What `verify` opens, how long it may take, and that nothing it prints moves the cursor or turns the text around.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { filesBeside, readTemplateFile } from '../../generator/commands/template-files.ts'
import { startWatchdog } from '../../generator/commands/watchdog.ts'
import {
  largestTemplate,
  type Report,
  report as reportText,
  sarif,
  templateBody,
  visible,
  visibleJson,
  visibleLines,
} from '../../verifier/index.ts'
import { visibleTexts } from '../../verifier/report/visible.ts'
import { seed } from '../support/effort.ts'

const hidden = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u
const hiddenInLines = /[^\P{Cc}\n\t]|[\p{Cf}\p{Zl}\p{Zp}]/u
const bad = '\u001b[31m\u0007\u009b\u007f\u202e\u2066\u200e\u2028\ufeff\r'
const bucket = 'Resources:\n  A:\n    Type: AWS::S3::Bucket\n'
const cli = resolve('dist/cli.js')

let folder: string
beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'portcullis-hygiene-')))
  for (const name of ['app', 'app/sub', 'other']) mkdirSync(join(folder, name))
  for (const name of ['app/t.yaml', 'app/sub/n.yaml', 'other/secret.yaml']) writeFileSync(join(folder, name), bucket)
  writeFileSync(join(folder, 'app/latin.yaml'), Buffer.from([0x61, 0x3a, 0x20, 0xe9, 0x0a]))
  writeFileSync(join(folder, 'app/exact.yaml'), '')
  truncateSync(join(folder, 'app/exact.yaml'), largestTemplate)
  writeFileSync(join(folder, 'app/large.yaml'), '')
  truncateSync(join(folder, 'app/large.yaml'), largestTemplate + 1)
  symlinkSync('../other/secret.yaml', join(folder, 'app/out.yaml'))
  symlinkSync('../other', join(folder, 'app/out'))
  symlinkSync('sub/n.yaml', join(folder, 'app/in.yaml'))
  symlinkSync('loop.yaml', join(folder, 'app/loop.yaml'))
  symlinkSync('/dev/zero', join(folder, 'app/device.yaml'))
  execFileSync('mkfifo', [join(folder, 'app/pipe.yaml')])
})
afterAll(() => rmSync(folder, { recursive: true }))

const run = (args: readonly string[], input: string | Buffer = '') => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'verify', ...args], {
    cwd: folder,
    input,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] },
    timeout: 60_000,
  })
  return { status, stdout, stderr }
}

describe('files', () => {
  test.each([
    ['app/nowhere.yaml', 'there is no such file'],
    ['app/t.yaml/x', 'there is no such file'],
    ['app', 'it is a directory'],
    ['app/pipe.yaml', 'it is not a regular file'],
    ['app/device.yaml', 'it is not a regular file'],
    ['app/large.yaml', 'it is larger than 2 MiB'],
    ['app/latin.yaml', 'it is not UTF-8'],
    ['app/loop.yaml', 'the system says ELOOP'],
  ])('%s is refused: %s', (path, problem) => {
    expect(readTemplateFile(folder, path)).toEqual({ problem })
    const { status, stdout, stderr } = run([path])
    expect({ status, stdout }).toEqual({ status: 3, stdout: '' })
    expect(stderr).toContain(`${path} cannot be read: ${problem}\n`)
  })

  test.each(['app/t.yaml', 'app/out.yaml', 'app/in.yaml'])('%s, named by the command line, is read', (path) => {
    expect(readTemplateFile(folder, path)).toEqual({ text: bucket })
  })

  test.each([
    [
      'what CDK wrote',
      ['Orders.template.json', 'Shop App.template.json', 'Orders1.nested.template.json', 'manifest.json'],
      /verify cdk\.out\/Orders\.template\.json 'cdk\.out\/Shop App\.template\.json'\n$/,
    ],
    ['a SAM application', ['template.yaml', 'standalone.yaml', 'network.yaml'], /verify cdk\.out\/template\.yaml\n$/],
    [
      'many',
      ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `${name}.template.json`),
      /cdk\.out\/e\.template\.json \.\.\.\n$/,
    ],
    ['no template', ['manifest.json'], /give the path of a CloudFormation or SAM template/],
  ])('of a folder with %s, the templates are named', (_, names, remedy) => {
    const out = join(folder, 'cdk.out')
    mkdirSync(out)
    for (const name of names) writeFileSync(join(out, name), bucket)
    const { status, stderr } = run(['cdk.out'])
    rmSync(out, { recursive: true })
    expect(status).toBe(3)
    expect(stderr).toMatch(/^cdk\.out cannot be read: it is a directory\n {3}/)
    expect(stderr).toMatch(remedy)
  })

  test('of the folder of an application, the one below is named', () => {
    mkdirSync(join(folder, 'shop/templates'), { recursive: true })
    writeFileSync(join(folder, 'shop/templates/template.yaml'), bucket)
    expect(run(['shop']).stderr).toContain('portcullis verify shop/templates/template.yaml\n')
  })

  test('the largest file is read whole', () => {
    expect(readTemplateFile(folder, 'app/exact.yaml')).toEqual({ text: '\0'.repeat(largestTemplate) })
  })

  test.each([
    ['app/sub/n.yaml', true],
    ['app/in.yaml', true],
    ['app/sub/../t.yaml', true],
    ['other/secret.yaml', false],
    ['app/../other/secret.yaml', false],
    ['app/out.yaml', false],
    ['app/out/secret.yaml', false],
    ['app/pipe.yaml', false],
    ['app/device.yaml', false],
    ['app/large.yaml', false],
    ['app/sub', false],
    ['app', false],
    ['', false],
    ['/etc/hostname', false],
    ['app/\0', false],
  ])('%j, named by app/t.yaml, is read: %s', (path, isRead) => {
    expect(filesBeside(folder, ['app/t.yaml'])(path)).toBe(isRead ? bucket : undefined)
  })

  test('a path from the root is read where it lies below the folder', () => {
    expect(filesBeside(folder, ['app/t.yaml'])(join(folder, 'app/sub/n.yaml'))).toBe(bucket)
    expect(filesBeside(folder, ['app/t.yaml'])(join(folder, 'other/secret.yaml'))).toBeUndefined()
  })

  test('a template that nobody named a file for may name none', () => {
    expect(filesBeside(folder, [])('app/t.yaml')).toBeUndefined()
  })
})

describe('standard input', () => {
  test('is a template', () => {
    const { status, stdout } = run(['-'], bucket)
    expect(status).toBe(2)
    expect(stdout).toContain('standard input')
    expect(stdout).not.toMatch(/(?:^|\s)-(?:\s|$)/m)
  })

  test('beyond 2 MiB is refused', () => {
    const { status, stderr } = run(['-'], '# '.repeat(largestTemplate))
    expect(status).toBe(3)
    expect(stderr).toContain('standard input cannot be read: it is larger than 2 MiB')
  })

  test('that is not a template is refused at its position', () => {
    expect(run(['-'], 'a: 1\nb: "').stderr).toMatch(/^standard input:2:4: /)
  })

  test('of aws cloudformation get-template is the template inside', () => {
    const body = { Resources: { A: { Type: 'AWS::S3::Bucket' } } }
    const asText = JSON.stringify({ TemplateBody: bucket, StagesAvailable: ['Original', 'Processed'] }, null, 4)
    const asObject = JSON.stringify({ TemplateBody: body, StagesAvailable: ['Original', 'Processed'] }, null, 4)
    expect(templateBody(asText)).toBe(bucket)
    expect(JSON.parse(templateBody(asObject) as string)).toEqual(body)
    for (const input of [asText, asObject]) expect(run(['-'], input)).toMatchObject({ status: 2, stderr: '' })
  })

  test('inside get-template, a place is that of what was given', () => {
    const input =
      '{\n  "TemplateBody": {\n    "Resources": {\n      "A{": {"Type": "x", "\\"}": 1},\n      "B": 1\n    }\n  }\n}'
    expect(run(['-'], input).stderr).toMatch(/^standard input:5:7: the resource B is not a map/)
  })

  test.each([
    bucket,
    '{"Resources": {}, "TemplateBody": {}}',
    '{"TemplateBody": 1}',
    '{"TemplateBody": {',
    '{"StagesAvailable": []}',
  ])('%j is nothing of get-template', (text) => {
    expect(templateBody(text)).toBeUndefined()
  })
})

describe('what is printed', () => {
  test('escapes are visible, and nothing else changes', () => {
    expect(visible('a\u001b[31m\nb\u202e\u{e0041}é😀')).toBe('a\\u001b[31m\\u000ab\\u202e\\udb40\\udc41é😀')
    expect(visibleLines('a\tb\nc\r\u009b')).toBe('a\tb\nc\\u000d\\u009b')
    expect(visibleTexts({ [bad]: [bad, 1, null] })).toEqual({ [visible(bad)]: [visible(bad), 1, null] })
  })

  test('JSON says the same', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string({ unit: 'binary' }), (value, text) => {
        const printed = visibleJson({ value, text: text + bad })
        expect(printed).not.toMatch(hiddenInLines)
        expect(JSON.parse(printed)).toEqual(JSON.parse(JSON.stringify({ value, text: text + bad })))
      }),
      { seed, numRuns: 500 },
    )
  })

  test.each(['text', 'json', 'sarif'])('%s shows no name as it is', (format) => {
    const name = `A${bad}\n"x`
    const findings: Report = {
      version: 1,
      verdict: 'refuted',
      templates: [name],
      declarations: [{ kind: 'allow', value: name }],
      claims: [
        {
          id: 'no-side-door',
          target: name,
          verdict: 'refuted',
          when: { [name]: name },
          path: [{ node: name, via: name, file: name, line: 1 }],
          because: name,
          remedy: name,
        },
      ],
      notes: [{ id: name, target: name, verdict: 'undecided', because: name, path: [{ node: name }] }],
      unused: [],
      assumptions: [name],
    }
    const printed =
      format === 'text' ? reportText(findings) : format === 'json' ? visibleJson(findings) : sarif(findings, '1')
    expect(printed).not.toMatch(hiddenInLines)
    if (format === 'text') expect(printed.split('\n').filter((line) => line.startsWith('"x'))).toEqual([])
    else expect(() => JSON.parse(printed)).not.toThrow()
  })

  test.each([
    ['a file', ['nowhere\u001b[2J\n.yaml']],
    ['a door', ['app/t.yaml', '--allow', 'x\u001b[2J\n']],
    ['an assumption', ['app/t.yaml', '--assume', 'x\u001b[2J\n']],
    ['a parameter', ['app/t.yaml', '--parameter', 'x\u001b[2J\n=1']],
    ['an option', ['app/t.yaml', '--x\u001b[2J']],
  ])('%s of the command line is shown escaped', (_name, args) => {
    const { stdout, stderr } = run(args)
    expect(stdout).toBe('')
    expect(stderr).toContain('\\u001b[2J')
    expect(stderr).not.toMatch(hiddenInLines)
    expect(stderr.split('\n').filter((line) => hidden.test(line))).toEqual([])
  })

  test('a name in a template is shown escaped, in an error and in a report', () => {
    const wrong = run(['-'], '{"Resources": {"A\\u001b[31m\\n": 1}}')
    expect(wrong.stderr).toBe('standard input:1:16: the resource A\\u001b[31m\\u000a is not a map\n')
    const named = '{"Resources": {"A\\u001b[31m": {"Type": "AWS::ElasticLoadBalancingV2::LoadBalancer"}}}'
    for (const format of ['text', 'json', 'sarif']) {
      const { stdout } = run(['-', '--format', format], named)
      expect(stdout).toContain('A\\u001b[31m')
      expect(stdout).not.toMatch(hiddenInLines)
    }
  })
})

describe('the watchdog', () => {
  test.each([
    [10_000, 0, false],
    [10_001, 0, true],
    [0, 500 * 1024 * 1024, false],
    [0, 500 * 1024 * 1024 + 1, true],
  ])('after %d ms with %d bytes: %s', (time, bytes, isOver) => {
    let now = 5
    let memory = 0
    const ends = startWatchdog(undefined, { now: () => now, memory: () => memory })
    expect(ends()).toBe(false)
    now += time
    memory = bytes
    expect(ends()).toBe(isOver)
    now = 5
    memory = 0
    // What was cut off stays so.
    expect(ends()).toBe(isOver)
  })

  test('measures this process', () => {
    // The workers of the tests hold more than the command does.
    expect(startWatchdog({ milliseconds: 60_000, bytes: 64 * 1024 ** 3 })()).toBe(false)
    expect(startWatchdog({ milliseconds: -1, bytes: Number.POSITIVE_INFINITY })()).toBe(true)
    expect(startWatchdog({ milliseconds: 60_000, bytes: 1 })()).toBe(true)
  })
})
