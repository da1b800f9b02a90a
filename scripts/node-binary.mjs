// Prints the folder of a Node.js of another version: `node scripts/node-binary.mjs MAJOR`.
// The binary comes as an npm package into .cache/, never into package.json: it fits one platform only.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..')

export function folderWithNode(major) {
  if (process.version.startsWith(`v${major}.`)) return dirname(process.execPath)
  const folder = join(root, '.cache', `node-${major}`)
  const bin = join(folder, 'node_modules', '.bin')
  const isThere = () => existsSync(join(bin, 'node'))
  if (isThere()) return bin
  rmSync(folder, { recursive: true, force: true })
  // Made beside its place and moved there whole: another process may look for it, or install it, at the same time.
  mkdirSync(join(root, '.cache'), { recursive: true })
  const scratch = mkdtempSync(`${folder}-`)
  try {
    writeFileSync(join(scratch, 'package.json'), '{ "private": true }\n')
    const name = `node-${process.platform}-${process.arch}@${major}`
    const args = ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', name]
    const { status, error } = spawnSync('npm', args, { cwd: scratch, stdio: ['ignore', process.stderr, 'inherit'] })
    if (status !== 0)
      throw new Error(
        `Node.js ${major} could not be installed: npm ${args.join(' ')}${error ? `: ${error.message}` : ''}`,
      )
    if (!isThere()) renameSync(scratch, folder)
    return bin
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

if (resolve(process.argv[1] ?? '') === import.meta.filename) {
  const [major = ''] = process.argv.slice(2)
  if (!/^\d+$/.test(major)) {
    process.stderr.write('usage: node scripts/node-binary.mjs MAJOR\n')
    process.exit(64)
  }
  try {
    process.stdout.write(`${folderWithNode(major)}\n`)
  } catch (error) {
    process.stderr.write(`${error.message}\n`)
    process.exit(1)
  }
}
