import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { awsPolicies } from '../../scripts/generate-aws-policies.ts'
import { judgedOf, judgedServices } from '../../verifier/facts/rights/harmless.ts'
import { judgeAction } from '../../verifier/facts/rights/judge.ts'
import { openers } from '../../verifier/facts/rights/openers.ts'
import { matches, normalised } from '../../verifier/facts/rights/pattern.ts'
import { python, requireTool } from './python.ts'

// Service and action in lower case, as AWS publishes them for its policy generator. To import cfn-lint takes seconds.
const ask = `
import json
from importlib.util import find_spec
from pathlib import Path
data = Path(find_spec("cfnlint").origin).parent / "data" / "AdditionalSpecs" / "Policies.json"
services = json.loads(data.read_text(encoding="utf-8"))
print(json.dumps([f"{name}:{action}" for name, each in services.items() for action in each["Actions"]]))
`
let listed: readonly string[] | undefined

function allActions(): readonly string[] {
  listed ??= JSON.parse(execFileSync(python, ['-c', ask], { encoding: 'utf8', maxBuffer: 1 << 26 })) as string[]
  return listed
}

test('what verify knows of the managed policies of AWS is what the pinned moto carries (scripts/generate-aws-policies.ts)', () => {
  requireTool('moto')
  expect(readFileSync('verifier/facts/rights/aws-policies.gen.ts', 'utf8')).toBe(awsPolicies())
})

test('every action that opens a way is one that AWS has', () => {
  requireTool('cfn-lint')
  const known = new Set(allActions())
  expect(openers.filter((each) => !known.has(each.normalised)).map(({ action }) => action)).toEqual([])
})

test('every action that is named as harmless, or as not, is one that AWS has', () => {
  requireTool('cfn-lint')
  const known = allActions()
  const reading = /:(batchdescribe|batchget|describe|get|list|lookup|search|view)\*$|:(un)?tagresource$/
  const named = judgedServices
    .flatMap((service) => judgedOf(service) ?? [])
    .flatMap(({ harmless, except }) => [...harmless, ...except])
    .filter((each) => !reading.test(each))
    // Services that AWS has closed, which its list has dropped.
    .filter((each) => !/^evidently:/.test(each))
  expect(named.filter((each) => !known.some((action) => matches(each, action)))).toEqual([])
})

test('services that are not judged are known by name', () => {
  requireTool('cfn-lint')
  const services = new Set(allActions().map((action) => action.split(':', 1)[0] ?? ''))
  // Both hand out the rights of others.
  expect([...services].filter((each) => judgedOf(each) === undefined)).toEqual(['eks-auth', 'sso-oauth'])
})

test('a pattern that is judged harmless means no action that by itself is not', () => {
  requireTool('cfn-lint')
  const known = allActions()
  const byService = new Map<string, string[]>()
  for (const action of known) {
    const [service = ''] = action.split(':', 1)
    byService.set(service, byService.get(service) ?? [])
    byService.get(service)?.push(action)
  }
  // Beginnings and ends of real actions, with each way to cut them.
  const wide = known.flatMap((action, index) => {
    const [service = '', name = ''] = action.split(':')
    const cut = 1 + (index % name.length)
    return [
      `${service}:${name.slice(0, cut)}*`,
      `${service}:*${name.slice(-cut)}`,
      `${service}:${name.slice(0, cut - 1)}?${name.slice(cut)}`,
    ]
  })
  const patterns = [...new Set([...wide, ...[...byService.keys()].map((service) => `${service}:*`)])]
  const harmless = patterns.filter((each) => judgeAction(each).kind === 'harmless')
  expect(harmless.length).toBeGreaterThan(1000)
  const isHarmless = new Map(known.map((action) => [action, judgeAction(action).kind === 'harmless']))
  const wrong = harmless.filter((pattern) => {
    // A harmless pattern names its service; that it does is part of what is checked.
    const own = byService.get(pattern.split(':', 1)[0] ?? '')
    return !own || own.some((action) => matches(normalised(pattern), action) && !isHarmless.get(action))
  })
  expect(wrong).toEqual([])
})

test('the judgement of all actions is the one that was looked at', () => {
  requireTool('cfn-lint')
  const kinds = allActions().map((action) => judgeAction(action).kind)
  const share = (kind: string) => kinds.filter((each) => each === kind).length / kinds.length
  // Nothing makes most of what is new harmless, or leaves most in doubt, by one slip in the tables.
  expect(share('harmless')).toBeGreaterThan(0.5)
  expect(share('harmless')).toBeLessThan(0.6)
  expect(kinds.filter((each) => each === 'opens')).toHaveLength(openers.length)
})
