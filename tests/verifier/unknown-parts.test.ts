// Sections and attributes that CloudFormation does not have: a tool may make anything of them, and nobody else takes them.
import { expect, test } from '@jest/globals'
import type { Json } from '../support/read-template.ts'
import { isolated } from './laws/bases.ts'
import { reportOf } from './laws/judge.ts'

const report = (change: (template: Json) => void) => {
  const template = structuredClone(isolated.template)
  change(template)
  return reportOf({ template })
}

const unknownSections = ['Modules', 'Constants', 'Rain', 'Packages', 'Globals', 'Hooks', 'resources', 'Anything']

test.each(unknownSections)('a template with a section %s is nothing that CloudFormation deploys', (name) => {
  const claims = report((template) => {
    template[name] = { Opener: { Source: './opener.yaml' } }
  })?.claims
  expect(claims?.length).toBeGreaterThan(5)
  for (const { verdict, because } of claims ?? []) {
    expect(verdict).toBe('undecided')
    expect(because).toContain(`a template has no section ${name}`)
  }
})

const unknownAttributes = ['properties', 'Overrides', 'Connectors', 'IgnoreGlobals', 'CopyOf']

test.each(Object.keys(isolated.template.Resources).flatMap((id) => unknownAttributes.map((name) => [id, name])))(
  'and %s with an attribute %s neither',
  (id, name) => {
    const claims = report((template) => {
      template.Resources[id][name] = {}
    })?.claims
    for (const { verdict, because } of claims ?? []) {
      expect(verdict).toBe('undecided')
      expect(because).toContain(`a resource has no attribute ${name}, as ${id} has it`)
    }
  },
)

test('those that it has change nothing', () => {
  const found = report((template) => {
    Object.assign(template, { Description: 'x', Metadata: {}, Mappings: {}, Rules: {}, Outputs: {} })
    for (const resource of Object.values<Json>(template.Resources))
      Object.assign(resource, { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain', Metadata: { a: 1 } })
  })
  expect(found?.verdict).toBe('proved')
})

test('and those of SAM are known where SAM reads them', () => {
  const found = report((template) => {
    Object.assign(template, { Transform: 'AWS::Serverless-2016-10-31', Globals: { Function: { Timeout: 3 } } })
    template.Resources.Table = { Type: 'AWS::Serverless::SimpleTable', IgnoreGlobals: '*' }
  })
  expect(found?.verdict).toBe('proved')
})
