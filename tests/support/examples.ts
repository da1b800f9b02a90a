import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadAssets } from '../../generator/commands/assets.ts'
import { besideConfig } from '../../generator/commands/config-file.ts'
import { generate } from '../../generator/generate.ts'
import type { Model } from '../../generator/model/model.ts'
import type { Assets, OutputFile } from '../../generator/packagings/assets.ts'
import { parseConfig } from '../../generator/read.ts'

/** The bundles of the last `npm run build`, which `npm test` runs first. */
export const assets: Assets = loadAssets('dist/functions')

/** Folders with a config and its committed output: the main example at the top level, and `examples/*`. */
export const allFolders: readonly string[] = ['.', ...readdirSync('examples').map((name) => `examples/${name}`)]

/** A platform, and applications on it, which are a whole only together. */
export const platformFolders: readonly string[] = allFolders.filter((folder) => /\/platform\b/.test(folder))

/** Those that are a whole by themselves. */
export const exampleFolders: readonly string[] = allFolders.filter((folder) => !platformFolders.includes(folder))

const models = new Map<string, Model>()

export function exampleModel(folder: string): Model {
  const file = join(folder, 'portcullis.yaml')
  const model =
    models.get(folder) ?? parseConfig(readFileSync(file, 'utf8'), file, undefined, [], besideConfig('.', file)).model
  models.set(folder, model)
  return model
}

const files = new Map<string, readonly OutputFile[]>()

export function exampleFiles(folder: string): readonly OutputFile[] {
  const made = files.get(folder) ?? generate(exampleModel(folder), assets)
  files.set(folder, made)
  return made
}
