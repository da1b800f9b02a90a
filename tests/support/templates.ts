import { generate } from '../../generator/generate.ts'
import type { Model } from '../../generator/model/model.ts'
import { assets, exampleModel } from './examples.ts'
import type { Json } from './read-template.ts'

const generated = new WeakMap<Model, ReadonlyMap<string, string>>()

/**
 * A template of a model as data, a copy for each caller. Generated once, and as JSON, which is read in no time; that
 * YAML says the same is tested in properties/templates.test.ts.
 */
export function templateOf(model: Model, name = 'standalone'): Json {
  const files = generated.get(model) ?? new Map(generate(model, assets, 'json').map(({ path, text }) => [path, text]))
  generated.set(model, files)
  const text = files.get(`templates/${name}.json`)
  if (text === undefined) throw new Error(`there is no template ${name}`)
  return JSON.parse(text)
}

/** A template of an example as data; that it is the committed one is tested in golden.test.ts. */
export const exampleTemplate = (folder: string, name?: string): Json => templateOf(exampleModel(folder), name)
