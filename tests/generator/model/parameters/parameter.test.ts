// What a parameter says of itself is read by rules, docs and layers, so it must be true of every config.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { type Parameter, writtenOf } from '../../../../generator/model/parameters/parameter.ts'
import { parseConfig } from '../../../../generator/read.ts'
import { exampleFolders } from '../../../support/examples.ts'
import { randomConfigs } from '../../../support/random-models.ts'

const parsed = [
  ...exampleFolders.map((folder) => readFileSync(`${folder}/portcullis.yaml`, 'utf8')),
  ...randomConfigs(30).map(({ yaml }) => yaml),
].map((text) => parseConfig(text, 'portcullis.yaml'))

const each = (check: (parameter: Parameter, config: unknown) => void): void => {
  for (const { config, model } of parsed)
    for (const parameter of Object.values(model.parameters)) check(parameter, config)
}

const valueIn = (config: unknown, path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], config)

describe('a parameter', () => {
  test('comes from the key of the config that is its default, or what it means when empty', () => {
    const from = new Set<string>()
    each((parameter, config) => {
      if (parameter.from === undefined) return
      from.add(parameter.family)
      const written = valueIn(config, parameter.from)
      const text = Array.isArray(written) ? written.join(',') : written === undefined ? undefined : String(written)
      expect([parameter.name, writtenOf(parameter)]).toEqual([parameter.name, text])
    })
    expect(from.size).toBeGreaterThan(15)
  })

  test('accepts its own default, and an empty value exactly where that means something', () => {
    each(({ name, allowedPattern, allowedValues, type, default: value, empty }) => {
      if (type === 'Number') return
      const accepts = (text: string): boolean =>
        allowedPattern === undefined
          ? (allowedValues?.includes(text) ?? text !== '')
          : new RegExp(allowedPattern).test(text)
      if (value !== undefined) expect([name, value.split(',').every(accepts)]).toEqual([name, true])
      expect([name, accepts('')]).toEqual([name, empty !== undefined])
    })
  })

  test('has a family that is its name, but for what the config calls a service or an authorizer', () => {
    each(({ name, family }) => {
      const [, kind = family] = /^<(?:Service|Authorizer)>(\w+)$/.exec(family) ?? []
      expect(name.endsWith(kind)).toBe(true)
      expect(name === family).toBe(kind === family)
    })
  })
})
