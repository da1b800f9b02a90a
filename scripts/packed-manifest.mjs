// package.json as it is packed: without what only a clone needs. npm warns of `prepare` in an installed tarball as of an
// install script, although it runs it for installs from git alone. `prepack` takes it out, `postpack` puts it back.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'

const kept = '.cache/package.json'
const [command] = process.argv.slice(2)

if (command === 'take-out') {
  const text = readFileSync('package.json', 'utf8')
  mkdirSync('.cache', { recursive: true })
  writeFileSync(kept, text)
  const { scripts: _, devDependencies: __, ...packed } = JSON.parse(text)
  writeFileSync('package.json', `${JSON.stringify(packed, null, 2)}\n`)
} else if (command === 'put-back') {
  if (existsSync(kept)) renameSync(kept, 'package.json')
} else {
  process.stderr.write('usage: node scripts/packed-manifest.mjs take-out|put-back\n')
  process.exit(64)
}
