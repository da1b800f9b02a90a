// Each kind of fault in its variety, plain and in other settings, and next to it what must stay proved.
import { describe, test } from '@jest/globals'
import { effort } from '../../support/effort.ts'
import type { Json } from '../../support/read-template.ts'
import { isolated } from './bases.ts'
import { families, type Member } from './families.ts'
import { type Given, none, reportOf, verdictOn } from './judge.ts'
import { spellings } from './spellings.ts'

const added = (template: Json): string[] =>
  Object.keys(template.Resources).filter((id) => !(id in isolated.template.Resources))

/** What was added exists in one of two worlds. */
function underCondition(template: Json): Given | undefined {
  const ids = added(template)
  if (ids.length === 0) return undefined
  const copy = structuredClone(template)
  copy.Parameters.Choice = { Type: 'String', Default: 'no', AllowedValues: ['no', 'yes'] }
  copy.Conditions = { ...copy.Conditions, IsChosen: { 'Fn::Equals': [{ Ref: 'Choice' }, 'yes'] } }
  for (const id of ids) copy.Resources[id].Condition = 'IsChosen'
  return { template: copy }
}

const spelled = (name: string) => (template: Json) =>
  spellings.find((each) => each.name === name)?.spell(template, () => 1)

type Setting = readonly [string, (template: Json) => Given | undefined]
const always: readonly Setting[] = [
  ['plain', (template) => ({ template })],
  ['under a condition', underCondition],
]
/** One of these for each, all of them in a nightly run. */
const further: readonly Setting[] = [
  ['in a nested stack', spelled('a stack in a stack')],
  ['with Sub for Ref', spelled('Ref as Sub')],
  ['in YAML', spelled('YAML')],
]

const settingsOf = (member: Member): readonly Setting[] => [
  ...always,
  ...further.filter((_, index) => effort === 'nightly' || index === families.indexOf(member) % further.length),
]

function check(member: Member): void {
  const { claim, target, staysProved, template } = member
  const settings = settingsOf(member)
  const wrong = settings.flatMap(([setting, make]) => {
    const given = make(template)
    if (!given) return []
    const report = reportOf(given)
    const verdict = report ? verdictOn(report, claim, target) : 'unread'
    return (verdict === 'proved') === staysProved ? [] : [`${setting}: ${verdict}`]
  })
  none(wrong, settings.length)
}

const kinds = [...new Set(families.map(({ kind }) => kind))]
describe.each(kinds)('%s', (kind) => {
  const ofKind = families.filter((each) => each.kind === kind)
  const names = (staysProved: boolean) =>
    ofKind.filter((each) => each.staysProved === staysProved).map((each) => [each.name, each] as const)
  if (names(false).length > 0) test.each(names(false))('not proved: %s', (_name, each) => check(each))
  if (names(true).length > 0) test.each(names(true))('stays proved: %s', (_name, each) => check(each))
})
