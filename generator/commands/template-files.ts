/** Files that commands open to judge them: regular ones of at most 2 MiB in UTF-8, and files that a template names, only below its folder. */
import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
  type Stats,
  statSync,
} from 'node:fs'
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { largestTemplate, templateBody } from '../../verifier/index.ts'

export type FileText = { readonly text: string } | { readonly problem: string }

export const tooLarge = 'it is larger than 2 MiB'
const notText = 'it is not UTF-8'

/** A template that the command line names, or what is wrong with it. Nothing here waits for anyone. */
export function readTemplateFile(folder: string, path: string): FileText {
  return read(resolve(folder, path))
}

/** The root of a SAM application, or what CDK writes for each stack; nested ones are named by those. */
const ROOT = /^template\.(?:ya?ml|json)$/
const OF_A_STACK = /(?<!\.nested)\.template\.(?:ya?ml|json)$/

/** The templates in a folder, or in `templates` below it, as a command line names them; nothing where there are none. */
export function templatesIn(folder: string, path: string): readonly string[] {
  const inside = (below: string): readonly string[] => {
    const names = namesIn(resolve(folder, below))
    const roots = names.filter((name) => ROOT.test(name)).slice(0, 1)
    return (roots.length > 0 ? roots : names.filter((name) => OF_A_STACK.test(name))).map((name) => join(below, name))
  }
  const here = inside(path)
  return here.length > 0 ? here : inside(join(path, 'templates'))
}

function namesIn(folder: string): readonly string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true })
    return entries.flatMap((entry) => (entry.isFile() ? [entry.name] : [])).sort()
  } catch {
    return []
  }
}

/** What the named templates name in turn: only files below the folder of one of them, wherever links lead. */
export function filesBeside(folder: string, templates: readonly string[]): (path: string) => string | undefined {
  const roots = templates.flatMap((path) => real(dirname(resolve(folder, path))) ?? [])
  return (path) => {
    const file = real(resolve(folder, path))
    if (file === undefined || !roots.some((root) => isBelow(root, file))) return undefined
    const found = read(file)
    return 'text' in found ? found.text : undefined
  }
}

/** Standard input as a template. */
export function readStandardInput(): FileText {
  try {
    return decoded(bytesOf(0))
  } catch (error) {
    return { problem: reasonOf(error) }
  }
}

/** A template, or what `aws cloudformation get-template` prints of it. */
export const bodyOf = (found: FileText): FileText =>
  'text' in found ? { text: templateBody(found.text) ?? found.text } : found

function read(file: string): FileText {
  try {
    // Looked at before it is opened: opening a pipe waits, and opening a device may do anything.
    const problem = problemOf(statSync(file))
    if (problem !== undefined) return { problem }
    const handle = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
    try {
      // It may have been replaced in between.
      const changed = problemOf(fstatSync(handle))
      return changed === undefined ? decoded(bytesOf(handle)) : { problem: changed }
    } finally {
      closeSync(handle)
    }
  } catch (error) {
    return { problem: reasonOf(error) }
  }
}

function problemOf(stats: Stats): string | undefined {
  if (stats.isDirectory()) return 'it is a directory'
  if (!stats.isFile()) return 'it is not a regular file'
  return stats.size > largestTemplate ? tooLarge : undefined
}

/** At most one byte more than a template may have. */
function bytesOf(handle: number): Uint8Array {
  const bytes = new Uint8Array(largestTemplate + 1)
  let length = 0
  while (length < bytes.length) {
    const more = readSome(handle, bytes, length)
    if (more === 0) break
    length += more
  }
  return bytes.subarray(0, length)
}

function readSome(handle: number, bytes: Uint8Array, from: number): number {
  for (;;) {
    try {
      return readSync(handle, bytes, from, bytes.length - from, null)
    } catch (error) {
      const code = codeOf(error)
      if (code === 'EOF') return 0
      if (code !== 'EAGAIN') throw error
      // Standard input that does not block, and whose writer is not done.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5)
    }
  }
}

/** Bytes as a template. */
export function decoded(bytes: Uint8Array): FileText {
  if (bytes.length > largestTemplate) return { problem: tooLarge }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) }
  } catch {
    return { problem: notText }
  }
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
}

function reasonOf(error: unknown): string {
  const code = codeOf(error)
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'there is no such file'
  if (code === 'EACCES' || code === 'EPERM') return 'permission denied'
  if (code === 'EISDIR') return 'it is a directory'
  return typeof code === 'string' ? `the system says ${code}` : 'it may not be a path at all'
}

function real(path: string): string | undefined {
  try {
    return realpathSync(path)
  } catch {
    return undefined
  }
}

function isBelow(root: string, file: string): boolean {
  const way = relative(root, file)
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
}
