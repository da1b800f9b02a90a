import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Assets } from '../packagings/assets.ts'

/** The bundled functions, which the build puts beside the CLI. */
export function loadAssets(folder = fileURLToPath(new URL('./functions', import.meta.url))): Assets {
  const read = (name: string) => ({
    readable: readFileSync(`${folder}/${name}/index.js`, 'utf8'),
    inline: readFileSync(`${folder}/${name}/inline.js`, 'utf8'),
  })
  return { waiter: read('waiter'), writer: read('writer') }
}
