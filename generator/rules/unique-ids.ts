import type { Diagnostic } from '../errors/diagnostic.ts'
import { pascalCase } from '../model/names.ts'
import type { Rule } from './rule.ts'

const collisions = (section: readonly string[], keys: readonly string[]): Diagnostic[] => {
  const first = new Map<string, string>()
  return keys.flatMap((key): Diagnostic[] => {
    const id = pascalCase(key)
    const other = first.get(id)
    if (other === undefined) {
      first.set(id, key)
      return []
    }
    return [
      {
        code: 'PC110',
        path: [...section, key],
        at: 'key',
        also: [...section, other],
        message: `"${key}" and "${other}" both become ${id}`,
        why: uniqueIds.why,
        remedy: 'rename one of them so that they differ in letters or digits',
      },
    ]
  })
}

export const uniqueIds: Rule = {
  id: 'PC110',
  title: 'Services and authorizers have different names in PascalCase',
  why: 'logical IDs and parameters are named after them, and two resources cannot share one',
  check: (_, config) => [
    ...collisions(['services'], Object.keys(config.services)),
    ...collisions(['api', 'auth'], Object.keys(config.api.auth)),
  ],
}
