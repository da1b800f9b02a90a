// Prints the folder of a Node.js of another version: `node scripts/node-binary.mjs MAJOR`.
import { dirname, join, resolve } from 'node:path'
import { packagesBeside } from './packages-beside.mjs'

export function folderWithNode(major) {
  if (process.version.startsWith(`v${major}.`)) return dirname(process.execPath)
  const bin = join('node_modules', '.bin')
  const name = `node-${process.platform}-${process.arch}@${major}`
  return join(packagesBeside(`node-${major}`, [name], join(bin, 'node')), bin)
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
