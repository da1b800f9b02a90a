// What a parameter says of itself is read by rules, docs and layers, so it must be true of every config.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { secretReference } from '../../../../generator/aws/secrets.ts'
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
      // What only a new VPC or load balancer has, has its default in the model.
      const ofNew = ['VpcCidr', 'LoadBalancerDeletionProtection'].includes(parameter.family)
      const written = valueIn(config, parameter.from) ?? (ofNew ? parameter.default : undefined)
      const text = Array.isArray(written) ? written.join(',') : written === undefined ? undefined : String(written)
      // Which key of a secret is read is not part of the value.
      const value = parameter.from[2] === 'secrets' ? secretReference(text ?? '')?.text : text
      expect([parameter.name, writtenOf(parameter)]).toEqual([parameter.name, value])
    })
    expect(from.size).toBeGreaterThan(15)
  })

  test('accepts its own default, and an empty value exactly where that means something', () => {
    each(({ name, allowedPattern, allowedValues, type, default: value, empty }) => {
      if (type === 'Number') return
      const accepts = (text: string): boolean =>
        allowedPattern === undefined
          ? (allowedValues?.includes(text) ?? (text !== '' || empty !== undefined))
          : new RegExp(allowedPattern).test(text)
      const items = type === 'CommaDelimitedList' ? value?.split(',') : value === undefined ? [] : [value]
      expect([name, items?.every(accepts)]).toEqual([name, true])
      expect([name, accepts('')]).toEqual([name, empty !== undefined])
    })
  })

  test('has a family that is its name, but for what the config calls a service, a job, an authorizer or a variable', () => {
    each(({ name, family }) => {
      expect(name).toMatch(new RegExp(`^${family.replaceAll(/<(?:Service|Job|Authorizer|Name|Number)>/g, '\\w+')}$`))
    })
  })
})
