// Prints what the newest service specification (npm package @aws-cdk/aws-service-spec) has and the verifier's table of
// types has not judged: `npm run types:check`. None of it is wrong, as the table does not know it and verify doubts it.
import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec'
import type { Property, PropertyType, SpecDatabase } from '@aws-cdk/service-spec-types'
import { classOf, hasProperty } from '../verifier/facts/types/table.ts'

export type Unjudged = { readonly types: readonly string[]; readonly properties: readonly string[] }

/** Types and property paths of a specification that the table does not know. */
export function unjudged(db: SpecDatabase = loadAwsServiceSpecSync()): Unjudged {
  const types: string[] = []
  const properties: string[] = []

  const walk = (type: string, entries: Record<string, Property>, prefix: string, seen: readonly string[]): void => {
    for (const [name, property] of Object.entries(entries)) {
      const path = `${prefix}${name}`
      if (!hasProperty(type, path)) properties.push(`${type} ${path}`)
      else into(type, property.type, path, seen)
    }
  }
  const into = (type: string, shape: PropertyType, path: string, seen: readonly string[]): void => {
    if (shape.type === 'array') into(type, shape.element, path, seen)
    else if (shape.type === 'map') into(type, shape.element, `${path}.%`, seen)
    else if (shape.type === 'union') for (const each of shape.types) into(type, each, path, seen)
    else if (shape.type === 'ref' && !seen.includes(shape.reference.$ref)) {
      const { properties } = db.get('typeDefinition', shape.reference.$ref)
      walk(type, properties, `${path}.`, [...seen, shape.reference.$ref])
    }
  }

  for (const { cloudFormationType: type, properties: entries } of db.all('resource')) {
    const found = classOf(type)
    if (found === undefined) types.push(type)
    else if (found === 'modelled' || found === 'judged') walk(type, entries, '', [])
  }
  return { types: [...new Set(types)].sort(), properties: [...new Set(properties)].sort() }
}

export function reportOf({ types, properties }: Unjudged): string {
  return [
    `${types.length} types that the table does not know:`,
    ...types.map((type) => `  ${type}`),
    `${properties.length} properties of modelled or judged types that it does not know:`,
    ...properties.map((each) => `  ${each}`),
    '',
  ].join('\n')
}

if (process.argv[1]?.endsWith('check-type-table.ts')) process.stdout.write(reportOf(unjudged()))
