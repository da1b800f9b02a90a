/** Files of a commit, read with git and without touching the working tree. */
import { execFileSync } from 'node:child_process'
import { largestTemplate } from '../../verifier/index.ts'
import { decoded, type FileText, tooLarge } from './template-files.ts'

/** What a ref names, or undefined where there is no such commit, no repository or no git. */
export function commitOf(folder: string, ref: string): string | undefined {
  // What begins with a dash is a flag to git.
  if (ref === '' || ref.startsWith('-')) return undefined
  const found = git(folder, ['rev-parse', '--verify', '--quiet', `${ref}^{commit}`])
  const commit = typeof found === 'string' ? undefined : found.toString('latin1').trim()
  return commit !== undefined && /^[0-9a-f]{40,64}$/.test(commit) ? commit : undefined
}

/** A file of the commit; `path` starts at the folder, as in the working tree. */
export function committedFile(folder: string, commit: string, path: string): FileText {
  const found = git(folder, ['cat-file', 'blob', `${commit}:./${path}`])
  return typeof found === 'string' ? { problem: found } : decoded(found)
}

/** Asks nobody, fetches nothing, and runs nothing that the repository names. */
const quiet = { GIT_NO_LAZY_FETCH: '1', GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0' }

/** The bytes, or what is wrong. */
function git(folder: string, args: readonly string[]): Buffer | string {
  try {
    return execFileSync('git', ['-c', 'core.fsmonitor=false', ...args], {
      cwd: folder,
      env: { ...process.env, ...quiet },
      stdio: ['ignore', 'pipe', 'ignore'],
      maxBuffer: largestTemplate + 1,
      timeout: 10_000,
    })
  } catch (error) {
    const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
    return code === 'ENOBUFS' ? tooLarge : code === 'ENOENT' ? 'git is not there' : 'the commit has no such file'
  }
}
