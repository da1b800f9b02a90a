/**
 * Test files run outside of the VM that Jest makes for each: in there, each file would compile all of the program
 * anew, nothing stays optimized from one file to the next, and each use of a global such as `Map` is slow.
 */
import { createHash } from 'node:crypto'
import { join, relative, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../..')
const runner = join(import.meta.dirname, 'run.mjs')

const process = (_, path) => ({
  code: `import * as ofJest from '@jest/globals'
import { run } from ${JSON.stringify(runner)}
await run(${JSON.stringify(relative(root, path))}, ofJest)`,
})

// biome-ignore lint/style/noDefaultExport: Jest takes the default export
export default {
  getCacheKey: (source, path) => createHash('sha256').update(process(source, path).code).digest('hex'),
  process,
  processAsync: async (source, path) => process(source, path),
}
