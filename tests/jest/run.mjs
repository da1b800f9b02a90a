import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { constants, Script } from 'node:vm'

/** Imports outside of the VM that this file is in. */
const importOutside = new Script('(url) => import(url)', {
  importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
}).runInThisContext()

const bundled = (file) =>
  importOutside(pathToFileURL(join(process.env.PORTCULLIS_TESTS, file.replace(/ts$/, 'mjs'))).href)

/** Registers the tests of a file. */
export async function run(file, ofJest) {
  const { use } = await bundled('tests/jest/globals.mjs')
  use(ofJest)
  await bundled(file)
}
