import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { verify } from '../../verifier/index.ts'
import { runs, seed } from '../support/effort.ts'
import type { Json } from '../support/read-template.ts'
import { type Opinion, opinions } from './oracle.ts'
import { smallTemplate, wideTemplate } from './small-templates.ts'

const verdicts = (template: Json): ReadonlyMap<string, Opinion> => {
  const { claims } = verify({
    templates: [{ path: 't.json', text: JSON.stringify(template) }],
    readFile: () => undefined,
  })
  return new Map(claims.map(({ id, target, verdict }) => [`${id} ${target}`, verdict]))
}

test('agrees with a second, slow and simple opinion on random small templates', () => {
  const figures = { templates: 0, opinions: 0, proved: 0, refuted: 0, undecided: 0, none: 0 }
  fc.assert(
    fc.property(smallTemplate, (template) => {
      const found = verdicts(template)
      figures.templates++
      for (const [key, opinion] of opinions(template)) {
        const verdict: Opinion | undefined = found.get(key)
        if (opinion !== 'none' && verdict !== opinion) throw new Error(`${key}: ${verdict} instead of ${opinion}`)
        figures.opinions++
        figures[opinion]++
      }
    }),
    { numRuns: runs(2000), seed },
  )
  console.info(
    `verify: ${figures.opinions} opinions on ${figures.templates} templates agree (${figures.proved} proved, ${figures.refuted} refuted, ${figures.undecided} undecided)`,
  )
  expect(Math.min(figures.proved, figures.refuted, figures.undecided)).toBeGreaterThan(runs(150))
})

test('proves nothing that it finds open, and all that it finds closed, with load balancers in front, IPv6 and echoes', () => {
  const figures = { templates: 0, open: 0, closed: 0 }
  const wrong: string[] = []
  fc.assert(
    fc.property(wideTemplate, (template) => {
      const found = verdicts(template)
      figures.templates++
      for (const [key, opinion] of opinions(template)) {
        const isProved = found.get(key) === 'proved'
        if (opinion === 'refuted') {
          figures.open++
          if (isProved) wrong.push(`${key}: proved, but open: ${JSON.stringify(template)}`)
        } else if (opinion === 'proved') {
          figures.closed++
          if (!isProved) wrong.push(`${key}: ${found.get(key)}, but closed: ${JSON.stringify(template)}`)
        }
      }
    }),
    { seed, numRuns: runs(80) },
  )
  console.info(
    `verify: ${figures.templates} wide templates, ${figures.open} claims open, ${figures.closed} closed, ${wrong.length} wrong`,
  )
  expect(Math.min(figures.open, figures.closed)).toBeGreaterThan(runs(150))
  const kinds = new Map<string, string[]>()
  for (const each of wrong) {
    const kind = each.slice(0, each.indexOf(': {'))
    kinds.set(kind, [...(kinds.get(kind) ?? []), each])
  }
  if (wrong.length > 0)
    throw new Error([...kinds].map(([kind, all]) => `${all.length} times ${kind}, such as\n${all[0]}`).join('\n'))
})
