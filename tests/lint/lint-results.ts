// What cfn-lint said of a file, kept in `.cache/lint` by all that it follows from: a file that is as it was costs nothing.
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Match } from './lint-process.ts'
import { repository, toolsFile } from './python.ts'

const folder = join(repository, '.cache/lint')

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

const read = (path: string): string => readFileSync(path, 'utf8')

/** The versions of the tools, and how they are asked. */
const stamp = sha256(
  [toolsFile, ...['lint_server.py', 'quicker_cfn_lint.py'].map((name) => join(repository, 'tests/lint', name))]
    .map((path) => sha256(read(path)))
    .join(),
)

/** cfn-lint opens what a nested stack names, so for such a file the ones next to it count as well. */
function beside(path: string, text: string): readonly string[] {
  if (!text.includes('TemplateURL')) return []
  const siblings = readdirSync(dirname(path)).filter((name) => /\.(yaml|json)$/.test(name))
  return siblings.sort().map((name) => `${name} ${sha256(read(join(dirname(path), name)))}`)
}

/** What is kept of this file or, where nothing is, what `find` finds. */
export async function kept(
  path: string,
  regions: readonly string[],
  find: () => Promise<readonly Match[]>,
): Promise<readonly Match[]> {
  const text = read(path)
  const file = join(folder, `${sha256([stamp, ...regions, sha256(text), ...beside(path, text)].join())}.json`)
  try {
    return JSON.parse(read(file))
  } catch {
    const found = await find()
    mkdirSync(folder, { recursive: true })
    // Another process may write the same at the same time.
    writeFileSync(`${file}.${process.pid}`, JSON.stringify(found))
    renameSync(`${file}.${process.pid}`, file)
    return found
  }
}
