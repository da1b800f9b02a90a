import { lstatSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileErrorOf } from '../errors/file-error.ts'

export type Write = { readonly target: string; readonly text: string }

/**
 * Writes all files or none: every text is first written next to its destination, and only when all are written do they move
 * there. Throws FileError, with everything as it was, when that is not possible.
 */
export function writeAll(files: readonly Write[]): void {
  const undo: (() => void)[] = []
  const step = (target: string, work: () => void): void => {
    try {
      work()
    } catch (error) {
      for (const back of undo.reverse()) quietly(back)
      throw fileErrorOf(error, 'written', target) ?? error
    }
  }
  const staged = files.map(({ target, text }) => {
    const temporary = `${target}.${process.pid}.tmp`
    step(dirname(target), () => {
      const first = mkdirSync(dirname(target), { recursive: true })
      if (first !== undefined) undo.push(() => rmSync(first, { recursive: true }))
    })
    step(target, () => {
      undo.push(() => rmSync(temporary, { force: true }))
      writeFileSync(temporary, text)
    })
    return { temporary, target }
  })
  for (const { temporary, target } of staged)
    step(target, () => {
      const before = isThere(target) ? readFileSync(target) : undefined
      renameSync(temporary, target)
      undo.push(() => (before === undefined ? rmSync(target) : writeFileSync(target, before)))
    })
}

const isThere = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false })?.isFile() ?? false

/** What cannot be undone must not hide why it had to be. */
function quietly(work: () => void): void {
  try {
    work()
  } catch {
    // The first error is the one to be told.
  }
}
