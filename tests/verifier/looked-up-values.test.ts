// Mappings by a parameter, an account or a Region: the verdict is the worst over all keys, each looked at by itself, though
// keys under which the same stands are not told apart. What is looked up and never asked for costs nothing.
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { type Report, verify } from '../../verifier/index.ts'
import { runs, seed } from '../support/effort.ts'
import type { Json } from '../support/read-template.ts'
import { isolated } from './laws/bases.ts'

const { roles } = isolated
type Verdict = Report['verdict']
type Claims = ReadonlyMap<string, Report['claims'][number]>

/** What is known about the deployments of a value: that there are some, that there are none, or neither. */
type Taker = { readonly name: string; readonly declaration?: Json; readonly values: Readonly<Record<string, boolean>> }

const takers: readonly Taker[] = [
  {
    name: 'AWS::Region',
    values: {
      'eu-west-1': true,
      'us-east-1': true,
      'us-west-2': true,
      'cn-north-1': true,
      'cn-northwest-1': true,
      'xx-central-1': false,
      'eu-central-1': true,
    },
  },
  {
    name: 'AWS::AccountId',
    values: { '111111111111': true, '222222222222': true, '333333333333': true, '444444444444': true },
  },
  {
    name: 'P',
    declaration: { Type: 'String', AllowedValues: ['a', 'b', 'c', 'd'], Default: 'b' },
    values: { a: true, b: true, c: true, d: true },
  },
  { name: 'P', declaration: { Type: 'String' }, values: { a: true, b: true, c: true, elsewhere: true } },
  {
    name: 'P',
    declaration: { Type: 'String', AllowedPattern: '[a-d]', Default: 'c' },
    values: { a: true, b: true, c: true, d: true },
  },
]

/** What stands in a column, and where such a value is used. */
const sorts = {
  range: ['10.0.0.0/16', '10.0.1.0/24', '0.0.0.0/0', '8.8.8.0/24'],
  list: ['pl-11111111', 'pl-22222222', 'none'],
  word: ['on', 'off', 'none'],
  scheme: ['internal', 'internal', 'internet-facing'],
  address: ['DISABLED', 'DISABLED', 'ENABLED'],
  authorization: ['JWT', 'JWT', 'NONE'],
  truth: ['false', 'false', 'true'],
}
type Sort = keyof typeof sorts
const all = Object.keys(sorts) as Sort[]

const rule = (direction: string, group: string, more: Json): Json => ({
  Type: `AWS::EC2::SecurityGroup${direction}`,
  Properties: { GroupId: { Ref: group }, IpProtocol: 'tcp', FromPort: 443, ToPort: 443, ...more },
})
const way = (DestinationCidrBlock: Json): Json => ({
  Type: 'AWS::EC2::Route',
  Properties: { RouteTableId: { Ref: roles.table }, DestinationCidrBlock, VpcPeeringConnectionId: 'pcx-12345678' },
})
const change = (id: string, properties: Json) => (resources: Json) => {
  resources[id] = { ...resources[id], Properties: { ...resources[id].Properties, ...properties } }
}
const add = (id: string, resource: Json) => (resources: Json) => {
  resources[id] = resource
}
const awsvpc = isolated.template.Resources[roles.service].Properties.NetworkConfiguration.AwsvpcConfiguration

/** `of` gives the value of a column of a sort. */
type Use = (of: (sort: Sort) => Json, condition: string) => (resources: Json) => void
const uses: readonly Use[] = [
  (of) => add('In', rule('Ingress', roles.balancerGroup, { CidrIp: of('range') })),
  (of) => (resources) => {
    add('Out', rule('Egress', roles.taskGroup, { CidrIp: of('range') }))(resources)
    add('FixedWay', way('8.8.0.0/16'))(resources)
  },
  (of) => add('InList', rule('Ingress', roles.balancerGroup, { SourcePrefixListId: of('list') })),
  (of) => add('OutList', rule('Egress', roles.taskGroup, { DestinationPrefixListId: of('list') })),
  (of) => change(roles.loadBalancer, { Scheme: of('scheme') }),
  (of) => change('Route', { AuthorizationType: of('authorization') }),
  (of) => change(roles.service, { EnableExecuteCommand: of('truth') }),
  (of) =>
    change(roles.service, {
      NetworkConfiguration: { AwsvpcConfiguration: { ...awsvpc, AssignPublicIp: of('address') } },
    }),
  (of) => (resources) => {
    add('Way', way(of('range')))(resources)
    add('FixedOut', rule('Egress', roles.taskGroup, { CidrIp: '8.8.0.0/16' }))(resources)
  },
  (_, Condition) => add('Open', { ...rule('Ingress', roles.balancerGroup, { CidrIp: '0.0.0.0/0' }), Condition }),
  (_, Condition) => add('Harmless', { Type: 'AWS::Logs::LogGroup', Condition, Properties: {} }),
  (of, condition) =>
    add(
      'Either',
      rule('Egress', roles.taskGroup, {
        DestinationPrefixListId: { 'Fn::If': [condition, of('list'), { Ref: 'AWS::NoValue' }] },
        CidrIp: { 'Fn::If': [condition, { Ref: 'AWS::NoValue' }, of('range')] },
      }),
    ),
]

const column = (sort: Sort): fc.Arbitrary<string> => fc.constantFrom(...sorts[sort])
const row = fc.record(Object.fromEntries(all.map((sort) => [sort, column(sort)])))
const holes = fc.option(fc.constantFrom<Sort | 'row'>(...all, 'row', 'row'), { freq: 2, nil: undefined })

/** A mapping for some of the values of the one that decides, without what the holes say. */
const mapping = (values: readonly string[]): fc.Arbitrary<Json> =>
  fc.array(fc.tuple(row, holes), { minLength: values.length, maxLength: values.length }).map((rows) =>
    Object.fromEntries(
      rows.flatMap(([cells, hole], index): [string, Json][] => {
        if (hole === 'row' && index > 0) return []
        const { [hole ?? '']: _, ...kept } = cells
        return [[values[index] as string, kept]]
      }),
    ),
  )

type LookUp = (map: string, sort: Sort) => Json

const simple = (lookUp: LookUp, by: Json, values: readonly string[]): fc.Arbitrary<Json> => {
  const map = fc.constantFrom('M', 'N')
  const sort = fc.constantFrom<Sort>('word', 'list', 'range', 'truth')
  const looked = fc.tuple(map, sort).map(([name, of]) => lookUp(name, of))
  return fc.oneof(
    fc
      .tuple(map, sort)
      .chain(([name, of]) => column(of).map((literal) => ({ 'Fn::Equals': [lookUp(name, of), literal] }))),
    fc.tuple(looked, looked).map((both) => ({ 'Fn::Equals': both })),
    fc.constantFrom(...values).map((literal) => ({ 'Fn::Equals': [by, literal] })),
    fc
      .tuple(map, column('word'))
      .map(([name, word]) => ({ 'Fn::Equals': [{ 'Fn::Join': ['-', ['x', lookUp(name, 'word')]] }, `x-${word}`] })),
    fc.constantFrom('aws', 'aws-cn').map((partition) => ({ 'Fn::Equals': [{ Ref: 'AWS::Partition' }, partition] })),
  )
}

const condition = (lookUp: LookUp, by: Json, values: readonly string[]): fc.Arbitrary<Json> => {
  const one = simple(lookUp, by, values)
  return fc.oneof(
    one,
    one.map((each) => ({ 'Fn::Not': [each] })),
    fc.tuple(fc.constantFrom('Fn::And', 'Fn::Or'), one, one).map(([name, ...both]) => ({ [name]: both })),
  )
}

type Case = { readonly taker: Taker; readonly template: Json; readonly isSingle: boolean }

const cases: fc.Arbitrary<Case> = fc.constantFrom(...takers).chain((taker) => {
  const values = Object.keys(taker.values)
  const by = { Ref: taker.name }
  return fc
    .record({
      M: mapping(values),
      N: mapping(values),
      // The key of one mapping out of another.
      Through: fc.array(fc.constantFrom(...values), { minLength: values.length, maxLength: values.length }),
      isThrough: fc.boolean(),
      hasDefault: fc.boolean(),
      used: fc.subarray([...uses], { minLength: 1, maxLength: 3 }),
      maps: fc.infiniteStream(fc.constantFrom('M', 'N')),
      isRuled: fc.boolean(),
      ruled: fc.constantFrom(...values),
    })
    .chain(({ M, N, Through, isThrough, hasDefault, used, maps, isRuled, ruled }) => {
      const key = isThrough ? { 'Fn::FindInMap': ['Through', by, 'key'] } : by
      const lookUp: LookUp = (map, sort) => ({
        'Fn::FindInMap': [map, key, sort, ...(hasDefault ? [{ DefaultValue: sorts[sort][0] }] : [])],
      })
      return condition(lookUp, by, values).map((C) => {
        const template = structuredClone(isolated.template)
        if (taker.declaration) template.Parameters = { [taker.name]: taker.declaration }
        template.Mappings = {
          M,
          N,
          Through: Object.fromEntries(values.map((value, index) => [value, { key: Through[index] }])),
        }
        template.Conditions = { C }
        if (isRuled)
          template.Rules = { Kept: { Assertions: [{ Assert: { 'Fn::Not': [{ 'Fn::Equals': [by, ruled] }] } }] } }
        for (const use of used) use((sort) => lookUp(maps.next().value, sort), 'C')(template.Resources)
        return { taker, template, isSingle: used.length === 1 }
      })
    })
})

function judged(template: Json, parameters: ReadonlyMap<string, string> = new Map()): Report | undefined {
  try {
    return verify({
      templates: [{ path: 't.json', text: JSON.stringify(template) }],
      readFile: () => undefined,
      declarations: { parameters },
    })
  } catch (error) {
    // Refused by the Rules.
    if (error instanceof Error && error.message.includes('of its Rules')) return undefined
    throw error
  }
}

const byTarget = ({ claims, notes }: Report): Claims =>
  new Map([...claims, ...notes].map((claim) => [`${claim.id} ${claim.target}`, claim]))

const isImpossible = ({ because = '' }: { readonly because?: string }): boolean => because.startsWith('no deployment')

/** What each value gives by itself, and whether it is sure that it can be deployed. */
function exhaustive({ taker, template }: Case): readonly { value: string; isSure: boolean; claims: Claims }[] {
  return Object.entries(taker.values).flatMap(([value, isSure]) => {
    const report = judged(template, new Map([[taker.name, value]]))
    return report === undefined ? [] : [{ value, isSure, claims: byTarget(report) }]
  })
}

const worst = (verdicts: readonly Verdict[]): Verdict =>
  verdicts.includes('refuted') ? 'refuted' : verdicts.includes('undecided') ? 'undecided' : 'proved'

describe('a mapping by what is not known', () => {
  test('the verdict is the worst over all values, and a refutation names one that opens it', () => {
    const seen = new Map<string, number>()
    fc.assert(
      fc.property(cases, (each) => {
        const { taker, template, isSingle } = each
        const report = judged(template)
        const alone = exhaustive(each)
        if (!report) throw new Error('nothing is refused without a parameter')
        for (const [key, claim] of byTarget(report)) {
          const there = alone.flatMap(({ value, isSure, claims }) => {
            const found = claims.get(key)
            if (found === undefined || isImpossible(found)) return []
            return [{ value, verdict: !isSure && found.verdict === 'refuted' ? 'undecided' : found.verdict } as const]
          })
          // Nothing can be deployed, which obligations that are looked at by themselves need not notice.
          if (there.length === 0) {
            expect(claim.verdict).not.toBe('refuted')
            continue
          }
          const chosen = claim.when?.[taker.name]
          // An obligation by itself need not notice that another one cannot be deployed.
          if (alone.some(({ value, claims }) => value === chosen && [...claims.values()].some(isImpossible))) continue
          const expected = worst(there.map(({ verdict }) => verdict))
          // What two look-ups decide together may be left open, though each value by itself decides it.
          if (claim.verdict !== expected && (isSingle || claim.verdict !== 'undecided'))
            throw new Error(`${key} is ${claim.verdict} (${claim.because}), by itself ${JSON.stringify(there)}`)
          seen.set(`${claim.id} ${claim.verdict}`, (seen.get(`${claim.id} ${claim.verdict}`) ?? 0) + 1)
          if (chosen === undefined || chosen.startsWith('any value')) continue
          expect(there).toContainEqual({ value: chosen, verdict: 'refuted' })
        }
      }),
      { numRuns: runs(240), seed },
    )
    for (const claim of ['sole-entrance', 'no-public-address', 'no-side-door', 'authorized-routes', 'bounded-egress'])
      for (const verdict of ['proved', 'refuted']) expect(seen.get(`${claim} ${verdict}`)).toBeGreaterThan(0)
  })

  test('what a dynamic reference in it leads to gets hold of a group', () => {
    const direct = '{{resolve:ssm:/own/group}}'
    const handed = (group: Json, sections: Json = {}): Report | undefined => {
      const { Resources } = isolated.template
      const Stored = {
        Type: 'AWS::SSM::Parameter',
        Properties: { Name: '/own/group', Type: 'String', Value: { Ref: roles.linkGroup } },
      }
      const Stranger = { Type: 'Nobody::Judged::This', Properties: { Group: group } }
      return judged({ ...isolated.template, ...sections, Resources: { ...Resources, Stored, Stranger } })
    }
    const names = { group: { plain: 'sg-0fedcba9876543210', stored: direct } }
    const expected = handed(direct)?.claims
    expect(expected?.find(({ id }) => id === 'way-in-exists')?.verdict).toBe('undecided')
    expect(handed({ 'Fn::FindInMap': ['Names', 'group', 'stored'] }, { Mappings: { Names: names } })?.claims).toEqual(
      expected,
    )
    const Parameters = { Group: { Type: 'String', Default: direct } }
    expect(handed({ Ref: 'Group' }, { Parameters })?.claims.find(({ id }) => id === 'way-in-exists')?.verdict).toBe(
      'undecided',
    )
    const Name = { Type: 'String', AllowedValues: ['plain', 'stored'] }
    const byName = handed(
      { 'Fn::FindInMap': ['Names', 'group', { Ref: 'Name' }] },
      { Mappings: { Names: names }, Parameters: { Name } },
    )
    expect(byName?.claims.find(({ id }) => id === 'way-in-exists')?.verdict).toBe('undecided')
  })
})

/** How many steps it takes. */
function stepsOf(template: Json): number {
  let thousands = 0
  const report = verify({
    templates: [{ path: 't.json', text: JSON.stringify(template) }],
    readFile: () => undefined,
    watchdog: () => {
      thousands++
      return false
    },
  })
  expect(report.verdict).toBe('proved')
  return thousands
}

test('fifty keys cost as much as four, where what stands under them is alike or never asked for', () => {
  const rules = Object.fromEntries(
    Array.from({ length: 40 }, (_, index) => [
      `Rule${index}`,
      rule('Egress', roles.taskGroup, {
        FromPort: index,
        ToPort: index,
        DestinationPrefixListId: {
          'Fn::If': [
            'HasList',
            { 'Fn::FindInMap': ['Lists', { Ref: 'AWS::AccountId' }, 'id'] },
            { Ref: 'AWS::NoValue' },
          ],
        },
        CidrIp: { 'Fn::If': ['HasList', { Ref: 'AWS::NoValue' }, '10.0.0.0/16'] },
      }),
    ]),
  )
  const withKeys = (count: number): Json => ({
    ...isolated.template,
    Mappings: {
      Lists: Object.fromEntries(
        Array.from({ length: count }, (_, index) => [
          String(111111111111 + index),
          { id: index % 2 ? 'none' : `pl-${11111111 + index}` },
        ]),
      ),
    },
    Conditions: {
      HasList: {
        'Fn::Not': [{ 'Fn::Equals': [{ 'Fn::FindInMap': ['Lists', { Ref: 'AWS::AccountId' }, 'id'] }, 'none'] }],
      },
    },
    Resources: { ...isolated.template.Resources, ...rules },
  })
  expect(stepsOf(withKeys(50))).toBeLessThan(1.1 * stepsOf(withKeys(4)))
})
