// What people write first: a single value for a list, a key one level off, a name that another tool gives it.
import { describe, expect, test } from '@jest/globals'
import * as z from 'zod'
import { diagnosticsOf } from '../../../generator/config/issues.ts'
import { configSchema } from '../../../generator/config/schema/index.ts'
import { keysOf, type Schema, schemaAt, unwrap } from '../../../generator/config/schema/lookup.ts'
import { asWords } from '../../../generator/config/words.ts'

type Path = readonly (string | number)[]

/** Every place of the config, with `any` for names. */
const placesIn = (schema: Schema, path: Path = []): Path[] => {
  const plain = unwrap(schema)
  const inner =
    plain instanceof z.ZodObject
      ? Object.entries<Schema>(plain.shape)
      : plain instanceof z.ZodRecord
        ? ([['any', plain.valueType]] as const)
        : plain instanceof z.ZodArray
          ? ([[0, plain.element]] as const)
          : []
  return [path, ...inner.flatMap(([part, each]) => placesIn(each as Schema, [...path, part]))]
}
const places = placesIn(configSchema).slice(1)

const mistakesAt = (path: Path, value: unknown) => {
  const config = path.reduceRight<unknown>(
    (inner, part) => (typeof part === 'number' ? [inner] : { [part]: inner }),
    value,
  )
  const parsed = configSchema.safeParse(config, { reportInput: true, jitless: true })
  const all = parsed.success ? [] : diagnosticsOf(parsed.error.issues)
  return all.filter((each) => each.path.join('.') === path.join('.'))
}

describe.each([
  ['a text', 'some text'],
  ['a number', -1.5],
  ['a truth', true],
  ['nothing', null],
  ['a list', [[['x']]]],
  ['a map', { a: { b: { c: 1 } } }],
])('%s in the place of something else', (_, value) => {
  test('of the wrong kind is one mistake, and says what to write', () => {
    for (const path of places) {
      const found = mistakesAt(path, value)
      // What is of the wrong kind is not measured or compared too.
      if (found.some(({ code }) => code === 'PC103')) expect(found).toHaveLength(1)
      for (const { remedy } of found) expect(remedy).toMatch(/\w.*\w/)
    }
  })
})

test('a text for a list becomes the list that is meant', () => {
  const remedyOf = (path: Path, value: unknown) => mistakesAt(path, value).map(({ remedy }) => remedy)
  const service = ['services', 'web']
  expect(remedyOf([...service, 'command'], 'node server.js')).toEqual(['write it as a list: [node, server.js]'])
  expect(remedyOf([...service, 'health', 'command'], 'curl -f http://localhost/')).toEqual([
    'write it as a list: [CMD-SHELL, curl -f http://localhost/]',
  ])
  expect(remedyOf([...service, 'paths'], '/a, /a/*')).toEqual(['write it as a list: [/a, /a/*]'])
  expect(remedyOf([...service, 'reaches'], { cidr: '10.1.0.0/16', port: 5432 })).toEqual([
    'write it as a list: [{ cidr: "10.1.0.0/16", port: 5432 }]',
  ])
  expect(remedyOf(['network', 'egressPorts'], '443, 587')).toEqual(['write it as a list: [443, 587]'])
  expect(remedyOf(['network', 'egressPorts'], 443)).toEqual(['write it as a list: [443]'])
  expect(remedyOf(['delivery', 'stackSet', 'accounts'], '111111111111')).toEqual([
    'write it as a list: ["111111111111"]',
  ])
})

test.each([
  ['node server.js', ['node', 'server.js']],
  ['node  --title="a b" \'c d\'', ['node', '--title=a b', 'c d']],
  ['bash -c "a && b"', ['bash', '-c', 'a && b']],
  ['node migrate.js && node server.js', ['sh', '-c', 'node migrate.js && node server.js']],
  ['node server.js --port "$PORT"', ['sh', '-c', 'node server.js --port "$PORT"']],
  ["echo it's", ['sh', '-c', "echo it's"]],
])('the command line %s', (line, words) => {
  expect(asWords(line)).toEqual(words)
})

const remedyFor = (path: Path): string | undefined => mistakesAt(path, 1).find(({ code }) => code === 'PC101')?.remedy

const groups = [[], ...places].filter((path) => unwrap(schemaAt(path) as Schema) instanceof z.ZodObject)

test('a key of an inner group is found in it, and one of an outer group around it', () => {
  let found = 0
  for (const group of groups) {
    const known = keysOf(schemaAt(group))
    for (const inner of known.filter((key) => groups.some((each) => each.join('.') === [...group, key].join('.'))))
      for (const key of keysOf(schemaAt([...group, inner]))) {
        const remedy = remedyFor([...group, key])
        if (remedy === undefined) continue
        found++
        expect([key, remedy]).toEqual([key, expect.stringContaining('did you mean')])
      }
  }
  expect(found).toBeGreaterThan(50)
})

test.each<[Path, string]>([
  [['network', 'vpc'], 'did you mean the key vpc of existing? write it below that'],
  [['services', 'web', 'min'], 'did you mean the key min of scale? write it below that'],
  [['services', 'web', 'health', 'environment'], 'did you mean the key beside health? indent it as much as health'],
  [['services', 'web', 'api'], 'did you mean the key beside services? indent it as much as services'],
  [['services', 'web', 'count'], 'did you mean scale?'],
  [['services', 'web', 'healthcheck'], 'did you mean health?'],
  [['services', 'web', 'env'], 'did you mean environment?'],
  [['services', 'web', 'variables'], 'did you mean environment?'],
  [['vpc'], 'did you mean network?'],
  [['auth'], 'did you mean the key auth of api? write it below that'],
  [['loadBalancer', 'scheme'], 'use one of accessLogs, deletionProtection, existing, priorities, or remove it'],
])('the key %j', (path, remedy) => {
  expect(remedyFor(path)).toBe(remedy)
})
