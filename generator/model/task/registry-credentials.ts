import { secretReference } from '../../aws/secrets.ts'
import { registryCredentialsArn } from '../parameters/registry-credentials.ts'
import type { Named } from '../parameters/task.ts'
import type { Kept } from './secrets.ts'

/** What a container is pulled with; `named`: the task, where its environments may use others. */
export type Pulled = { readonly registryCredentials?: Kept }

export const pulledWith = (written: string | undefined, named?: Named): Pulled => {
  const reference = written === undefined ? undefined : secretReference(written)
  return reference === undefined
    ? {}
    : {
        registryCredentials: {
          ...reference,
          ...(named === undefined ? {} : { parameter: registryCredentialsArn(named, reference) }),
        },
      }
}
