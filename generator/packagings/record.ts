import { createHash } from 'node:crypto'
import type { OutputFile } from './assets.ts'
import { marker } from './printed.ts'

/** Beside the templates: what each file was when it was written, so that an edit by hand is told from an old config. */
export const recordPath = 'templates/.generated'

export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex')

/** In the form of sha256sum, which can check it where samconfig.toml lies. */
export function record(files: readonly OutputFile[]): OutputFile {
  const lines = files
    .map(({ path, text }) => `${hashOf(text)}  ${path}\n`)
    .sort((a, b) => (a.slice(66) < b.slice(66) ? -1 : 1))
  return {
    path: recordPath,
    text: `# ${marker}\n# The files as they were written: sha256sum --check templates/.generated\n${lines.join('')}`,
  }
}

/** Hashes by path. Other lines are ignored. */
export const recorded = (text: string): ReadonlyMap<string, string> =>
  new Map([...text.matchAll(/^([0-9a-f]{64}) {2}(.+)$/gm)].map(([, hash = '', path = '']) => [path, hash]))
