import fc from 'fast-check'
import type { Model } from '../../generator/model/model.ts'
import { parseConfig } from '../../generator/read.ts'
import { configArbitrary, toYaml } from '../properties/arbitraries.ts'
import { byEffort, seed } from './effort.ts'
import { pairwise } from './pairwise.ts'

export type RandomConfig = { readonly yaml: string; readonly model: Model }

const sample = (count: number): readonly object[] => fc.sample(configArbitrary, { seed, numRuns: count })

const read = (config: object): RandomConfig => {
  const yaml = toYaml(config)
  return { yaml, model: parseConfig(yaml, 'portcullis.yaml').model }
}

/** `count` valid configs over the whole key space. */
export const randomConfigs = (count: number): RandomConfig[] => sample(count).map(read)

/** As many of these as the effort says: by default a few, in which every two choices of keys stand together. */
export const someConfigs = (count: number): RandomConfig[] =>
  byEffort({
    quick: () => pairwise(sample(300)).map(read),
    full: () => randomConfigs(count),
    nightly: () => randomConfigs(10 * count),
  })()
