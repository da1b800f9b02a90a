import { type SecretReference, secretReference } from '../../aws/secrets.ts'
import { sortedEntries } from '../names.ts'

/** A variable that a task reads from a store when it starts. */
export type Secret = SecretReference & { readonly name: string }

export const secretsOf = (secrets: Readonly<Record<string, string>>): Secret[] =>
  sortedEntries(secrets).flatMap(([name, written]) => {
    const reference = secretReference(written)
    return reference === undefined ? [] : [{ name, ...reference }]
  })
