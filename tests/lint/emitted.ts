// The examples with their committed output: the top level and examples/*.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { covering } from '../support/covering.ts'
import { byEffort } from '../support/effort.ts'
import { repository } from './python.ts'

/** Folders in which `sam` is run, relative to the repository; the top level is `.`. */
export function exampleFolders(): readonly string[] {
  const examples = join(repository, 'examples')
  const others = existsSync(examples) ? readdirSync(examples).map((name) => join('examples', name)) : []
  return ['.', ...others.sort()].filter((folder) => existsSync(join(repository, folder, 'templates')))
}

const templatesIn = (folder: string): readonly string[] => {
  const templates = join(repository, folder, 'templates')
  return readdirSync(templates)
    .filter((name) => /\.(yaml|json)$/.test(name))
    .sort()
    .map((name) => relative(repository, join(templates, name)))
}

/** Every emitted template of these folders, relative to the repository. */
export const emittedTemplates = (folders: readonly string[] = exampleFolders()): readonly string[] =>
  folders.flatMap(templatesIn)

const textOf = (path: string): string => readFileSync(join(repository, path), 'utf8')

/** The kinds of files in a folder, and the types of their resources with the properties that each has. */
export function kindsIn(folder: string): ReadonlySet<string> {
  const kinds = new Set<string>()
  for (const path of templatesIn(folder)) {
    kinds.add(path.replace(/^.*\//, '').replace(/^(service|job|worker)-(?!catalog\.).*/, '$1'))
    const resources = /^Resources:\n((?: .*\n|\n)*)/m.exec(textOf(path))?.[1] ?? ''
    for (const resource of resources.split(/^ {2}(?=\w)/m)) {
      const type = /^ {4}Type: (\S+)/m.exec(resource)?.[1]
      for (const [, name] of resource.matchAll(/^ {4}(?: {2})?(\w+):/gm)) if (type) kinds.add(`${type} ${name}`)
    }
  }
  return kinds
}

let few: readonly string[] | undefined

/** All, or at the quick effort a few in which every kind of file, resource and property stands. */
export function someExampleFolders(): readonly string[] {
  if (byEffort({ quick: false, full: true })) return exampleFolders()
  few ??= covering(
    exampleFolders().map((folder) => ({ folder })),
    Number.POSITIVE_INFINITY,
    {
      costOf: () => 1,
      partsOf: ({ folder }) => [...kindsIn(folder)],
    },
  ).map(({ folder }) => folder)
  return few
}
