// `init --from-copilot` as a user runs it.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { answered } from '../support/copilot.ts'

const cli = resolve('dist/cli.js')
const cases = resolve('tests/copilot/cases')
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'portcullis-copilot-'))
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

const take = (name: string): void =>
  cpSync(join(cases, name), folder, {
    recursive: true,
    filter: (path) => !/\/(?:portcullis\.yaml|report\.txt)$/.test(path),
  })

test('a folder becomes a config; generate asks who may call, and makes templates when somebody has said so', () => {
  take('scaled')
  const { status, stdout, stderr } = run('init', '--from-copilot', '.')
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  expect(stdout).toMatch(/^Carried over \(\d+\)\n {2}copilot\/api\/manifest\.yml\n/)
  expect(stdout).toMatch(/\nNot carried over \(\d+\)\n[\s\S]*\nCopilot ignored this too \(\d+\)\n/)
  expect(stdout).toMatch(/wrote portcullis\.yaml and portcullis\.schema\.json\n/)
  const stopped = run('generate')
  expect(stopped.status).toBe(1)
  expect(stopped.stderr).toMatch(/PC120 {2}"callers" is a placeholder: who may call the API\?/)
  expect(readdirSync(folder).sort()).toEqual(['copilot', 'portcullis.schema.json', 'portcullis.yaml'])
  const config = join(folder, 'portcullis.yaml')
  writeFileSync(config, answered(readFileSync(config, 'utf8')))
  const { status: code, stdout: summary } = run('generate')
  expect(code).toBe(0)
  expect(summary).toMatch(/placeholders/)
})

test('the folder copilot itself may be named, and another config', () => {
  take('scaled')
  expect(run('init', '--from-copilot', 'copilot', 'new.yaml').stdout).toMatch(/portcullis generate new\.yaml\n$/)
  expect(readFileSync(join(folder, 'new.yaml'), 'utf8')).toContain('name: cities\n')
})

test('a config that is there is left alone', () => {
  take('scaled')
  writeFileSync(join(folder, 'portcullis.yaml'), 'mine\n')
  expect(run('init', '--from-copilot', '.').status).toBe(1)
  expect(readFileSync(join(folder, 'portcullis.yaml'), 'utf8')).toBe('mine\n')
})

test('a manifest that is not YAML is an error with its place, and the others are carried over', () => {
  take('not-yaml')
  const { status, stderr } = run('init', '--from-copilot', '.')
  expect(status).toBe(1)
  expect(stderr).toMatch(/^copilot\/bad\/manifest\.yml:\d+:\d+ {2}PC100 /)
  expect(readFileSync(join(folder, 'portcullis.yaml'), 'utf8')).toContain('paths: ')
})

test('a folder without manifests, or none at all, is an error with a remedy', () => {
  mkdirSync(join(folder, 'empty'))
  expect(run('init', '--from-copilot', 'empty')).toEqual({
    status: 1,
    stdout: '',
    stderr: expect.stringMatching(/holds no manifest of AWS Copilot, so nothing was written\n {3}name the folder/),
  })
  const { status, stderr } = run('init', '--from-copilot', 'nowhere')
  expect(status).toBe(1)
  expect(stderr).toMatch(/nowhere cannot be read: /)
  expect(readdirSync(folder)).toEqual(['empty'])
})

test('links lead nowhere', () => {
  take('scaled')
  mkdirSync(join(folder, 'outside'))
  writeFileSync(join(folder, 'outside/manifest.yml'), 'name: outside\ntype: Worker Service\n')
  symlinkSync('../outside', join(folder, 'copilot/outside'))
  expect(run('init', '--from-copilot', '.').stdout).not.toMatch(/outside/)
})
