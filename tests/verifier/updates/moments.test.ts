// Every moment of random updates, written out as a template and verified by itself: what is open in one of them is found,
// and what is found is open in one of them.
import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { verify } from '../../../verifier/index.ts'
import { byEffort, seed } from '../../support/effort.ts'
import { type Json, readTemplate } from '../../support/read-template.ts'
import { updateOf } from '../../support/updates.ts'

const base: Json = readTemplate(readFileSync('tests/verifier/cases/isolated.yaml', 'utf8'))
const groups = ['BalancerGroup', 'Spare1', 'Spare2'] as const

const rule = fc.record({
  group: fc.constantFrom(...groups),
  isOpen: fc.boolean(),
  after: fc.constantFrom(undefined, 'LoadBalancer', 'Rule0', 'Rule1', 'Between'),
})
const side = fc.record({
  balancer: fc.constantFrom(...groups),
  rules: fc.array(fc.option(rule, { nil: undefined, freq: 2 }), { minLength: 2, maxLength: 2 }),
  description: fc.constantFrom('a', 'b'),
  isPrivate: fc.boolean(),
})
type Side = typeof side extends fc.Arbitrary<infer T> ? T : never

/** One side of an update, as a template. */
function template({ balancer, rules, description, isPrivate }: Side): Json {
  const copy = structuredClone(base)
  const { Resources } = copy
  for (const name of ['Spare1', 'Spare2']) {
    Resources[name] = structuredClone(Resources.BalancerGroup)
    Resources[`${name}FromLink`] = structuredClone(Resources.BalancerFromLink)
    Resources[`${name}FromLink`].Properties.GroupId = { Ref: name }
  }
  Resources.Spare1.Properties.GroupDescription = description
  Resources.LoadBalancer.Properties.SecurityGroups = [{ Ref: balancer }]
  Resources.Api.Properties.DisableExecuteApiEndpoint = isPrivate
  if (!isPrivate) for (const name of ['Mapping', 'Domain']) delete Resources[name]
  Resources.Between = { Type: 'AWS::SNS::Topic', DependsOn: 'LoadBalancer' }
  rules.forEach((each, index) => {
    if (!each) return
    const { SourceSecurityGroupId, ...others } = Resources.BalancerFromLink.Properties
    const isThere = each.after === undefined || !each.after.startsWith('Rule') || each.after === 'Rule0'
    Resources[`Rule${index}`] = {
      Type: 'AWS::EC2::SecurityGroupIngress',
      Properties: {
        ...others,
        GroupId: { Ref: each.group },
        ...(each.isOpen ? { CidrIp: '0.0.0.0/0' } : { SourceSecurityGroupId }),
      },
      ...(each.after !== undefined && isThere && each.after !== `Rule${index}` && (each.after !== 'Rule0' || rules[0])
        ? { DependsOn: each.after }
        : {}),
    }
  })
  return copy
}

const needs = (resources: Json, id: string): Set<string> => {
  const found = new Set<string>()
  const visit = (name: string): void => {
    const said = JSON.stringify(resources[name] ?? {})
    for (const other of Object.keys(resources))
      if (!found.has(other) && new RegExp(`"${other}"|\\$\\{${other}[.}]`).test(said) && other !== name) {
        found.add(other)
        visit(other)
      }
  }
  visit(id)
  return found
}

/** What the schemas say of the types here. */
const fixed: Readonly<Record<string, readonly string[]>> = {
  'AWS::EC2::SecurityGroup': ['GroupDescription', 'VpcId'],
  'AWS::EC2::SecurityGroupIngress': ['GroupId', 'CidrIp', 'SourceSecurityGroupId', 'IpProtocol', 'FromPort', 'ToPort'],
  'AWS::EC2::SecurityGroupEgress': ['GroupId', 'DestinationSecurityGroupId', 'IpProtocol', 'FromPort', 'ToPort'],
}
const text = (value: Json): string => JSON.stringify(value ?? null)

/** Every template that holds at some moment, but for the first and the last. */
function moments(before: Json, after: Json): Json[] {
  const [was, is] = [before.Resources, after.Resources]
  const ids = [...new Set([...Object.keys(was), ...Object.keys(is)])]
  const replaced = new Set<string>()
  for (let count = -1; count < replaced.size; ) {
    count = replaced.size
    for (const id of ids)
      if (was[id] && is[id])
        for (const name of fixed[is[id].Type] ?? []) {
          const [a, b] = [was[id].Properties[name], is[id].Properties[name]]
          if (text(a) !== text(b) || [...replaced].some((each) => text(b).includes(`"${each}"`))) replaced.add(id)
        }
  }
  const follows = (id: string): boolean => [...replaced].some((each) => text(is[id]?.Properties).includes(`"${each}"`))
  const updated = ids.filter(
    (id) => is[id] && (text(was[id]?.Properties) !== text(is[id].Properties) || !was[id] || follows(id)),
  )
  const removed = ids.filter((id) => was[id] && (!is[id] || replaced.has(id)))
  const oldNode = (id: string): Json =>
    JSON.parse([...replaced].reduce((said, each) => said.replaceAll(`"${each}"`, `"${each}Old"`), text(was[id])))
  const put = (done: ReadonlySet<string>, gone: ReadonlySet<string>): Json => {
    const Resources: Json = {}
    for (const id of ids) {
      const isUpdated = updated.includes(id)
      if (is[id] && (!isUpdated || done.has(id))) Resources[id] = is[id]
      else if (is[id] && was[id] && !replaced.has(id)) Resources[id] = oldNode(id)
      if (removed.includes(id) && !gone.has(id)) Resources[replaced.has(id) ? `${id}Old` : id] = oldNode(id)
    }
    return { Resources }
  }
  const subsets = (of: readonly string[], isClosed: (some: ReadonlySet<string>) => boolean): ReadonlySet<string>[] =>
    Array.from({ length: 2 ** of.length }, (_, bits) => new Set(of.filter((__, index) => (bits >> index) & 1))).filter(
      isClosed,
    )
  const earlier = new Map(updated.map((id) => [id, updated.filter((each) => needs(is, id).has(each))]))
  const users = new Map(removed.map((id) => [id, removed.filter((each) => needs(was, each).has(id))]))
  const done = subsets(updated, (some) => [...some].every((id) => earlier.get(id)?.every((each) => some.has(each))))
  const gone = subsets(removed, (some) => [...some].every((id) => users.get(id)?.every((each) => some.has(each))))
  return [...done.map((some) => put(some, new Set())), ...gone.map((some) => put(new Set(updated), some))]
}

const asked = ['no-internet-path', 'sole-entrance', 'no-bypass', 'authorized-routes']
const refutedIn = (template: Json): string[] =>
  verify({ templates: [{ path: 'moment.json', text: JSON.stringify(template) }], readFile: () => undefined })
    .claims.filter(({ id, verdict }) => asked.includes(id) && verdict === 'refuted')
    .map(({ id, target }) => `${id} ${target.replace(/Old$/, '')}`)

test('a moment is open exactly where one of all templates of the update is', () => {
  const seen = { safe: 0, opens: 0 }
  fc.assert(
    fc.property(side, side, (one, other) => {
      const [before, after] = [template(one), template(other)]
      const all = moments(before, after)
      if (all.length > 150) return
      const always = new Set([...refutedIn(before), ...refutedIn(after)])
      const open = new Set(all.flatMap((each) => refutedIn(each).filter((claim) => !always.has(claim))))
      const { steps } = updateOf(before, after)
      const found = new Set(
        steps.findings
          .filter(({ id, verdict }) => asked.includes(id) && verdict === 'opens')
          .map(({ id, target }) => `${id} ${target.replace(' (before)', '')}`),
      )
      expect([...found].toSorted()).toEqual([...open].toSorted())
      seen[open.size > 0 ? 'opens' : 'safe']++
    }),
    { seed, numRuns: byEffort({ quick: 40, full: 300 }) },
  )
  expect(seen.safe).toBeGreaterThan(5)
  expect(seen.opens).toBeGreaterThan(5)
})
