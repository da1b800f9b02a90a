// Which change replaces a resource is what the official schemas say: of every type in use, each property is changed, and
// `diff` held against the schema itself. The service specification is a second opinion.
import { readFileSync } from 'node:fs'
import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec'
import { describe, expect, test } from '@jest/globals'
import { types } from '../../scripts/generate-cfn-types.ts'
import { pathOf, readRegistry } from '../../scripts/generate-type-table.ts'
import { target, updateBehaviour } from '../../scripts/generate-update-behaviour.ts'
import { isCustom, isDeletedFirst, replacementBy } from '../../verifier/updates/behaviour.ts'
import { describedTypes } from '../../verifier/updates/effects.ts'
import type { Json } from '../support/read-template.ts'
import { resources, told, updateOf } from '../support/updates.ts'
import { requireTool } from './python.ts'

let found: ReturnType<typeof readRegistry> | undefined
const registry = () => {
  requireTool('cfn-lint')
  found ??= readRegistry()
  return found
}
type Schema = ReturnType<typeof readRegistry>['types'][number]['schema']
const schemaOf = (type: string): Schema => {
  const schema = registry().types.find(({ name }) => name === type)?.schema
  if (!schema) throw new Error(`no schema of ${type}`)
  return schema
}

test('the table is what the schemas of the pinned cfn-lint give (scripts/generate-update-behaviour.ts)', () => {
  expect(readFileSync(target, 'utf8')).toBe(updateBehaviour(registry()))
})

/** `/properties/A/*\/B` as a property with the value in it. */
function holding(pointer: string, value: string): Json {
  const [first = '', ...rest] = pointer
    .replace(/^\/properties\//, '')
    .split('/')
    .filter((name) => name !== 'properties')
  const below = (names: readonly string[]): Json => {
    const [name, ...more] = names
    if (name === undefined) return value
    return name === '*' || name === 'items' ? [below(more)] : { [name]: below(more) }
  }
  return { [first]: below(rest) }
}

/** What happens to a resource of the type for each property that changes: one resource for each. */
function changed(type: string, pointers: readonly string[]): Record<string, string | undefined> {
  const template = (value: string): Json =>
    resources(
      Object.fromEntries(
        pointers.map((pointer, index) => [`It${index}`, { Type: type, Properties: holding(pointer, value) }]),
      ),
    )
  const found = told(updateOf(template('a'), template('b')))
  return Object.fromEntries(pointers.map((pointer, index) => [pointer, found[`It${index}`]]))
}

const all = (pointers: readonly string[], change: string): Record<string, string> =>
  Object.fromEntries(pointers.map((pointer) => [pointer, change]))

describe.each(types)('%s', (type) => {
  test('is replaced where its schema says so, and nowhere else', () => {
    const { createOnlyProperties = [], conditionalCreateOnlyProperties = [], ...schema } = schemaOf(type)
    const readOnly = schema.readOnlyProperties ?? []
    const identifiers = (schema.primaryIdentifier ?? []).filter((pointer) => !readOnly.includes(pointer))
    const certain = [...createOnlyProperties, ...identifiers]
    const special = [...certain, ...conditionalCreateOnlyProperties, ...readOnly].map(
      (pointer) => pointer.split('/')[2],
    )
    const others = Object.keys(schema.properties ?? {})
      // The body of a stack set has to be a template.
      .filter((name) => !special.includes(name) && name !== 'TemplateBody')
      .map((name) => `/properties/${name}`)
    expect(changed(type, [...certain, ...conditionalCreateOnlyProperties, ...others])).toEqual({
      ...all(others, 'changed'),
      ...all(conditionalCreateOnlyProperties, 'changed, perhaps replaced'),
      ...all(certain, 'replaced'),
    })
    expect(isDeletedFirst(type)).toBe(schema.replacementStrategy === 'delete_then_create')
  })
})

/** Where the specification still says what earlier versions of the types did. */
const outdated = [
  'AWS::CertificateManager::Certificate ValidationMethod',
  'AWS::EC2::EIP Domain',
  'AWS::ECS::Service DeploymentController',
  'AWS::ECS::Service LaunchType',
  'AWS::S3::Bucket ObjectLockEnabled',
]

test('the service specification names no other replacement of a type in use', () => {
  const unknown = [...loadAwsServiceSpecSync().all('resource')]
    .filter(({ cloudFormationType }) => types.some((type) => type === cloudFormationType))
    .flatMap(({ cloudFormationType, properties }) =>
      Object.entries(properties)
        .filter(
          ([name, { causesReplacement }]) =>
            causesReplacement === 'yes' && replacementBy(cloudFormationType, name) !== 'yes',
        )
        .map(([name]) => `${cloudFormationType} ${name}`),
    )
  expect(unknown.toSorted()).toEqual(outdated)
})

test('what a replacement means is said of types that there are', () => {
  const names = new Set(registry().types.map(({ name }) => name))
  expect(describedTypes().filter((type) => !names.has(type))).toEqual([])
})

test('and every other type of the registry is looked up as its schema says', () => {
  // Of a custom resource its function decides.
  for (const { name, schema } of registry().types.filter((type) => !isCustom(type.name))) {
    for (const pointer of schema.createOnlyProperties ?? [])
      expect([name, pointer, replacementBy(name, pathOf(pointer))]).toEqual([name, pointer, 'yes'])
    expect(replacementBy(name, 'NoSuchProperty')).toBe('no')
  }
})
