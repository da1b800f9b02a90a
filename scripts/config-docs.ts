// docs/config.md, from the schema of the config and an example for each section.
import { readFileSync } from 'node:fs'
import { configExamples } from './config-examples.ts'
import type { ConfigSchema } from './config-schema.ts'
import { code, page, prose, sentence } from './markdown.ts'

/** The reference of the config: a heading for each section and map, a line for each key. */
export function configPage(): string {
  const schema: ConfigSchema = JSON.parse(readFileSync('portcullis.schema.json', 'utf8'))
  const sections = Object.entries(schema.properties ?? {})
  return page(
    'The config, key by key',
    [
      'One file, `portcullis.yaml`, holds everything that you write. `portcullis init` writes a commented one, and the JSON Schema that lets an editor complete and check it.',
      'In the headings, `<name>` is a name that you choose, and `[]` is an item of a list. Each example shows its section alone; the rest of the file stays as it is. [every-key](../examples/every-key/portcullis.yaml) is one valid file with all keys that go together.',
      ['Sections:', sections.map(([name]) => `[${name}](#${name.toLowerCase()})`).join(', ')].join(' '),
    ].join('\n\n'),
    sections.map(([name, each]) => section(name, each, required(schema, name))).join('\n\n'),
  )
}

function section(name: string, schema: ConfigSchema, isRequired: boolean): string {
  const example = configExamples[name]
  if (!example) throw new Error(`scripts/config-examples.ts has no example for the section ${name}`)
  const about = `${sentence(prose(schema.description ?? ''))} ${isRequired ? 'Required.' : 'May be left out.'}`
  return [
    `## ${name}`,
    isMap(schema) ? about : `${about} *${facts(schema)}*`,
    `\`\`\`yaml\n${example.trim()}\n\`\`\``,
    ...maps(name, schema, example, false),
  ].join('\n\n')
}

/** The keys of a map, and after them those of the maps inside it, each under a heading of its own. */
function maps(path: string, schema: ConfigSchema, example: string, heading = true): string[] {
  const keys = Object.entries(schema.properties ?? {})
  return [
    ...(keys.length > 0
      ? [
          ...(heading ? [`### \`${path}\``] : []),
          keys.map(([name, each]) => entry(name, each, required(schema, name), example)).join('\n'),
        ]
      : []),
    ...keys.flatMap(([name, each]) => maps(`${path}.${name}`, each, example)),
    ...(typeof schema.additionalProperties === 'object'
      ? maps(`${path}.<name>`, schema.additionalProperties, example)
      : []),
    ...(schema.items ? maps(`${path}[]`, schema.items, example) : []),
    ...(schema.anyOf ?? []).flatMap((each) => maps(path, each, example)),
  ]
}

const isMap = (schema: ConfigSchema): boolean => schema.type === 'object'

const required = (schema: ConfigSchema, name: string): boolean =>
  (schema.required ?? []).includes(name) && schema.properties?.[name]?.default === undefined

function entry(name: string, schema: ConfigSchema, isRequired: boolean, sectionExample: string): string {
  const one = schema.examples?.[0]
  const example = typeof one === 'string' && !sectionExample.includes(`${name}: `) ? ` Example: ${code(one)}.` : ''
  const about = prose(sentence(schema.description ?? ''))
  return `- **\`${name}\`**${isRequired ? ' (required)' : ''}: ${about} *${facts(schema)}${example}*`
}

function facts(schema: ConfigSchema): string {
  const kinds = sentence(kind(schema))
  const none = JSON.stringify(schema.default)
  return schema.default === undefined || none === '{}' || none === '[]'
    ? kinds
    : `${kinds} Default: ${code(schema.default)}.`
}

function kind(schema: ConfigSchema): string {
  const { minimum, maximum, maxLength, maxItems } = schema
  const most = maximum !== undefined && maximum < 1e12 ? maximum : undefined
  const limits = [
    minimum === undefined ? '' : most === undefined ? `at least ${minimum}` : `${minimum} to ${most}`,
    maxLength === undefined ? '' : `at most ${maxLength} characters`,
    maxItems === undefined ? '' : `at most ${maxItems}`,
  ].filter((limit) => limit !== '')
  return [base(schema), ...limits].join(', ')
}

function base(schema: ConfigSchema): string {
  if (schema.anyOf) return [...new Set(schema.anyOf.map(kind))].join(' or ')
  if (schema.const !== undefined) return code(schema.const)
  if (schema.enum) return `one of ${schema.enum.map(code).join(', ')}`
  if (schema.items) return `list of ${items(schema.items)}`
  const values = schema.additionalProperties
  if (typeof values === 'object' && !values.properties)
    return values.type === 'object' ? 'map of maps' : 'map of values'
  const words = {
    object: 'map',
    integer: 'whole number',
    boolean: '`true` or `false`',
    string: 'text',
    number: 'number',
    null: '`null`',
  }
  return [schema.type ?? []]
    .flat()
    .map((type) => words[type as keyof typeof words] ?? type)
    .join(' or ')
}

const items = (schema: ConfigSchema): string =>
  kind(schema)
    .replace(/^text, at most (\d+) characters$/, 'texts of at most $1 characters')
    .replace(/^(text|map)$/, '$1s')
