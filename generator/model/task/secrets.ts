import { type SecretReference, secretReference } from '../../aws/secrets.ts'
import { sortedEntries } from '../names.ts'
import type { Parameter } from '../parameters/parameter.ts'
import type { Named } from '../parameters/task.ts'
import { secretParameter } from '../parameters/variable.ts'

/** What is read from a store when a task starts; with a parameter where environments read another one. */
export type Kept = SecretReference & { readonly parameter?: Parameter }

/** A variable that is. */
export type Secret = Kept & { readonly name: string }

type Written = Readonly<Record<string, string>>

/** Those that some environment reads elsewhere, as it is written there first. */
type Varied = { readonly named: Named; readonly secrets: Written }

export const secretsOf = (written: Written, varied?: Varied): Secret[] =>
  sortedEntries({ ...varied?.secrets, ...written }).flatMap(([name, text]) => {
    const reference = secretReference(text)
    if (reference === undefined) return []
    const isOwn = Object.hasOwn(written, name)
    return [
      {
        name,
        ...reference,
        ...(varied !== undefined && Object.hasOwn(varied.secrets, name)
          ? { parameter: secretParameter(varied.named, name, reference, !isOwn) }
          : {}),
      },
    ]
  })

/** Whether some deployments do without it. */
export const isOptional = ({ parameter }: { readonly parameter?: Parameter }): boolean =>
  parameter?.empty?.means === 'nothing'
