import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { parseConfig } from '../../generator/read.ts'
import { runs, seed } from '../support/effort.ts'
import { configArbitrary, shuffleKeys, toYaml } from './arbitraries.ts'

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
    { numRuns: runs(500), seed },
  )
})

test('the order of keys means nothing', () => {
  fc.assert(
    fc.property(configArbitrary, fc.integer(), (config, order) => {
      const model = (value: object) => JSON.stringify(parseConfig(toYaml(value), 'portcullis.yaml').model)
      expect(model(shuffleKeys(config, order))).toBe(model(config))
    }),
    { numRuns: runs(200), seed },
  )
})
