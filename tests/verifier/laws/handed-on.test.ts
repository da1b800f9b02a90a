// Law 2: however a template hands on the reference that opens it, the claim is not proved; and where the template
// alone says what the reference is, the claim is refuted as by the plain form. What comes from outside proves, and says
// on what it rests.
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { effort, runs, seed, some } from '../../support/effort.ts'
import type { Json } from '../../support/read-template.ts'
import { type Base, isolated, standalone } from './bases.ts'
import { type Form, forms } from './forms.ts'
import { none, reportOf, type Verdict, verdictOn } from './judge.ts'
import { type Opening, opened, openings, prepared } from './openings.ts'
import { spellings } from './spellings.ts'

const said = (base: Base, { claim, target }: Opening, given: Parameters<typeof reportOf>[0]): Verdict | 'unread' => {
  const report = reportOf(given)
  return report ? (verdictOn(report, claim, target?.(base.roles)) ?? 'proved') : 'unread'
}

describe.each([isolated, standalone])('$name', (base) => {
  test.each(openings)('is safe before, and refuted by: $name', (opening) => {
    expect(said(base, opening, { template: prepared(base, opening) })).toBe('proved')
    expect(said(base, opening, { template: opened(base, opening, opening.owner(base.roles)) })).toBe('refuted')
  })
})

/** Pairs of one form, over all openings; the large template only now and then. */
function check({ name, isDetermined, make }: Form, bases: readonly Base[], first: number): void {
  const proved: string[] = []
  const unrefuted: string[] = []
  let pairs = 0
  for (const base of bases) {
    const possible = openings.flatMap((opening) => {
      const given = make(base, opening)
      return given ? [{ opening, given }] : []
    })
    for (const { opening, given } of some(possible, Math.min(3, possible.length), first)) {
      pairs++
      const verdict = said(base, opening, given)
      const pair = `${base.name}, ${opening.name}, ${name}: ${verdict}`
      if (verdict === 'proved') proved.push(pair)
      else if (isDetermined && verdict !== 'refuted') unrefuted.push(pair)
    }
  }
  expect(pairs).toBeGreaterThan(0)
  none([...proved, ...unrefuted], pairs)
}

describe('what opens does so in every form', () => {
  test.each(forms.map((form) => [form.isDetermined ? 'refuted' : 'not proved', form.name, form] as const))(
    '%s: %s',
    (_verdict, _name, form) =>
      check(form, effort === 'nightly' ? [isolated, standalone] : [isolated], forms.indexOf(form)),
  )
})

test('the same on what Portcullis emits', () => {
  const broken: string[] = []
  let pairs = 0
  fc.assert(
    fc.property(fc.constantFrom(...forms), fc.constantFrom(...openings), (form, opening) => {
      const given = form.make(standalone, opening)
      if (!given) return
      pairs++
      const verdict = said(standalone, opening, given)
      if (verdict === 'proved' || (form.isDetermined && verdict !== 'refuted'))
        broken.push(`${opening.name}, ${form.name}: ${verdict}`)
    }),
    { seed, numRuns: runs(50) },
  )
  none(broken, pairs)
})

test('in other words it still opens', () => {
  const broken: string[] = []
  let pairs = 0
  fc.assert(
    fc.property(
      fc.constantFrom(...forms),
      fc.constantFrom(...openings),
      fc.constantFrom(...spellings),
      fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
      (form, opening, { name, spell }, stream) => {
        const given = form.make(isolated, opening)
        const respelled = given && spell(given.template, () => stream.next().value ?? 0)
        // Other logical IDs and a stack around it are other targets and files.
        if (!respelled || respelled.files || name === 'other logical IDs') return
        pairs++
        const verdict = said(isolated, opening, { ...given, ...respelled })
        if (verdict === 'proved') broken.push(`${opening.name}, ${form.name}, ${name}: proved`)
      },
    ),
    { seed, numRuns: runs(110) },
  )
  expect(pairs).toBeGreaterThan(runs(50))
  none(broken, pairs)
})

/** From outside, by a name that the template neither writes nor exports. */
const strangers: readonly [string, (stranger: string) => { value: Json; parameters?: Json; name: RegExp }][] = [
  [
    'a parameter',
    () => ({ value: { Ref: 'Foreign' }, parameters: { Foreign: { Type: 'String' } }, name: /\bForeign\b/ }),
  ],
  ['an import', () => ({ value: { 'Fn::ImportValue': 'foreign-it' }, name: /\bforeign-it\b/ })],
  [
    'an import by the name of a stack',
    () => ({
      value: { 'Fn::ImportValue': { 'Fn::Sub': '${Foreign}-it' } },
      parameters: { Foreign: { Type: 'String' } },
      name: /\$\{Foreign\}-it/,
    }),
  ],
  ['a literal id', (stranger) => ({ value: stranger, name: new RegExp(stranger) })],
  ['a dynamic reference', () => ({ value: '{{resolve:ssm:/foreign/it}}', name: /\/foreign\/it/ })],
]

describe.each(strangers)('%s in its place', (_name, make) => {
  const owned = openings.filter(({ stranger }) => stranger)
  const outsiders = owned.map((opening) => {
    const { value, parameters = {}, name } = make(opening.stranger as string)
    const template = opened(isolated, opening, value)
    return { opening, name, template: { ...template, Parameters: { ...template.Parameters, ...parameters } } }
  })

  test('opens nothing of this template', () =>
    none(
      outsiders.flatMap(({ opening, template }) => {
        const verdict = said(isolated, opening, { template })
        return verdict === 'proved' ? [] : [`${opening.name}: ${verdict}`]
      }),
      owned.length,
    ))

  test('is named in the assumptions', () =>
    none(
      outsiders.flatMap(({ opening, template, name }) => {
        const { assumptions = [] } = reportOf({ template }) ?? {}
        return assumptions.some((each) => name.test(each)) ? [] : [`${opening.name}: ${JSON.stringify(assumptions)}`]
      }),
      owned.length,
    ))
})
