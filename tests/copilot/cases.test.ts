// Manifests of Copilot, the config that they become, and what is said of each key; `npm run generate` renews what is expected.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { parse as parseYaml } from 'yaml'
import { generate } from '../../generator/generate.ts'
import { parseConfig } from '../../generator/read.ts'
import { withinLimits } from '../../generator/within-limits.ts'
import { caseNames, convertCase, copilotCases } from '../../scripts/copilot-cases.ts'
import { answered, problemsOf } from '../support/copilot.ts'
import { assets } from '../support/examples.ts'

const expected = copilotCases()

test('there are at least 20 manifests', () => {
  expect(Object.keys(expected).length).toBeGreaterThan(40)
})

test.each(Object.entries(expected))('%s is what the manifests give', (path, text) => {
  expect(readFileSync(path, 'utf8')).toBe(text)
})

describe.each(caseNames())('%s', (name) => {
  const { config = '' } = convertCase(name)

  test('generate stops only with questions', () => {
    expect(problemsOf(config).filter((code) => code !== 'PC120' && code !== 'PC121')).toEqual([])
  })

  test('with the questions answered, templates are made', () => {
    const read = parseConfig(answered(config), 'portcullis.yaml')
    expect(withinLimits(read, () => generate(read.model, assets)).length).toBeGreaterThan(5)
  })

  test('nobody can call what is imported before somebody says who', () => {
    const { api } = parseYaml(config)
    expect(api.routes).toBeUndefined()
    expect(problemsOf(config)).toContain('PC120')
  })
})
