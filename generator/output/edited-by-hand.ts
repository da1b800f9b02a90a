import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { OutputFile } from '../packagings/assets.ts'
import { differingLines } from './differing-lines.ts'
import type { Change } from './write-files.ts'

/** Of each file that somebody edited since it was written, its name and how it differs from what is generated. */
export function editedByHand(folder: string, files: readonly OutputFile[], changes: readonly Change[]): string[] {
  const wanted = new Map(files.map(({ path, text }) => [path, text]))
  return changes
    .filter(({ edited }) => edited)
    .map(({ path }) => {
      const text = wanted.get(path)
      const lines =
        text === undefined ? ['no longer generated'] : differingLines(readFileSync(join(folder, path), 'utf8'), text)
      return `${path}\n${lines.map((line) => `    ${line}\n`).join('')}`
    })
}
