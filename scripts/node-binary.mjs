// Prints the folder of a Node.js of another version: `node scripts/node-binary.mjs MAJOR`.
// The binary comes as an npm package into .cache/, never into package.json: it fits one platform only.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..')

export function folderWithNode(major) {
  const folder = join(root, '.cache', `node-${major}`)
  const bin = join(folder, 'node_modules', '.bin')
  if (existsSync(join(bin, 'node'))) return bin
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n')
  const name = `node-${process.platform}-${process.arch}@${major}`
  const args = ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', name]
  const { status, error } = spawnSync('npm', args, { cwd: folder, stdio: ['ignore', process.stderr, 'inherit'] })
  if (status === 0) return bin
  process.stderr.write(
    `Node.js ${major} could not be installed: npm ${args.join(' ')}${error ? `: ${error.message}` : ''}\n`,
  )
  process.exit(1)
}

if (resolve(process.argv[1] ?? '') === import.meta.filename) {
  const [major = ''] = process.argv.slice(2)
  if (!/^\d+$/.test(major)) {
    process.stderr.write('usage: node scripts/node-binary.mjs MAJOR\n')
    process.exit(64)
  }
  process.stdout.write(`${folderWithNode(major)}\n`)
}
