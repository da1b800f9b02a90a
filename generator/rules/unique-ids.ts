import { pascalCase } from '../model/names.ts'
import type { Finding, Rule } from './rule.ts'

const collisions = (section: readonly string[], keys: readonly string[]): Finding[] => {
  const first = new Map<string, string>()
  return keys.flatMap((key): Finding[] => {
    const id = pascalCase(key)
    const other = first.get(id)
    if (other === undefined) {
      first.set(id, key)
      return []
    }
    return [
      {
        path: [...section, key],
        at: 'key',
        also: [...section, other],
        message: `"${key}" and "${other}" both become ${id}`,
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
