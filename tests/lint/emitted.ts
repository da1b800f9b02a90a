// The examples with their committed output: the top level and examples/*.
import { existsSync, readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { repository } from './python.ts'

/** Folders in which `sam` is run, relative to the repository; the top level is `.`. */
export function exampleFolders(): readonly string[] {
  const examples = join(repository, 'examples')
  const others = existsSync(examples) ? readdirSync(examples).map((name) => join('examples', name)) : []
  return ['.', ...others.sort()].filter((folder) => existsSync(join(repository, folder, 'templates')))
}

/** Every emitted template, relative to the repository. */
export function emittedTemplates(): readonly string[] {
  return exampleFolders().flatMap((folder) => {
    const templates = join(repository, folder, 'templates')
    return readdirSync(templates)
      .filter((name) => /\.(yaml|json)$/.test(name))
      .sort()
      .map((name) => relative(repository, join(templates, name)))
  })
}
