import { existsSync, lstatSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { FileError } from '../errors/file-error.ts'
import type { Beside } from '../read.ts'
import { readTemplateFile } from './template-files.ts'

/** The text of a config. Throws FileError for anything that is not a text file; `otherwise`: what to do where there is none. */
export function readConfigFile(
  folder: string,
  file: string,
  otherwise = 'to use another one, give its path as the argument',
): string {
  const found = readTemplateFile(folder, file)
  if ('text' in found) return found.text
  const path = resolve(folder, file)
  if (isBrokenLink(path)) throw new FileError(path, 'read', 'it is a broken link', 'correct the link')
  const remedies: Readonly<Record<string, string>> = {
    'there is no such file': `portcullis init writes a starter config; ${otherwise}`,
    'it is a directory': 'name the config in it, such as portcullis.yaml',
    'it is not a regular file': 'name a file, such as portcullis.yaml',
    'it is not UTF-8': 'save it as UTF-8 text',
    'permission denied': 'change its permissions, or run as a user who can read it',
  }
  throw new FileError(path, 'read', found.problem, remedies[found.problem] ?? 'name a config, such as portcullis.yaml')
}

function isBrokenLink(path: string): boolean {
  try {
    return !existsSync(path) && lstatSync(path).isSymbolicLink()
  } catch {
    return false
  }
}

/** Configs that `uses` names, from the folder of this one. */
export const besideConfig =
  (folder: string, file: string): Beside =>
  (path) => {
    const named = join(dirname(file), path)
    const found = readTemplateFile(folder, named)
    return 'text' in found ? { text: found.text, file: named } : undefined
  }
