// What CloudFormation refuses before it deploys anything.
import { expect, test } from '@jest/globals'
import type { Json } from '../support/read-template.ts'
import { isolated } from './laws/bases.ts'
import { reportOf } from './laws/judge.ts'

const verdicts = (parameters: Json): readonly (readonly [string, string])[] => {
  const template = { ...isolated.template, Parameters: { ...isolated.template.Parameters, ...parameters } }
  const report = reportOf({ template })
  return (report?.claims ?? []).map(({ verdict, because }) => [verdict, because] as const)
}

test.each(Object.keys(isolated.template.Resources))('a parameter that is called %s as a resource is', (name) => {
  const found = verdicts({ [name]: { Type: 'String', Default: 'x' } })
  expect(found.length).toBeGreaterThan(5)
  for (const [verdict, because] of found) {
    expect(verdict).toBe('undecided')
    expect(because).toBe(
      `CloudFormation refuses this template, so none of it is deployed: ${name} is the name of a parameter and of a resource`,
    )
  }
})

test('a parameter of another name changes nothing', () => {
  expect(verdicts({ Another: { Type: 'String', Default: 'x' } })).toEqual(verdicts({}))
})
