// What an unquoted scalar means in YAML 1.1, and where loaders of it disagree.
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { child, type Node } from '../../verifier/read/node.ts'
import { readNodes } from '../../verifier/read/read-template.ts'
import { runs, seed } from '../support/effort.ts'

const read = (text: string): Node | undefined => child(readNodes(text), 'a')
const meaning = (spelled: string) => {
  const node = read(`a: ${spelled}\n`)
  return node?.kind === 'scalar' ? { type: node.type, text: node.text, ...(node.doubt ? { doubt: true } : {}) } : node
}

test.each([
  ['06', '6'],
  ['010', '8'],
  ['0300', '192'],
  ['012345670123', '1402433619'],
  ['0x1F', '31'],
  ['0b11', '3'],
  ['1_000', '1000'],
  ['1:30', '90'],
  ['190:20:30', '685230'],
  ['-0x10', '-16'],
  ['+443', '443'],
  ['-0', '0'],
  ['00', '0'],
  ['123456789012', '123456789012'],
  ['1.10', '1.1'],
  ['1.0', '1.0'],
  ['.5', '0.5'],
  ['1.5e+3', '1500.0'],
])('%s is the number %s', (spelled, text) => {
  expect(meaning(spelled)).toEqual({ type: 'number', text })
})

test.each([
  ['yes', 'true'],
  ['On', 'true'],
  ['TRUE', 'true'],
  ['no', 'false'],
  ['Off', 'false'],
  ['FALSE', 'false'],
])('%s is %s', (spelled, text) => {
  expect(meaning(spelled)).toEqual({ type: 'bool', text })
})

test.each(['', '~', 'null', 'Null', 'NULL'])('"%s" is null', (spelled) => {
  expect(meaning(spelled)).toEqual({ type: 'null', text: '' })
})

test.each(['"06"', "'no'", '!!str 06', '"1.10"', "'~'"])('%s is text as written', (spelled) => {
  expect(meaning(spelled)).toEqual({ type: 'string', text: spelled.replace(/^!!str /, '').replace(/['"]/g, '') })
})

test.each(['2012-10-17', 'tRUE', 'nULL', '10.0.0.0/16', '1.2.3', '08:30', '443-444', 'yes!', 'y', 'N'])(
  '%s is a text',
  (spelled) => {
    expect(meaning(spelled)).toEqual({ type: 'string', text: spelled })
  },
)

describe('loaders disagree', () => {
  test.each([
    // A number with an exponent to the loader of CloudFormation, a text to those of its tools.
    '1e3',
    '089',
    '012345678901',
    '-.5',
    '1.5e3',
    // Java prints 1.23456785E7.
    '12345678.5',
    '0.0001',
    '9007199254740993',
    '.inf',
    '.NaN',
    '=',
    '2001-12-14t21:59:43.10-05:00',
    '2001-13-14',
    '0x_',
    `1${'0'.repeat(80)}`,
  ])('about %s, which is in doubt', (spelled) => {
    expect(meaning(spelled)).toMatchObject({ doubt: true })
  })

  test.each(['06', 'no', '1e3', '~'])('about the text of !Ref %s', (spelled) => {
    expect(child(read(`a: !Ref ${spelled}\n`), 'Ref')).toMatchObject({ type: 'string', text: spelled, doubt: true })
  })

  test.each(['Name', '"06"', 'a.b'])('not about the text of !Ref %s', (spelled) => {
    expect(child(read(`a: !Ref ${spelled}\n`), 'Ref')).not.toHaveProperty('doubt')
  })
})

test.each([
  ['443', { type: 'number', text: '443' }],
  ['1.10', { type: 'number', text: '1.1' }],
  ['1e3', { type: 'number', text: '1000.0' }],
  ['-0', { type: 'number', text: '0' }],
  ['1e400', { type: 'number', text: '1e400', doubt: true }],
  ['9007199254740993', { type: 'number', text: '9007199254740993', doubt: true }],
])('%s in JSON is %j', (spelled, expected) => {
  expect(read(`{"a": ${spelled}}`)).toMatchObject(expected)
})

test('JSON says what JSON.parse says', () => {
  const said = (node: Node): unknown => {
    if (node.kind === 'list') return node.items.map(said)
    if (node.kind === 'map') return Object.fromEntries([...node.entries].map(([key, entry]) => [key, said(entry.node)]))
    if (node.type === 'null') return null
    return node.type === 'bool' ? node.text === 'true' : node.type === 'number' ? Number(node.text) : node.text
  }
  fc.assert(
    fc.property(fc.jsonValue(), fc.nat(3), (value, indent) => {
      const text = JSON.stringify({ value }, null, indent)
      fc.pre(!/__proto__|-0|\\ud[89a-f]/.test(text))
      expect(said(readNodes(text))).toEqual(JSON.parse(text))
    }),
    { seed, numRuns: runs(2000) },
  )
})

describe('keys', () => {
  test.each([
    ['06: x', '6'],
    ['no: x', 'false'],
    ['200: x', '200'],
    ['1.0: x', '1.0'],
    ['2012-10-17: x', '2012-10-17'],
    ['"06": x', '06'],
    ['=: x', '='],
    ['y: x', 'y'],
  ])('%s has the key %s', (text, key) => {
    const node = readNodes(text)
    expect(node.kind === 'map' && [...node.entries.keys()]).toEqual([key])
  })

  test.each([
    ['1: a\n01: b', /duplicate key/],
    ['a: 1\n"a": 2', /duplicate key/],
    ['{"a": 1, "\\u0061": 2}', /duplicate key/],
    ['1e3: x', /quotes/],
    ['~: x', /must be text/],
    ['[a]: x', /must be text/],
    ['!Ref a: x', /must be text/],
  ])('%j is refused', (text, message) => {
    expect(() => readNodes(text)).toThrow(message)
  })
})

describe('aliases and merge keys', () => {
  const entries = (text: string): unknown => {
    const said = (node: Node): unknown =>
      node.kind === 'scalar'
        ? node.text
        : node.kind === 'list'
          ? node.items.map(said)
          : Object.fromEntries([...node.entries].map(([key, { node: value }]) => [key, said(value)]))
    return said(readNodes(text))
  }

  test.each([
    ['a: &x {b: 1}\nc: *x', { a: { b: '1' }, c: { b: '1' } }],
    ['a: &x !Ref Y\nc: [*x, *x]', { a: { Ref: 'Y' }, c: [{ Ref: 'Y' }, { Ref: 'Y' }] }],
    ['a: &x {b: 1, c: 2}\nd:\n  <<: *x\n  c: 3', { a: { b: '1', c: '2' }, d: { b: '1', c: '3' } }],
    ['a:\n  <<: [{b: 1}, {c: 2}]', { a: { b: '1', c: '2' } }],
    ['"<<": {a: 1}', { '<<': { a: '1' } }],
  ])('%j is resolved', (text, expected) => {
    expect(entries(text)).toEqual(expected)
  })

  test.each([
    ['a: &x [*x]', /contains itself/],
    ['a: *x', /no anchor x/],
    ['a: &x 1\nb: &x 2', /duplicate anchor/],
    ['a: {<<: [{b: 1}, {b: 2}]}', /merged twice/],
    ['a: {<<: 1}', /only maps/],
    ['a: {<<: !If [{}, {}]}', /only maps/],
    ['a: &x !Foo {b: 1}\nc: {<<: *x}', /only maps/],
  ])('%j is refused', (text, message) => {
    expect(() => readNodes(text)).toThrow(message)
  })
})

test('any function has a short form', () => {
  expect(child(read('a: !GetStackOutput {StackName: s, OutputName: o}'), 'Fn::GetStackOutput')).toMatchObject({
    kind: 'map',
  })
  expect(child(read('a: !Ref X'), 'Ref')).toMatchObject({ text: 'X' })
  expect(child(read('a: !GetAtt X.Y.Z'), 'Fn::GetAtt')).toMatchObject({ text: 'X.Y.Z' })
})

test.each([
  ['a tag without a name', 'a: ! 06'],
  ['a tag of another document', 'a: !e!x 1'],
  ['a value that is not what its tag says', 'a: !!int x'],
  ['two tags', 'a: !Base64 !Sub x'],
  ['a directive', '%TAG ! tag:x,2000:\n---\na: 1'],
  ['a newer YAML', '%YAML 1.2\n---\na: 1'],
  ['half a character', '{"a": "\\ud800"}'],
  ['half a character in YAML', 'a: "\\ud800"'],
  ['a control character', 'a: \u0007'],
  ['a delete character', 'a: \u007f'],
  ['a byte order mark inside', 'a: \ufeffb'],
  ['a tab that indents', 'a:\n\tb: 1'],
])('%s is refused', (_name, text) => {
  expect(() => readNodes(text)).toThrow()
})

describe('bounds, counted', () => {
  const bomb = `a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n${Array.from({ length: 12 }, (_, index) => `a${index + 1}: &a${index + 1} [${Array(10).fill(`*a${index}`).join(',')}]`).join('\n')}`
  test.each([
    ['a bomb of aliases', bomb, /more than 250000 values/],
    [
      'a bomb of merges',
      `a0: &a0 {x: [${'1,'.repeat(90_000)}]}\nb: {<<: *a0}\nc: {<<: *a0}`,
      /more than 250000 values/,
    ],
    ['many values', `a: [${'1,'.repeat(260_000)}]`, /more than 250000 values/],
    ['many values in JSON', `{"a": [${'1,'.repeat(260_000)}1]}`, /more than 250000 values/],
    ['brackets', '['.repeat(2_000_000), /deeper than 100 levels/],
    ['braces', '{a: '.repeat(500_000), /deeper than 100 levels/],
    ['braces without a key', '{'.repeat(2_000_000), /deeper than 100 levels/],
    [
      'blocks',
      Array.from({ length: 1000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'),
      /deeper than 100 levels/,
    ],
    ['dashes', '- '.repeat(1_000_000), /deeper than 100 levels/],
    ['question marks', '? '.repeat(1_000_000), /deeper than 100 levels/],
  ])('%s are refused', (_name, text, message) => {
    expect(() => readNodes(text)).toThrow(message)
  })

  test.each([
    ['anchors', `${Array.from({ length: 100_000 }, (_, index) => `- &a${index} x`).join('\n')}`],
    ['one scalar', `a: ${'x'.repeat(2_000_000)}`],
    ['one quoted scalar', `a: "${'x\\n'.repeat(600_000)}"`],
    ['one number', `a: ${'9'.repeat(2_000_000)}`],
    ['words', `a: ${'x '.repeat(1_000_000)}`],
    ['lines', `a: |\n${'  x\n'.repeat(500_000)}`],
    ['keys', Array.from({ length: 120_000 }, (_, index) => `k${index}: 1`).join('\n')],
  ])('%s are read', (_name, text) => {
    expect(['map', 'list']).toContain(readNodes(text).kind)
  })
})
