/** The two sides of a comparison: files, folders and git refs -> templates of the same paths. */
import { existsSync, statSync } from 'node:fs'
import { basename, dirname, isAbsolute, join, posix, resolve } from 'node:path'
import type { Beside } from '../read.ts'
import { commitOf, committedFile } from './git-files.ts'
import { bodyOf, type FileText, filesBeside, readStandardInput, readTemplateFile } from './template-files.ts'

/** Where templates are looked for in a folder or a commit. */
const usual = ['templates/template.yaml', 'templates/template.json', 'template.yaml', 'template.yml', 'template.json']

/** The config of a folder or a commit whose templates are those that `generate` writes. */
export type ConfigOfSide = { readonly text: string; readonly file: string; readonly beside: Beside }

type Side = {
  readonly config?: ConfigOfSide
  readonly templates: readonly { readonly path: string; readonly text: string }[]
  readonly readFile: (path: string) => string | undefined
}
export type TemplateSides = {
  /** `nameOf`: what a file is called there, by its path on the new side. */
  readonly before: Side & { readonly nameOf: (path: string) => string }
  readonly after: Side
}

type Source =
  | { readonly kind: 'input' }
  | { readonly kind: 'file'; readonly path: string }
  /** Files below a folder, in the working tree or in a commit. */
  | { readonly kind: 'tree'; readonly folder: string; readonly commit?: string }

export type Problem = { readonly name: string; readonly problem: string }

/** How `-` is called in a report: a name that no flag takes for a file. */
const standardInput = 'standard input'

/** `before` and `after` as the command line has them: a file, a folder, a git ref, or `-` for standard input. */
export function templateSides(folder: string, before: string, after: string): TemplateSides | Problem {
  if (before === '-' && after === '-') return { name: '-', problem: 'standard input is one side at most' }
  const old = sourceOf(folder, before)
  const now = sourceOf(folder, after)
  if (!old) return { name: before, problem: before === 'HEAD' ? noCommit : nothing }
  if (!now) return { name: after, problem: nothing }
  const is = find(folder, now, old)
  if ('problem' in is) return { name: named(after, is.path), problem: is.problem }
  const was = find(folder, old, now.kind === 'input' ? undefined : { ...now, path: is.path })
  if ('problem' in was) return { name: named(before, was.path), problem: was.problem }
  const { path } = is
  const pathOf = (each: string): string | undefined => {
    if (each === path) return was.path
    const beside = from(dirname(path), each)
    return beside === undefined ? undefined : join(dirname(was.path), beside)
  }
  const commit = old.kind === 'tree' && old.commit !== undefined ? `${before}:` : ''
  return {
    before: {
      ...configOf(was),
      templates: [{ path, text: was.text }],
      readFile: (each) => {
        const there = each === path ? undefined : pathOf(each)
        return there === undefined ? undefined : was.beside(there)
      },
      nameOf: (each) => `${commit}${pathOf(each) ?? each}`,
    },
    after: { ...configOf(is), templates: [{ path, text: is.text }], readFile: is.beside },
  }
}

const configOf = ({ config }: Found): Pick<Side, 'config'> => (config === undefined ? {} : { config })

const nothing = 'there is no such file, folder or git ref'
const noCommit = 'nothing is committed in this folder'

const named = (given: string, path: string): string =>
  given === '-' ? standardInput : given === path ? path : `${given}: ${path}`

/** A file of that name comes before a ref. */
function sourceOf(folder: string, given: string): Source | undefined {
  if (given === '-') return { kind: 'input' }
  // A variable that is not set is no folder.
  if (given === '') return undefined
  const path = resolve(folder, given)
  if (existsSync(path))
    return statSync(path).isDirectory() ? { kind: 'tree', folder: given } : { kind: 'file', path: given }
  const commit = commitOf(folder, given)
  return commit === undefined ? undefined : { kind: 'tree', folder: '.', commit }
}

type Found = {
  readonly path: string
  readonly text: string
  readonly beside: (path: string) => string | undefined
  readonly config?: ConfigOfSide
}
type Missing = { readonly path: string; readonly problem: string }

/** `other`: the other side; a commit is asked for the same file, where that is a file of the working tree. */
function find(
  folder: string,
  source: Source,
  other: Source | (Source & { readonly path: string }) | undefined,
): Found | Missing {
  if (source.kind === 'input') {
    const found = bodyOf(readStandardInput())
    return 'problem' in found
      ? { path: standardInput, ...found }
      : { path: standardInput, ...found, beside: () => undefined }
  }
  if (source.kind === 'file')
    return opened(source.path, bodyOf(readTemplateFile(folder, source.path)), filesBeside(folder, [source.path]))
  const { commit } = source
  if (commit === undefined) {
    const path = usual.map((name) => join(source.folder, name)).find((name) => existsSync(resolve(folder, name)))
    if (path === undefined) return { path: source.folder, problem: `it has none of ${usual.join(', ')}` }
    return withConfig(
      opened(path, readTemplateFile(folder, path), filesBeside(folder, [path])),
      source.folder,
      (name) => readTemplateFile(folder, name),
    )
  }
  const same = other !== undefined && 'path' in other && !isAbsolute(other.path) ? [other.path] : []
  const candidates = same.length > 0 ? same : usual
  for (const path of candidates) {
    const found = committedFile(folder, commit, slashed(path))
    if ('text' in found || candidates.length === 1)
      return withConfig(
        opened(path, found, (name) => {
          if (from(dirname(path), name) === undefined) return undefined
          const beside = committedFile(folder, commit, slashed(name))
          return 'text' in beside ? beside.text : undefined
        }),
        dirname(dirname(path)),
        (name) => committedFile(folder, commit, slashed(name)),
      )
  }
  return { path: candidates.join(', '), problem: 'the commit has no such file' }
}

const opened = (path: string, found: FileText, beside: Found['beside']): Found | Missing =>
  'problem' in found ? { path, problem: found.problem } : { path, text: found.text, beside }

/** `generate` writes `templates/` into the folder of the config. */
function withConfig(found: Found | Missing, folder: string, read: (path: string) => FileText): Found | Missing {
  if ('problem' in found || basename(dirname(found.path)) !== 'templates') return found
  const file = join(folder, 'portcullis.yaml')
  const config = read(file)
  if ('problem' in config) return found
  const beside: Beside = (path) => {
    const named = join(folder, path)
    const other = read(named)
    return 'text' in other ? { text: other.text, file: named } : undefined
  }
  return { ...found, config: { text: config.text, file, beside } }
}

const slashed = (path: string): string => path.replaceAll('\\', '/')

/** The way from a folder to a path below it; undefined for one that is not below. */
function from(folder: string, path: string): string | undefined {
  const way = posix.relative(slashed(folder), slashed(path))
  return way === '' || way === '..' || way.startsWith('../') || posix.isAbsolute(way) ? undefined : way
}
