import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { compare, write } from '../../../generator/output/write-files.ts'
import { marker } from '../../../generator/packagings/printed.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'portcullis-write-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const ours = (text: string): string => `# ${marker}\n${text}\n`
const files = [
  { path: 'templates/template.yaml', text: ours('root') },
  { path: 'templates/functions/waiter/index.js', text: ours('code') },
  { path: 'samconfig.toml', text: ours('config') },
]
const run = (): void => write(folder, files, compare(folder, files))

test('writes what is missing, then finds nothing to do', () => {
  expect(compare(folder, files).map(({ kind }) => kind)).toEqual(['new', 'new', 'new'])
  run()
  expect(readFileSync(join(folder, 'templates/template.yaml'), 'utf8')).toBe(ours('root'))
  expect(compare(folder, files)).toEqual([])
})

test('removes what an earlier run made and this one does not, but no foreign file', () => {
  run()
  writeFileSync(join(folder, 'templates/old.yaml'), ours('old'))
  writeFileSync(join(folder, 'templates/mine.yaml'), 'Resources: {}\n')
  expect(compare(folder, files)).toEqual([{ path: 'templates/old.yaml', kind: 'orphan' }])
  run()
  expect(readdirSync(join(folder, 'templates')).sort()).toEqual(['functions', 'mine.yaml', 'template.yaml'])
})

test('a foreign file in the way is reported and never written', () => {
  writeFileSync(join(folder, 'samconfig.toml'), 'version = 0.1\n')
  const changes = compare(folder, files)
  expect(changes).toContainEqual({ path: 'samconfig.toml', kind: 'foreign' })
  write(folder, files, changes)
  expect(readFileSync(join(folder, 'samconfig.toml'), 'utf8')).toBe('version = 0.1\n')
})

test('an error leaves every file as it was', () => {
  run()
  const changed = files.map((file) => ({ ...file, text: file.text.replace(/\n.*\n$/, '\nchanged\n') }))
  // There is a folder where the last file must go, so it cannot be staged.
  mkdirSync(join(folder, `samconfig.toml.${process.pid}.tmp`))
  expect(() => write(folder, changed, compare(folder, changed))).toThrow()
  rmSync(join(folder, `samconfig.toml.${process.pid}.tmp`), { recursive: true })
  expect(compare(folder, files)).toEqual([])
  expect(readdirSync(join(folder, 'templates')).filter((name) => name.endsWith('.tmp'))).toEqual([])
})

test('a link to somewhere else is followed as the user meant it', () => {
  mkdirSync(join(folder, 'elsewhere'))
  symlinkSync(join(folder, 'elsewhere'), join(folder, 'templates'))
  run()
  expect(readdirSync(join(folder, 'elsewhere'))).toContain('template.yaml')
})
