import fc from 'fast-check'
import type { Model } from '../../generator/model/model.ts'
import { parseConfig } from '../../generator/read.ts'
import { configArbitrary, toYaml } from '../properties/arbitraries.ts'
import { type PlatformConfigs, platformArbitrary } from '../properties/platforms.ts'
import { type Choosing, covering } from './covering.ts'
import { byEffort, seed } from './effort.ts'
import { pairsOfParts } from './parts.ts'

export type RandomConfig = { readonly yaml: string; readonly model: Model }

// biome-ignore lint/suspicious/noExplicitAny: plain configs, whose schema is what is tested
type Plain = any

const sample = (count: number): readonly Plain[] => fc.sample(configArbitrary, { seed, numRuns: count })

const read = (config: object): RandomConfig => {
  const yaml = toYaml(config)
  return { yaml, model: parseConfig(yaml, 'portcullis.yaml').model }
}

/** `count` valid configs over the whole key space. */
export const randomConfigs = (count: number): readonly RandomConfig[] => sample(count).map(read)

/** About the number of resources. With CORS there is a route for each method. */
const size = ({ services, api }: Plain): number => {
  const each: Plain[] = Object.values(services)
  const paths = api.routes?.length ?? each.flatMap(({ paths = ['/*'] }) => paths).length
  return 20 + 15 * each.length + (api.cors === undefined ? 1 : 7) * paths
}

const ofConfigs: Choosing<Plain> = { costOf: size, partsOf: pairsOfParts }
type Which = (config: Plain) => boolean
const any: Which = () => true
const chosen = new Map<Which, Map<number, readonly RandomConfig[]>>()

/**
 * As many as the effort says, in which as many pairs of choices as possible stand together; at night, any. A test that
 * is about some of them says which: of a few that are chosen for other things, none may be left for it. To choose them
 * takes longer than many a test, so the files that one worker runs share them.
 */
export function someConfigs(count: number, which = any): readonly RandomConfig[] {
  const choose = byEffort({
    quick: () => covering(sample(400).filter(which), count / 4, ofConfigs),
    full: () => covering(sample(400).filter(which), count, ofConfigs),
    nightly: () => sample(10 * count).filter(which),
  })
  const byCount = chosen.get(which) ?? new Map<number, readonly RandomConfig[]>()
  const configs = byCount.get(count) ?? choose().map(read)
  chosen.set(which, byCount.set(count, configs))
  return configs
}

export type RandomPlatform = {
  readonly yaml: string
  readonly platform: Model
  readonly applications: readonly Model[]
}

const readPlatform = ({ platform, applications }: PlatformConfigs): RandomPlatform => {
  const text = toYaml(platform)
  const on = (config: object): Model =>
    parseConfig(toYaml(config), 'portcullis.yaml', undefined, [], (file) => ({ text, file })).model
  return {
    yaml: [platform, ...applications].map(toYaml).join('---\n'),
    platform: parseConfig(text, 'platform.yaml').model,
    applications: applications.map(on),
  }
}

/** Platforms with applications on them, chosen like the configs above. */
export const somePlatforms = (count: number): readonly RandomPlatform[] => {
  const all = fc.sample(platformArbitrary, { seed, numRuns: byEffort({ quick: 40, full: 100, nightly: 4 * count }) })
  return covering(all, byEffort({ quick: count / 6, full: count, nightly: all.length }), {
    costOf: ({ applications: [one] }) => size(one),
    partsOf: ({ platform, applications: [one] }) => [...pairsOfParts(platform), ...pairsOfParts(one)],
  }).map(readPlatform)
}
