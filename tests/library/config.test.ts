// A config as the library gives it and takes it: typed as the schema says, and the same when it comes back.
import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { z } from 'zod'
import type { configSchema } from '../../generator/config/schema/index.ts'
import { PortcullisError } from '../../generator/errors/portcullis-error.ts'
import { parseConfig as read } from '../../generator/read.ts'
import type { Config } from '../../library/config.gen.ts'
import { generate } from '../../library/generate.ts'
import { parseConfig } from '../../library/parse-config.ts'
import { configType } from '../../scripts/generate-config-type.ts'
import { configArbitrary, toYaml } from '../properties/arbitraries.ts'
import { runs } from '../support/effort.ts'

type Frozen<T> = T extends object ? { readonly [K in keyof T]: Frozen<T[K]> } : T
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false

// `npm run types` refuses this line when the generated type says more or less than the schema.
const isTheSchemasInput: Same<Config, Frozen<z.input<typeof configSchema>>> = true

test('the type of a config is what the schema gives (npm run generate renews it)', () => {
  expect(isTheSchemasInput).toBe(true)
  expect(readFileSync('library/config.gen.ts', 'utf8')).toBe(
    configType(JSON.parse(readFileSync('portcullis.schema.json', 'utf8'))),
  )
})

test('a config that comes back means the same', () => {
  fc.assert(
    fc.property(configArbitrary, (written) => {
      const text = toYaml(written)
      const { config } = parseConfig(text)
      const again = read(JSON.stringify(config, undefined, 2), 'config')
      expect(again.config).toEqual(config)
      expect(again.model).toEqual(read(text, 'portcullis.yaml').model)
    }),
    { numRuns: runs(60), seed: 20261130 },
  )
})

test('every mistake is told, and nothing is thrown', () => {
  const { config, diagnostics } = parseConfig('name: Shop\nservices: {}\n', { file: 'shop.yaml' })
  expect(config).toBeUndefined()
  expect(diagnostics.length).toBeGreaterThan(1)
  expect(diagnostics[0]).toMatchObject({ file: 'shop.yaml', line: 1, column: 1, code: 'PC102' })
  expect(diagnostics.map(({ line, column, code }) => [line, column, code])).toContainEqual([1, 7, 'PC104'])
})

test('a warning stands beside the config', () => {
  const { config, diagnostics, warnings } = parseConfig(
    readFileSync('tests/fixtures/bad/secret-arn-without-end.yaml', 'utf8'),
  )
  expect([config?.name, diagnostics]).toEqual(['orders', []])
  expect(warnings.map(({ code, severity, line }) => [code, severity, line])).toEqual(
    [9, 10, 11, 20].map((line) => ['PC433', 'warning', line]),
  )
  expect(parseConfig('').warnings).toEqual([])
})

test('a config that a program made wrong is refused', () => {
  const { config } = parseConfig(readFileSync('portcullis.yaml', 'utf8'))
  if (!config) throw new Error('the main example is wrong')
  expect(() => generate({ ...config, name: 'Not A Name' })).toThrow(PortcullisError)
  expect(() => generate({ ...config, domain: { ...config.domain, name: 'api.example.org' } })).toThrow(/example\.org/)
})
