import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Assets } from '../packagings/assets.ts'

/** The bundled functions, which the build puts next to the CLI. */
export function loadAssets(folder = fileURLToPath(new URL('./functions', import.meta.url))): Assets {
  const read = (name: string) => ({
    readable: readFileSync(`${folder}/${name}/index.js`, 'utf8'),
    inline: readFileSync(`${folder}/${name}/inline.js`, 'utf8'),
  })
  return { waiter: read('waiter'), writer: read('writer') }
}

/** The code of the functions that this version ships, in both forms. */
export const codeOf = ({ waiter, writer }: Assets): ReadonlySet<string> =>
  new Set([waiter.readable, waiter.inline, writer.readable, writer.inline])
