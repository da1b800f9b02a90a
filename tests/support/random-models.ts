import fc from 'fast-check'
import type { Model } from '../../generator/model/model.ts'
import { parseConfig } from '../../generator/read.ts'
import { configArbitrary, toYaml } from '../properties/arbitraries.ts'

/** The same for everyone, so that a failure is the same everywhere. */
export const seed = 20261125

export type RandomConfig = { readonly yaml: string; readonly model: Model }

/** `count` valid configs over the whole key space. */
export const randomConfigs = (count: number): RandomConfig[] =>
  fc.sample(configArbitrary, { seed, numRuns: count }).map((config) => {
    const yaml = toYaml(config)
    return { yaml, model: parseConfig(yaml, 'portcullis.yaml').model }
  })
