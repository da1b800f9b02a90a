/** An error with files is not a bug in Portcullis: it has a cause and a remedy, and the command ends with 1. */
import { lstatSync, statSync } from 'node:fs'
import { dirname, relative } from 'node:path'

type Done = 'read' | 'written'

export class FileError extends Error {
  readonly path: string
  readonly done: Done
  readonly reason: string
  readonly remedy: string

  constructor(path: string, done: Done, reason: string, remedy: string) {
    super(`${path} cannot be ${done}: ${reason}`)
    this.name = 'FileError'
    this.path = path
    this.done = done
    this.reason = reason
    this.remedy = remedy
  }
}

/** By name, because each command is a script with a class of its own. */
const isFileError = (error: unknown): error is FileError => error instanceof Error && error.name === 'FileError'

/** As a person reads it, in the folder where the command runs. */
export const inWords = ({ path, done, reason, remedy }: FileError, folder: string): string => {
  const near = relative(folder, path) || '.'
  return `${near.startsWith('..') ? path : near} cannot be ${done}: ${reason}\n   ${remedy}\n`
}

/** Of what the system says about a path; nothing when the error is not the system's. */
export function fileErrorOf(error: unknown, done: Done, path?: string): FileError | undefined {
  if (isFileError(error)) return error
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) return undefined
  const told = 'path' in error && typeof error.path === 'string' ? error.path : undefined
  const where = path ?? told
  if (where === undefined) return undefined
  const [reason, remedy] = explained(String(error.code), where, done)
  return new FileError(where, done, reason, remedy)
}

const elsewhere = 'move it away, or choose another place'

function explained(code: string, path: string, done: Done): readonly [reason: string, remedy: string] {
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
    case 'EEXIST':
    case 'EISDIR':
      return inTheWay(path) ?? ['there is no such file or folder', 'correct the path, or create the folder first']
    case 'ELOOP':
      return ['it is a link that points to itself', 'correct the link']
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return done === 'read'
        ? ['permission denied', 'change its permissions, or run as a user who can read it']
        : ['permission denied', 'change the permissions of the folder, or choose another one']
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
      return ['there is no room for it', 'free some space, or choose another disk; existing files are unchanged']
    case 'ENAMETOOLONG':
      return ['its name is too long for this system', 'choose a shorter one']
    default:
      return [`the system says ${code}`, 'fix that, and run the command again']
  }
}

/** What is at the path or above it and should not be; nothing when the path is just not there. */
function inTheWay(path: string): readonly [reason: string, remedy: string] | undefined {
  const own = look(path)
  if (own === undefined) {
    const above = dirname(path)
    if (above === path) return undefined
    const parent = look(above)
    if (parent === 'folder') return undefined
    if (parent === 'file') return [`${above} is a file, not a folder`, elsewhere]
    return parent === 'broken link'
      ? [`${above} is a link to something that does not exist`, 'correct the link, or create its target']
      : (inTheWay(above) ?? [`there is no folder ${above}`, 'create it first, or correct the path'])
  }
  if (own === 'broken link') return ['it is a link to something that does not exist', 'correct the link']
  return own === 'folder' ? ['it is a folder, not a file', elsewhere] : ['it is a file, not a folder', elsewhere]
}

function look(path: string): 'file' | 'folder' | 'broken link' | undefined {
  try {
    if (lstatSync(path, { throwIfNoEntry: false }) === undefined) return undefined
    const stats = statSync(path, { throwIfNoEntry: false })
    return stats === undefined ? 'broken link' : stats.isDirectory() ? 'folder' : 'file'
  } catch {
    return undefined
  }
}
