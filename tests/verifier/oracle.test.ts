import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { verify } from '../../verifier/index.ts'
import { seed } from '../support/random-models.ts'
import { type Opinion, opinions } from './oracle.ts'
import { smallTemplate } from './small-templates.ts'

test('agrees with a second, slow and simple opinion on random small templates', () => {
  const figures = { templates: 0, opinions: 0, proved: 0, refuted: 0, undecided: 0 }
  fc.assert(
    fc.property(smallTemplate, (template) => {
      const { claims } = verify({
        templates: [{ path: 't.json', text: JSON.stringify(template) }],
        readFile: () => undefined,
      })
      const found = new Map(claims.map(({ id, target, verdict }) => [`${id} ${target}`, verdict]))
      figures.templates++
      for (const [key, opinion] of opinions(template)) {
        const verdict: Opinion | undefined = found.get(key)
        if (verdict !== opinion) throw new Error(`${key}: ${verdict} instead of ${opinion}`)
        figures.opinions++
        figures[opinion]++
      }
    }),
    { numRuns: 2000, seed },
  )
  console.info(
    `verify: ${figures.opinions} opinions on ${figures.templates} templates agree (${figures.proved} proved, ${figures.refuted} refuted, ${figures.undecided} undecided)`,
  )
  expect(Math.min(figures.proved, figures.refuted, figures.undecided)).toBeGreaterThan(150)
})
