// Writes the hashes of all files of each pinned release into tests/python/*.txt: `node scripts/pin-python.mjs`, after a
// version was changed there by hand. All files, because the tests also run on other systems and versions of Python.
// The comment at the top of a file stays.
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pythonIn } from './python-environment.mjs'

const folder = resolve(import.meta.dirname, '..', 'tests', 'python')
// Nothing is resolved: what a file lists is all that it has. No index is named either, so that everybody's own is asked.
const options = ['--no-deps', '--universal', '--python-version', '3.11', '--generate-hashes']
const plain = ['--no-header', '--no-annotate', '--no-emit-index-url', '--no-emit-find-links', '--quiet']

for (const name of readdirSync(folder)) {
  const file = join(folder, name)
  const lines = readFileSync(file, 'utf8').split('\n')
  const comment = lines.slice(
    0,
    lines.findIndex((line) => !line.startsWith('#')),
  )
  const pins = lines.filter((line) => /^[A-Za-z]/.test(line)).map((line) => line.replace(/\s*\\$/, ''))
  const { status, stdout, stderr } = spawnSync(
    pythonIn('.venv'),
    ['-m', 'uv', 'pip', 'compile', ...options, ...plain, '-'],
    { input: `${pins.join('\n')}\n`, encoding: 'utf8' },
  )
  if (status !== 0) throw new Error(`${name}: ${stderr}`)
  writeFileSync(file, `${comment.join('\n')}\n${stdout}`)
  process.stderr.write(`${name}: ${pins.length} pins\n`)
}
