import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { parseConfig } from '../../generator/read.ts'
import { configArbitrary, shuffleKeys, toYaml } from './arbitraries.ts'

const RUNS = { numRuns: 500, seed: 20261125 }

test('every valid config is accepted, and its parts have names of their own', () => {
  fc.assert(
    fc.property(configArbitrary, (config) => {
      const { model } = parseConfig(toYaml(config), 'portcullis.yaml')
      const ids = model.api.routes.map(({ id }) => id)
      const priorities = model.services.flatMap(({ listenerRules }) => listenerRules.map(({ priority }) => priority))
      expect(new Set(ids).size).toBe(ids.length)
      expect(new Set(priorities).size).toBe(priorities.length)
      expect(priorities.every((priority) => priority >= 1 && priority <= 50_000)).toBe(true)
    }),
    RUNS,
  )
})

test('the order of keys means nothing', () => {
  fc.assert(
    fc.property(configArbitrary, fc.integer(), (config, seed) => {
      const model = (value: object) => JSON.stringify(parseConfig(toYaml(value), 'portcullis.yaml').model)
      expect(model(shuffleKeys(config, seed))).toBe(model(config))
    }),
    { ...RUNS, numRuns: 200 },
  )
})
