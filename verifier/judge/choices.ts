/** What is chosen for parameters, as people read it. */
import { conditionOf } from '../resolve/conditions.ts'
import type { Choice } from '../resolve/world.ts'
import { parameterName } from '../worlds/declared.ts'
import { possibleIn } from '../worlds/explore.ts'

/** A value that is only "not one of these" is said so. */
export const wordsOfChoices = (choices: ReadonlyMap<string, Choice>): Record<string, string> =>
  Object.fromEntries([...choices].map(([name, choice]) => [name, inWords(choice)]))

const listed = (values: readonly string[]): string => values.map((each) => JSON.stringify(each)).join(', ')

function inWords(choice: Choice): string {
  if (typeof choice === 'string') return choice
  if ('oneOf' in choice) return `one of ${listed(choice.oneOf)}`
  return `any value${choice.not.length > 0 ? ` but ${listed(choice.not)}` : ''}`
}

/** A comparison as people know it: by the condition, or by what is compared. */
export function labelOfComparison(key: string): string {
  const condition = conditionOf(key)
  if (condition) return `the condition ${condition.name}`
  const stored = /^the stored (.*) is ("(?:[^"\\]|\\.)*")$/s.exec(key)
  if (stored) {
    const name = stored[1] ?? ''
    return `the comparison of ${name.startsWith('{{') ? name : parameterName(name)} with ${stored[2]}`
  }
  const possible = possibleIn(key)
  if (possible) return `${parameterName(possible.parameter)} may be ${possible.value}`
  const imported = /import "((?:[^"\\]|\\.)*)"/g
  const imports = [...key.matchAll(imported)].map(([, name]) => `the import ${name}`)
  const rest = key.replaceAll(imported, '').replaceAll(/"(?:[^"\\]|\\.)*"/g, '')
  const names = (rest.match(/[A-Za-z][\w:./-]*/g) ?? []).filter((name) => !name.startsWith('Fn::'))
  const compared = [...new Set([...imports, ...names.map(parameterName)])]
  return compared.length === 0 ? 'a comparison' : `a comparison with ${compared.join(' and ')}`
}
