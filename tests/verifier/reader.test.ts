// Reading: places, what readers take differently, and that no input does harm. That the reader of YAML says what
// loaders of YAML 1.1 say is shown in tests/lint/reader-differential.test.ts.
import { readFileSync } from 'node:fs'
import { afterAll, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { isMap, isScalar, LineCounter, parseDocument, type Node as YamlNode } from 'yaml'
import { UnreadableTemplate, verify } from '../../verifier/index.ts'
import type { Node } from '../../verifier/read/node.ts'
import { readNodes } from '../../verifier/read/read-template.ts'
import { runs, seed, some } from '../support/effort.ts'
import { allFolders, exampleFiles } from '../support/examples.ts'

const templates = allFolders
  .flatMap((folder) => exampleFiles(folder).map(({ path, text }) => ({ path: `${folder}/${path}`, text })))
  .filter(({ path }) => /templates\/[^/]+\.yaml$/.test(path))
const standalone = readFileSync('examples/minimal/templates/standalone.yaml', 'utf8')

/** What a node says, without places. */
function said(node: Node): unknown {
  if (node.kind === 'scalar') return node.type === 'null' ? null : node.text
  if (node.kind === 'list') return node.items.map(said)
  return Object.fromEntries([...node.entries].map(([key, { node: value }]) => [key, said(value)]))
}
const lineAt = (text: string, at: number): number => text.slice(0, at).split('\n').length

/** Lines on which the entries of a map stand, by path. */
function places(node: Node, text: string, path = ''): string[] {
  if (node.kind !== 'map') return []
  return [...node.entries].flatMap(([key, { at, node: value }]) => [
    // The long name of a short intrinsic is nowhere.
    ...(key.startsWith('Fn::') || key === 'Ref' ? [] : [`${path}/${key}:${lineAt(text, at)}`]),
    ...places(value, text, `${path}/${key}`),
  ])
}

/** The same by the YAML library. */
function placesByLibrary(text: string): string[] {
  const counter = new LineCounter()
  const walk = (node: YamlNode | null, path: string): string[] => {
    const tag = node?.tag?.startsWith('!') ? node.tag.slice(1) : undefined
    const inside = tag === undefined ? path : `${path}/${tag === 'Ref' || tag === 'Condition' ? tag : `Fn::${tag}`}`
    const own = tag === 'Condition' ? [`${inside}:${counter.linePos(node?.range?.[0] ?? 0).line}`] : []
    if (!isMap(node)) return own
    return node.items.flatMap(({ key, value }) => {
      const name = isScalar(key) ? String(key.value) : ''
      const { line } = counter.linePos((key as YamlNode).range?.[0] ?? 0)
      return [
        ...(name.startsWith('Fn::') || name === 'Ref' ? [] : [`${inside}/${name}:${line}`]),
        ...walk(value as YamlNode | null, `${inside}/${name}`),
      ]
    })
  }
  const document = parseDocument(text, { schema: 'failsafe', lineCounter: counter, logLevel: 'error' })
  return walk(document.contents, '')
}

test.each(some(templates, 4).map(({ path, text }) => [path, text] as const))(
  'keys stand where they stand in %s',
  (_path, text) => {
    const found = places(readNodes(text), text)
    expect(found.length).toBeGreaterThan(3)
    expect(found).toEqual(placesByLibrary(text))
  },
)

test.each([
  ['a lone carriage return', 'Resources:\n  A: {} # x\r  B: {}', 2, 12],
  ['a next line', 'Resources:\n  A: {} # x\u0085  B: {}', 2, 12],
  ['a line separator', 'Resources:\n  A: {} # x\u2028  B: {}', 2, 12],
  ['a paragraph separator', 'Resources:\n  A: {} # x\u2029  B: {}', 2, 12],
  ['a second document', 'Resources: {}\n---\nResources: {}', 2, 1],
])('%s, which readers take differently, is refused', (_name, text, line, column) => {
  const read = () => verify({ templates: [{ path: 't.yaml', text }], readFile: () => undefined })
  expect(read).toThrow(expect.objectContaining({ name: 'UnreadableTemplate', line, column }))
})

describe('no input does harm', () => {
  let tried = 0
  let longest = 0
  afterAll(() => console.info(`verify: ${tried} fuzz runs, none crashed; the longest took ${Math.round(longest)} ms`))

  const survives = (text: string): void => {
    const start = performance.now()
    try {
      const { verdict } = verify({ templates: [{ path: 't', text }], readFile: () => undefined })
      expect(['proved', 'refuted', 'undecided']).toContain(verdict)
    } catch (error) {
      if (!(error instanceof UnreadableTemplate)) throw error
      expect(error.line).toBeGreaterThan(0)
      expect(error.column).toBeGreaterThan(0)
    }
    tried++
    longest = Math.max(longest, performance.now() - start)
  }

  test('arbitrary bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => survives(Buffer.from(bytes).toString('utf8'))),
      { numRuns: runs(2000), seed },
    )
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), survives), { numRuns: runs(1000), seed })
    fc.assert(fc.property(fc.json(), survives), { numRuns: runs(1000), seed })
  })

  test('templates with pieces cut, doubled and changed', () => {
    const edit = fc.record({
      at: fc.nat(standalone.length),
      length: fc.oneof(fc.nat(3), fc.nat(200)),
      insert: fc.oneof(
        fc.constantFrom(
          '',
          ' ',
          '\n',
          ':',
          '"',
          '{',
          '[',
          '&a ',
          '*a',
          '!Ref ',
          '- ',
          '!If [',
          '<<: ',
          '${',
          'Fn::If: ',
        ),
        fc.string({ maxLength: 3 }),
      ),
    })
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
        let text = standalone
        for (const { at, length, insert } of edits) text = text.slice(0, at) + insert + text.slice(at + length)
        survives(text)
      }),
      { numRuns: runs(150), seed },
    )
  })

  test('templates with values of the wrong kind', () => {
    const base = JSON.parse(JSON.stringify(said(readNodes(standalone))))
    const paths: string[][] = []
    const walk = (node: unknown, path: string[]): void => {
      if (path.length > 1) paths.push(path)
      if (node !== null && typeof node === 'object')
        for (const [key, value] of Object.entries(node)) walk(value, [...path, key])
    }
    walk(base, [])
    const odd = fc.constantFrom<unknown>(
      null,
      0,
      '',
      [],
      {},
      [[]],
      'x',
      true,
      { Ref: 'Nothing' },
      { Ref: 1 },
      { 'Fn::GetAtt': 'x' },
      { 'Fn::If': [] },
      { 'Fn::Select': ['a', 'b'] },
      { 'Fn::Sub': ['${x}'] },
      { 'Fn::Join': 'x' },
      { 'Fn::FindInMap': [1] },
      { 'Fn::Cidr': ['10.0.0.0/8', 9999, 1] },
      { 'Fn::ForEach::A': ['B', 'C', {}] },
      { 'Fn::Transform': {} },
      { 'Fn::ImportValue': { Ref: 'AWS::Region' } },
    )
    fc.assert(
      fc.property(fc.constantFrom(...paths), odd, (path, value) => {
        const copy = structuredClone(base)
        const holder = path.slice(0, -1).reduce((node, key) => node[key], copy)
        holder[path.at(-1) as string] = value
        survives(JSON.stringify(copy))
      }),
      { numRuns: runs(300), seed },
    )
  })

  test.each([
    ['deep lists', `${'['.repeat(100_000)}`],
    ['deep maps', `Resources: ${'{a: '.repeat(50_000)}`],
    ['deep JSON', `{"Resources":${'{"a":'.repeat(50_000)}`],
    ['deep blocks', Array.from({ length: 3000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
    [
      'a bomb of aliases',
      `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghij'
        .split('')
        .map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghij'[index]}`).join(',')}]`)
        .join('\n')}\nResources: {}`,
    ],
    ['loops in loops', JSON.stringify({ Transform: 'AWS::LanguageExtensions', Resources: loops(8) })],
    [
      'conditions in a circle',
      JSON.stringify({
        Conditions: { A: { Condition: 'B' }, B: { Condition: 'A' } },
        Resources: { L: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Condition: 'A' } },
      }),
    ],
    ['many parameters that all matter', JSON.stringify(manyConditions(24))],
    [
      'a pattern that never ends',
      JSON.stringify({
        Parameters: { P: { Type: 'String', AllowedPattern: '^(a+)+$', Default: `${'a'.repeat(19)}b` } },
        Conditions: { C: { 'Fn::Equals': [{ Ref: 'P' }, `${'a'.repeat(60)}b`] } },
        Resources: { L: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Condition: 'C' } },
      }),
    ],
    [
      'an endless wildcard',
      JSON.stringify({
        Resources: {
          L: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer' },
          R: {
            Type: 'AWS::IAM::Role',
            Properties: {
              Policies: [{ PolicyDocument: { Statement: [{ Effect: 'Allow', Action: `${'*a'.repeat(200)}b` }] } }],
            },
          },
        },
      }),
    ],
    [
      'a stack that holds itself',
      JSON.stringify({ Resources: { S: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: './t' } } } }),
    ],
    ['nothing', ''],
    ['a byte order mark', `\uFEFFResources: {}`],
    ['two documents', 'Resources: {}\n---\nResources: {}'],
  ])('%s', (_name, text) => {
    const before = performance.now()
    survives(text)
    expect(performance.now() - before).toBeLessThan(20_000)
  })
})

function loops(depth: number): object {
  const body = depth === 0 ? { 'X${V1}': { Type: 'AWS::SQS::Queue' } } : loops(depth - 1)
  return { [`Fn::ForEach::L${depth}`]: [`V${depth}`, ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'], body] }
}

function manyConditions(count: number): object {
  const names = Array.from({ length: count }, (_, index) => `P${index}`)
  return {
    Parameters: Object.fromEntries(names.map((name) => [name, { Type: 'String', AllowedValues: ['a', 'b'] }])),
    Conditions: Object.fromEntries(names.map((name) => [name, { 'Fn::Equals': [{ Ref: name }, 'a'] }])),
    Resources: {
      L: {
        Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
        Properties: { Scheme: 'internal', SecurityGroups: [{ Ref: 'G' }] },
      },
      G: { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'x' } },
      ...Object.fromEntries(
        names.map((name) => [
          `Rule${name}`,
          {
            Type: 'AWS::EC2::SecurityGroupIngress',
            Condition: name,
            Properties: { GroupId: { Ref: 'G' }, IpProtocol: 'icmp', CidrIp: '0.0.0.0/0' },
          },
        ]),
      ),
    },
  }
}
