// npm packages that are kept out of package.json, because they fit one platform only or are large: installed into
// .cache/ when they are first wanted. `node scripts/packages-beside.mjs NAME PROOF PACKAGE ...` prints the folder.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..')

/** The folder that holds `node_modules` with the packages; `proof` is a file below it that shows that they are there. */
export function packagesBeside(name, packages, proof) {
  const folder = join(root, '.cache', name)
  const isThere = () => existsSync(join(folder, proof))
  if (isThere()) return folder
  rmSync(folder, { recursive: true, force: true })
  // Made next to its destination and moved there whole: another process may look for it, or install it, at the same time.
  mkdirSync(join(root, '.cache'), { recursive: true })
  const scratch = mkdtempSync(`${folder}-`)
  try {
    writeFileSync(join(scratch, 'package.json'), '{ "private": true }\n')
    const args = ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', ...packages]
    const { status, error } = spawnSync('npm', args, { cwd: scratch, stdio: ['ignore', process.stderr, 'inherit'] })
    if (status !== 0)
      throw new Error(`${name} could not be installed: npm ${args.join(' ')}${error ? `: ${error.message}` : ''}`)
    if (!isThere()) renameSync(scratch, folder)
    return folder
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

if (resolve(process.argv[1] ?? '') === import.meta.filename) {
  const [name, proof, ...packages] = process.argv.slice(2)
  process.stdout.write(packagesBeside(name, packages, proof))
}
