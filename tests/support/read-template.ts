import { parse, type Tags } from 'yaml'

// biome-ignore lint/suspicious/noExplicitAny: templates are free JSON to tests
export type Json = any

const names = [
  'And',
  'Base64',
  'Cidr',
  'Equals',
  'FindInMap',
  'GetAZs',
  'If',
  'ImportValue',
  'Join',
  'Not',
  'Or',
  'Select',
  'Split',
  'Sub',
]

/** CloudFormation's short forms, read into the long ones. */
const tags = [
  ...names.flatMap((name) =>
    (['scalar', 'seq'] as const).map((collection) => ({
      tag: `!${name}`,
      ...(collection === 'seq' ? { collection } : {}),
      resolve: (value: Json) => ({ [`Fn::${name}`]: collection === 'seq' ? value.toJSON() : value }),
    })),
  ),
  { tag: '!Ref', resolve: (value: string) => ({ Ref: value }) },
  { tag: '!Condition', resolve: (value: string) => ({ Condition: value }) },
  {
    tag: '!GetAtt',
    resolve: (value: string) => {
      const dot = value.indexOf('.')
      return { 'Fn::GetAtt': [value.slice(0, dot), value.slice(dot + 1)] }
    },
  },
] as unknown as Tags

const read = new Map<string, Json>()

/**
 * A template's text, YAML 1.1 as CloudFormation reads it, or JSON, as data with long intrinsics, a copy for each caller.
 * The same few templates are read by many files of tests, and reading YAML takes long.
 */
export function readTemplate(text: string): Json {
  if (text.trimStart().startsWith('{')) return JSON.parse(text)
  const known = read.get(text) ?? parse(text, { customTags: tags, version: '1.1', merge: false })
  read.set(text, known)
  return structuredClone(known)
}
