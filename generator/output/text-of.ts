import { readFileSync, statSync } from 'node:fs'
import { fileErrorOf } from '../errors/file-error.ts'

/** Nothing when there is no such file, or something else of its name. Throws FileError when it may not be read. */
export function textOf(file: string): string | undefined {
  try {
    return statSync(file, { throwIfNoEntry: false })?.isFile() ? readFileSync(file, 'utf8') : undefined
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOTDIR' || error.code === 'ELOOP'))
      return undefined
    throw fileErrorOf(error, 'read', file) ?? error
  }
}
