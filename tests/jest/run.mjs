/**
 * Jest's own runner of test files, but outside of the VM that Jest makes for each: in there, each file would compile
 * Jest and all of the program again, nothing stays optimized from one file to the next, and each use of a global such
 * as `Map` is slow.
 */
import { createRequire } from 'node:module'
import { join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'

const require = createRequire(import.meta.url)
const { default: runInVm } = require('jest-circus/runner')

// biome-ignore lint/style/noDefaultExport: Jest takes the default export
export default async function run(globalConfig, config, environment, _, file, send) {
  const bundled = (path) => {
    const name = relative(config.rootDir, path).replace(/ts$/, 'mjs')
    return import(pathToFileURL(join(process.env.PORTCULLIS_TESTS, name)).href)
  }
  const { use } = await bundled(join(import.meta.dirname, 'globals.mjs'))
  /** What the runner wants of the VM. */
  const outside = {
    // Each file has a list of tests of its own.
    requireInternalModule: (path) => {
      delete globalThis[Symbol.for('EVENT_HANDLERS')]
      delete require.cache[path]
      return require(path)
    },
    requireModule: require,
    setGlobalsForRuntime: use,
    unstable_shouldLoadAsEsm: () => true,
    unstable_importModule: bundled,
    enterTestCode: () => {},
    leaveTestCode: () => {},
  }
  return runInVm(globalConfig, config, environment, outside, file, send)
}
