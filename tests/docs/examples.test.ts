// The examples show each key of the config, with its output.
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { isWithin, schemaKeys } from '../support/schema-keys.ts'

/** All places of a config. */
const placesIn = (value: unknown, at: readonly (string | number)[] = []): readonly (readonly (string | number)[])[] =>
  typeof value === 'object' && value !== null
    ? [at, ...Object.entries(value).flatMap(([key, each]) => placesIn(each, [...at, key]))]
    : [at]

const places = ['.', ...readdirSync('examples').map((name) => `examples/${name}`)].flatMap((folder) =>
  placesIn(parse(readFileSync(`${folder}/portcullis.yaml`, 'utf8'))),
)

/** It exists for its error alone. */
const refused = ['jobs.*.reaches.*.service']

test.each(schemaKeys().map((key) => [key.join('.'), key] as const))('an example shows %s', (name, key) => {
  expect(places.some((place) => isWithin(key, place))).toBe(!refused.includes(name))
})
