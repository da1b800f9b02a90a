/** The functions with a bug put in: one place of one source is changed while it is bundled. */
import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import type { Plugin } from 'esbuild'
import { bundled } from '../../custom-resources/build.ts'
import type { Functions } from '../stories/functions.ts'
import { evaluate } from './bundles.ts'

/** A change of one source file, by text that it must hold exactly once. */
export type Patch = { readonly file: string; readonly find: string; readonly replace: string }

/** The plugin that changes the source, and whether the bundle held it. */
function patched({ file, find, replace }: Patch): { readonly plugin: Plugin; readonly isApplied: () => boolean } {
  const source = readFileSync(file, 'utf8')
  if (source.split(find).length !== 2) throw new Error(`${file} does not hold exactly once: ${find}`)
  const contents = source.replace(find, () => replace)
  let isLoaded = false
  const plugin: Plugin = {
    name: 'patch',
    setup({ onLoad }) {
      onLoad({ filter: /\.ts$/ }, ({ path }) => {
        if (relative(process.cwd(), path) !== file) return undefined
        isLoaded = true
        return { contents, loader: 'ts' }
      })
    },
  }
  return { plugin, isApplied: () => isLoaded }
}

/** The functions as a check wants them: for the fakes, or whole as Lambda runs them. */
export type Code = {
  /** Without a bug put in. */
  readonly isOurs: boolean
  functions(modules?: Record<string, unknown>): Promise<Functions>
  bundle(name: 'waiter' | 'writer'): Promise<string>
}

/** Without a patch: as they are. */
export function codeWith(patch?: Patch): Code {
  const bundle = async (entry: string): Promise<string> => {
    if (!patch) return bundled(entry)
    const { plugin, isApplied } = patched(patch)
    const text = await bundled(entry, [plugin])
    if (!isApplied()) throw new Error(`${patch.file} is not part of ${entry}`)
    return text
  }
  return {
    isOurs: patch === undefined,
    async functions(modules) {
      const text = await bundle('tests/stories/functions.ts')
      return evaluate<{ functions: Functions }>(text, modules).exports.functions
    },
    bundle: (name) => bundle(`custom-resources/${name}/index.ts`),
  }
}
