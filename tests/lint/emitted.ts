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

/** Every emitted template, relative to the repository. */
export const emittedTemplates = (): readonly string[] => exampleFolders().flatMap(templatesIn)

const textOf = (path: string): string => readFileSync(join(repository, path), 'utf8')

/** The kind of file that a template is, and the types of its resources with the properties that each has. */
export function kindsIn(path: string): readonly string[] {
  const resources = /^Resources:\n((?: .*\n|\n)*)/m.exec(textOf(path))?.[1] ?? ''
  const properties = resources.split(/^ {2}(?=\w)/m).flatMap((resource) => {
    const type = /^ {4}Type: (\S+)/m.exec(resource)?.[1]
    return type === undefined
      ? []
      : [...resource.matchAll(/^ {4}(?: {2})?(\w+):/gm)].map(([, name]) => `${type} ${name}`)
  })
  return [path.replace(/^.*\//, '').replace(/^(service|job|worker)-(?!catalog\.).*/, '$1'), ...properties]
}

/** All, or at the quick effort a few in which every kind of file, resource and property stands. */
export const someTemplates = (): readonly string[] =>
  byEffort({
    quick: () =>
      covering(
        emittedTemplates().map((path) => ({ path })),
        Number.POSITIVE_INFINITY,
        { costOf: ({ path }) => textOf(path).length, partsOf: ({ path }) => kindsIn(path) },
      ).map(({ path }) => path),
    full: emittedTemplates,
  })()
