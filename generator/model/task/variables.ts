import { sortedEntries } from '../names.ts'

export type Variable = { readonly name: string; readonly value: string }

export const variablesOf = (environment: Readonly<Record<string, string | number | boolean>>): Variable[] =>
  sortedEntries(environment).map(([name, value]) => ({ name, value: String(value) }))
