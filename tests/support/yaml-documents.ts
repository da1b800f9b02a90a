// Generated YAML: maps, lists and scalars in all their styles, with the oddities in which loaders differ.
import fc, { type Arbitrary } from 'fast-check'

const numbers =
  '0 1 6 06 08 010 0777 089 00 -0 +1 -1 1_000 1__0 1_ _1 _ 0_ 0x1F 0xff_ 0x 0x_ 0X1f -0x1F 0b11 0b 0b_ 0b2 0o17 1:30 1:60 01:30 0:30 1:2:3 -1:30 190:20:30.15 1e3 1E5 1.5e3 1.5e+3 1.5E-3 1.0 1.10 1.25 .5 -.5 +.5 . 1. 01.5 1_0.2_5 .inf -.INF .nan .NaN 012345678901 012345670123 123456789012 999999999999999999999 1.2.3 10.0.0.0/16 10.0.0.0 443-444 12345678.5 0.0001 0.25 1e400 0.1_0 ._1 - -- -a 2010-09-09 2012-10-17 2001-13-14 2001-1-1 2001-12-14t21:59:43.10-05:00 2001-12-14T21:59:43Z 1:30:x 0.0 -0.0 0e0 1.5e+'
const words =
  'true True TRUE tRUE false no No NO nO off Off yes YES on ON y Y n N ~ null Null NULL nULL = << < <x =x a ab a.b a:b a::b A-1 a_b x/y ${a} $ a#b ?x :x a? a"b a\'b a\\b AWS::Region arn:aws:iam::123456789012:role/x https://a.example/?b=c ANY $default'
const odd = '% @a `a !x &x *x #x ,a [a ]a {a }a |a >a "a \'a'
const plain: Arbitrary<string> = fc.oneof(
  { weight: 20, arbitrary: fc.constantFrom(...numbers.split(' ')) },
  { weight: 1, arbitrary: fc.constantFrom(...odd.split(' ')) },
  { weight: 20, arbitrary: fc.constantFrom(...words.split(' '), 'GET /orders', 'a b', 'a  b', 'a #b', 'a\tb') },
  { weight: 1, arbitrary: fc.string({ unit: fc.constantFrom(...'0179_.:eExXbo+-aA~ '), maxLength: 8 }) },
  { weight: 1, arbitrary: fc.string({ unit: fc.constantFrom(...'ab \t:#-?,[]{}&*!|>\'"%@`\\é😀'), maxLength: 8 }) },
)
const double = fc
  .array(
    fc.constantFrom(
      'a',
      ' ',
      'b',
      '\\n',
      '\\"',
      '\\\\',
      '\\t',
      '\\x41',
      '\\u00e9',
      '\\U0001F600',
      '\\/',
      '\\0',
      '\\ ',
      '\\\n   ',
      '\n  ',
      '\n\n   ',
      '\t',
      ': ',
      ' #',
      "'",
      '06',
      '${A}',
    ),
    { maxLength: 6 },
  )
  .map((parts) => `"${parts.join('')}"`)
const strange = fc.constantFrom('"\\ud800"', '"\\q"', '"\\\'"', '"\\x4"', '"a\n---\n"', '"', '"a"b')
const single = fc
  .array(fc.constantFrom('a', ' ', 'b', "''", '\\', '"', '\n  ', '\n\n   ', '\t', ': ', ' #', '06', 'no'), {
    maxLength: 6,
  })
  .map((parts) => `'${parts.join('')}'`)
const scalar = fc.oneof(
  { weight: 50, arbitrary: plain },
  { weight: 10, arbitrary: double },
  { weight: 10, arbitrary: single },
  { weight: 1, arbitrary: strange },
)
const property = fc.oneof(
  { weight: 24, arbitrary: fc.constant('') },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      '!Ref ',
      '!Sub ',
      '!GetAtt ',
      '!If ',
      '!Join ',
      '!GetStackOutput ',
      '!Transform ',
      '!Unknown ',
      '!Fn::Sub ',
      '!Condition ',
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '&a ',
      '&b ',
      '&a !Ref ',
      '!Ref &b ',
      '! ',
      '!!str ',
      '!!int ',
      '!!bool ',
      '!!map ',
      '!!seq ',
      '!!null ',
      '!!float ',
      '!!binary ',
      '!<!Ref> ',
      '!e!x ',
    ),
  },
)
const key = fc.oneof(
  { weight: 30, arbitrary: fc.string({ unit: fc.constantFrom(...'abcdefghijklm'), minLength: 1, maxLength: 4 }) },
  { weight: 4, arbitrary: fc.constantFrom('a', 'b', 'c', 'Type', 'Properties', 'Fn::If', 'Ref') },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '<<',
      '"<<"',
      '"a"',
      "'b'",
      '06',
      '6',
      'no',
      '1.0',
      '~',
      'a b',
      '/x/{y}',
      'GET /x',
      '2012-10-17',
      '=',
      '1e3',
      '"c" ',
      'd ',
      '? a\n',
      '!Ref a',
      '&a k',
      '[a]',
    ),
  },
)
const comment = fc.oneof(
  { weight: 12, arbitrary: fc.constant('') },
  { weight: 1, arbitrary: fc.constantFrom(' # c', '  ', ' #', '\t', '\t# c', '#c') },
)
const newline = fc.oneof(
  { weight: 10, arbitrary: fc.constant('\n') },
  { weight: 1, arbitrary: fc.constantFrom('\n\n', '\n# c\n', '\n   # c\n', '\r\n', '\n \n', '\n\t\n') },
)

/** Lines of a block, without indentation; `flow` is inside one value. */
const { block } = fc.letrec<{ flow: string; block: string[] }>((tie) => ({
  flow: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalar,
    fc.tuple(property, scalar).map((parts) => parts.join('')),
    fc.constantFrom('*a', '', 'x'),
    fc
      .tuple(
        property,
        fc.array(tie('flow'), { maxLength: 4 }),
        fc.constantFrom(', ', ',', ',\n  ', ' , '),
        fc.constantFrom('', ',', ' ', '\n '),
      )
      .map(([tag, items, between, end]) => `${tag}[${items.join(between)}${end}]`),
    fc
      .tuple(
        property,
        fc.array(fc.tuple(key, fc.constantFrom(': ', ': ', ': ', ': ', ': ', ' : ', ':\n  ', ':'), tie('flow')), {
          maxLength: 3,
        }),
        fc.constantFrom(', ', ',', ',\n  '),
      )
      .map(([tag, pairs, between]) => `${tag}{${pairs.map((pair) => pair.join('')).join(between)}}`),
  ),
  block: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    flow_(tie('flow')),
    fc
      .tuple(
        fc.constantFrom('|', '>', '|-', '>-', '|+', '>+', '|2', '>1-', '|+1', '|-3', '| # c', '|x'),
        fc.array(fc.constantFrom('x', ' y', '', '  ', 'a: b', '# c', '- z', '\tt', '"q'), { maxLength: 5 }),
      )
      .map(([head, lines]) => [head, ...lines.map((line) => (line.trim() === '' ? line : `  ${line}`))]),
    fc
      .array(
        fc.tuple(
          key,
          fc.constantFrom(': ', ': ', ': ', ': ', ': ', ': ', ' : ', ':  ', ':'),
          property,
          tie('block'),
          comment,
          fc.constantFrom(1, 2, 2, 2, 2, 2, 2, 4, 0),
        ),
        { minLength: 1, maxLength: 4 },
      )
      .map((pairs) =>
        pairs.flatMap(([name, colon, tag, value, end, width]) => nested(`${name}${colon}${tag}`, value, end, width)),
      ),
    fc
      .array(fc.tuple(fc.constantFrom('- ', '- ', '- ', '- ', '-  ', '-'), property, tie('block'), comment), {
        minLength: 1,
        maxLength: 4,
      })
      .map((items) => items.flatMap(([dash, tag, value, end]) => inItem(`${dash}${tag}`, value, end))),
  ),
}))

function flow_(text: Arbitrary<string>): Arbitrary<string[]> {
  return text.map((each) => each.split('\n'))
}

/** A value behind its key: on the same line when it is one line or a block scalar, else below it. */
function nested(head: string, value: readonly string[], end: string, width: number): string[] {
  const [first = '', ...rest] = value
  const isBlock = /^(?:- ?|[^"'[{|>]*: ?)/.test(first) && /^(?:-|[^"'[{]*:)/.test(first)
  const pad = ' '.repeat(width)
  if (isBlock) return [`${head}${end}`, ...value.map((line) => pad + line)]
  return [`${head}${first}${rest.length === 0 ? end : ''}`, ...rest.map((line) => pad + line)]
}

function inItem(head: string, value: readonly string[], end: string): string[] {
  const [first = '', ...rest] = value
  const pad = ' '.repeat(head.startsWith('-  ') ? 3 : 2)
  return [`${head}${first}${rest.length === 0 ? end : ''}`, ...rest.map((line) => pad + line)]
}

const whole = fc.tuple(
  fc.constantFrom(
    '',
    '',
    '',
    '',
    '',
    '',
    '',
    '---\n',
    '---\n',
    '--- # c\n',
    '\ufeff',
    '# c\n\n',
    '%YAML 1.1\n---\n',
    '--- ',
  ),
  block,
  fc.array(newline, { maxLength: 40 }),
  fc.constantFrom('\n', '\n', '\n', '\n', '', '', '\n\n', '\n...\n', '\n---\n', '\n# c'),
)

/** One document, most of them well-formed. */
export const yamlDocument: Arbitrary<string> = whole.map(
  ([start, lines, breaks, end]) =>
    start + lines.map((line, index) => line + (index < lines.length - 1 ? (breaks[index] ?? '\n') : '')).join('') + end,
)

/** Lines that need not fit together at all. */
export const yamlLines: Arbitrary<string> = fc
  .array(
    fc.tuple(
      fc.constantFrom('', '', '  ', '  ', '    ', ' ', '   ', '- ', '  - ', '\t'),
      fc.oneof(
        fc.tuple(key, fc.constantFrom(': ', ':'), scalar).map((parts) => parts.join('')),
        scalar,
        fc.constantFrom(
          'a:',
          'b:',
          '? a',
          ': b',
          '-',
          '- - x',
          '- a: 1',
          'c: |',
          'd: >-',
          'e: [',
          ']',
          'f: {',
          '}',
          'g: "',
          '"',
          '---',
          '...',
          '*a',
          '&a',
          '!Ref',
          'h: &b',
          'i: *b',
          'j: !If',
          '# c',
          '',
        ),
      ),
    ),
    { minLength: 1, maxLength: 8 },
  )
  .map((lines) => lines.map(([pad, line]) => pad + line).join('\n'))
