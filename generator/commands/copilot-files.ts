/** The files of a `copilot` folder that say something. Links are not followed, so that none leads out of it. */
import { lstatSync, readdirSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileErrorOf } from '../errors/file-error.ts'
import { filesBeside, readTemplateFile } from './template-files.ts'

const DEEPEST = 5
const MOST = 2000

/** Path as the command line would name it -> text; empty for what is not YAML. Throws FileError. */
export function copilotFiles(current: string, folder: string): Readonly<Record<string, string>> {
  const start =
    ['copilot', ''].map((name) => join(folder, name)).find((path) => isFolder(resolve(current, path))) ?? folder
  const found: Record<string, string> = {}
  const visit = (path: string, depth: number): void => {
    for (const entry of entriesOf(resolve(current, path))) {
      const inner = join(path, entry.name)
      if (Object.keys(found).length >= MOST) return
      if (entry.isDirectory() && depth < DEEPEST && entry.name !== 'node_modules') visit(inner, depth + 1)
      else if (entry.isFile()) found[inner] = textOf(current, inner)
    }
  }
  visit(start, 0)
  return { ...found, ...environmentFiles(current, dirname(start), Object.values(found)) }
}

/** The files of variables that manifests name, when they are below the folder that holds `copilot`. */
function environmentFiles(current: string, root: string, manifests: readonly string[]): Record<string, string> {
  const read = filesBeside(current, [join(root, 'manifest')])
  const named = manifests.flatMap((text) => [...text.matchAll(/\benv_file['"]?:\s*['"]?([^\s'"#,{}]+)/g)])
  return Object.fromEntries(
    named.flatMap(([, name = '']) => {
      const path = join(root, name)
      const text = read(path)
      return text === undefined ? [] : [[path, text]]
    }),
  )
}

function entriesOf(path: string) {
  try {
    return readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
  } catch (error) {
    throw fileErrorOf(error, 'read', path) ?? error
  }
}

function textOf(current: string, path: string): string {
  if (!/(?:\.ya?ml|\.workspace)$/.test(path)) return ''
  const read = readTemplateFile(current, path)
  return 'text' in read ? read.text : ''
}

const isFolder = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
