import { join } from 'node:path'
import { textOf } from './text-of.ts'
import { isOurs } from './write-files.ts'

/** Where the files of an earlier run hold the name of the application. */
const places: readonly (readonly [path: string, name: RegExp])[] = [
  ['templates/template.yaml', /^Description: ['"]?([a-z0-9-]+): /m],
  ['templates/template.json', /"Description": "([a-z0-9-]+): /],
  ['samconfig.toml', /^\[default\.deploy\.parameters\][^[]*^stack_name = "([a-z0-9-]+)"/m],
]

/** The application that the generated files of a folder were made from; nothing when there are none. */
export function applicationIn(folder: string): string | undefined {
  for (const [path, pattern] of places) {
    const text = textOf(join(folder, path)) ?? ''
    const name = isOurs(text) ? pattern.exec(text)?.[1] : undefined
    if (name !== undefined) return name
  }
  return undefined
}
