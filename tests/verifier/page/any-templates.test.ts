// Pages of all examples, of templates of others, and of random hostile ones: each is whole, and names everything.
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { visible } from '../../../verifier/report/visible.ts'
import { runs, seed, some } from '../../support/effort.ts'
import { readTemplate } from '../../support/read-template.ts'
import { inputs } from '../diagram/pictures.ts'
import { elementsOf } from './elements.ts'
import { hostile, payloads } from './hostile.ts'
import { contentsFor, pageOf, pageWith } from './pages.ts'

const elements = new Set(
  'html head meta title style body a header p h1 div dl dt dd nav ul li main section h2 figure svg g rect polyline polygon text h3 ol strong span code br article table caption thead tbody tr th td details summary footer script b'.split(
    ' ',
  ),
)

describe('each is whole, and names everything:', () => {
  test.each(some(inputs, 4, 2))('%s', (_, make) => {
    const contents = contentsFor(make())
    const found = elementsOf(pageWith(contents))
    expect(found.filter(({ name }) => !elements.has(name))).toEqual([])
    const texts = new Set(found.map(({ text }) => text.trim()))
    const names = [
      ...contents.report.claims.flatMap(({ id, target }) => [id, target]),
      ...contents.layers.flatMap(({ resources }) => resources.map(({ id }) => id)),
      ...contents.apis.flatMap(({ routes }) => routes.map(({ key }) => key)),
      ...contents.parameters.map(({ name }) => name),
      ...contents.files.map(({ path }) => path),
    ]
    expect(names.map(visible).filter((name) => !texts.has(name))).toEqual([])
  })
})

test('no text of a template is more than a text', () => {
  const names = inputs.filter(([name]) => /foreign\/[\d]|services$|opened/.test(name))
  fc.assert(
    fc.property(fc.constantFrom(...names), fc.constantFrom(...payloads), fc.string(), ([, make], payload, random) => {
      const { templates, readFile } = make()
      const [first] = templates
      if (!first) return
      const text = `${random}${payload}`
      const path = `${text}.json`
      const made = elementsOf(
        pageOf({ templates: [{ path, text: JSON.stringify(hostile(readTemplate(first.text), text)) }], readFile }),
      )
      expect(made.filter(({ name }) => !elements.has(name))).toEqual([])
      const keys = new Set(made.flatMap(({ attributes }) => [...attributes.keys()]))
      expect([...keys].filter((key) => /^(?:on|style$|src)/.test(key))).toEqual([])
    }),
    { numRuns: runs(80), seed, endOnFailure: true },
  )
})
