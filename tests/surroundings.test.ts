// An error in the file system is not a bug: exit code 1, a cause, a remedy, and nothing half-written.
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'

const cli = resolve('dist/cli.js')
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'portcullis-surroundings-'))
  copyFileSync('examples/minimal/portcullis.yaml', join(folder, 'portcullis.yaml'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const shell = (script: string, ...args: string[]) =>
  spawnSync('bash', ['-c', script, 'bash', process.execPath, cli, ...args], { cwd: folder, encoding: 'utf8' })
const everything = (): string[] => (readdirSync(folder, { recursive: true }) as string[]).sort()

type Case = readonly [what: string, prepare: () => void, args: readonly string[], message: RegExp]

const inFolder = (path: string): string => join(folder, path)
const cases: readonly Case[] = [
  ['a folder as the config', () => mkdirSync(inFolder('d')), ['generate', 'd'], /^d cannot be read: it is a directory/],
  ['an empty argument', () => undefined, ['generate', ''], /^\. cannot be read: it is a directory/],
  [
    'a config in another encoding',
    () => writeFileSync(inFolder('x.yaml'), Buffer.from('name: caf\xe9\n', 'latin1')),
    ['generate', 'x.yaml'],
    /^x\.yaml cannot be read: it is not UTF-8/,
  ],
  [
    'a binary as the config',
    () => writeFileSync(inFolder('x.yaml'), Buffer.from([0xff, 0xfe, 0, 1, 2])),
    ['generate', 'x.yaml'],
    /^x\.yaml cannot be read: it is not UTF-8/,
  ],
  ['a device as the config', () => undefined, ['generate', '/dev/null'], /it is not a regular file/],
  [
    'a link to nothing as the config',
    () => symlinkSync('nothing', inFolder('x.yaml')),
    ['generate', 'x.yaml'],
    /^x\.yaml cannot be read: it is a broken link/,
  ],
  [
    'a link to itself as the config',
    () => symlinkSync('x.yaml', inFolder('x.yaml')),
    ['generate', 'x.yaml'],
    /^x\.yaml cannot be read: it is a broken link/,
  ],
  [
    'a file as --out',
    () => writeFileSync(inFolder('f'), ''),
    ['generate', '--out', 'f'],
    /^f cannot be written: it is a file, not a folder/,
  ],
  [
    'a folder below a file as --out',
    () => writeFileSync(inFolder('f'), ''),
    ['generate', '--out', 'f/x'],
    /^f\/x cannot be written: .*f is a file, not a folder/,
  ],
  [
    'a link to nothing as --out',
    () => symlinkSync('nothing', inFolder('out')),
    ['generate', '--out', 'out'],
    /^out cannot be written: it is a link to something that does not exist/,
  ],
  [
    'a folder where a template must go',
    () => mkdirSync(inFolder('out/templates/api.yaml'), { recursive: true }),
    ['generate', '--out', 'out'],
    /not overwritten: templates\/api\.yaml in out\n.*--out/,
  ],
  [
    'a file where the folder of the templates must go',
    () => writeFileSync(inFolder('templates'), ''),
    ['generate'],
    /not overwritten: templates in \./,
  ],
  [
    'a folder as samconfig.toml',
    () => mkdirSync(inFolder('samconfig.toml')),
    ['generate'],
    /not overwritten: samconfig\.toml in \./,
  ],
  [
    'a folder for init',
    () => mkdirSync(inFolder('d')),
    ['init', 'd'],
    /^d already exists.*\n.*portcullis init d\/portcullis\.yaml/,
  ],
  [
    'a link to nothing for init',
    () => symlinkSync('nothing', inFolder('x.yaml')),
    ['init', 'x.yaml'],
    /^x\.yaml already exists/,
  ],
  [
    'a path below a file for init',
    () => writeFileSync(inFolder('f'), ''),
    ['init', 'f/portcullis.yaml'],
    /f is a file, not a folder/,
  ],
]

test.each(cases)('%s', (_, prepare, args, message) => {
  prepare()
  const before = everything()
  const { status, stdout, stderr } = shell('exec "$@"', ...args)
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
  expect(stderr).toMatch(message)
  expect(stderr).toMatch(/\n {3}\S.*\n$/)
  expect(everything()).toEqual(before)
})

// 4 KB for each file: some templates fit, standalone.yaml does not.
test.each([
  ['generate', ['generate', '--out', 'a/b']],
  ['init', ['init', 'a/b/portcullis.yaml']],
])('%s writes all or nothing when there is no more room', (_, args) => {
  const before = everything()
  const { status, stdout, stderr } = shell('ulimit -f 4; exec "$@"', ...args)
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
  expect(stderr).toMatch(/^a\/b\/\S+ cannot be written: there is no room for it\n {3}free some space/)
  expect(everything()).toEqual(before)
})

test('what cannot be written or read for want of rights says so', () => {
  // Root may do anything, so the test becomes another user.
  const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}
  const locked = spawnSync('bash', ['-c', 'mkdir locked && chmod 755 . && chmod 555 locked'], { cwd: folder })
  expect(locked.status).toBe(0)
  const { status, stderr } = spawnSync(process.execPath, [cli, 'generate', '--out', 'locked'], {
    cwd: folder,
    encoding: 'utf8',
    ...user,
  })
  expect(status).toBe(1)
  expect(stderr).toMatch(/^locked\/\S+ cannot be written: permission denied\n {3}change the permissions/)
})

test('a reader that stops early is not an error, but a result that does not arrive is one', () => {
  expect(shell('set -o pipefail; "$@" | true', 'schema')).toMatchObject({ status: 0, stderr: '' })
  const full = shell('"$@" > /dev/full', 'schema')
  expect(full.status).toBe(1)
  expect(full.stderr).toMatch(/^the result cannot be written: .*\n {3}\S/)
})

test('a folder that is gone says so', () => {
  const { status, stderr } = shell('mkdir gone && cd gone && rmdir ../gone && exec "$@"', 'generate')
  expect(status).toBe(1)
  expect(stderr).toMatch(/^the current folder no longer exists\n/)
})
