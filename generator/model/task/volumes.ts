import type { Config } from '../../config/schema/index.ts'
import { pascalCase, sortedEntries } from '../names.ts'

type Written = Config['services'][string]['volumes']

/** A folder on a file system, for the containers of a task. */
export type Volume = {
  readonly name: string
  /** PascalCase of the name, `Data`: a part of its logical IDs. */
  readonly id: string
  readonly path: string
  readonly readOnly: boolean
  readonly efs: NewFileSystem | ExistingFileSystem
}

export type NewFileSystem = {
  readonly kind: 'new'
  /** The user that the tasks read and write as, whatever user their programs run as. */
  readonly owner: { readonly uid: string; readonly gid: string }
}

export type ExistingFileSystem = { readonly kind: 'existing'; readonly id: string; readonly accessPoint?: string }

export type NewVolume = Volume & { readonly efs: NewFileSystem }

export const volumesOf = (volumes: Written, user: string | undefined): Volume[] =>
  sortedEntries(volumes).map(([name, { path, readOnly, efs }]) => ({
    name,
    id: pascalCase(name),
    path,
    readOnly,
    efs:
      efs === 'new'
        ? { kind: 'new', owner: ownerOf(user) }
        : { kind: 'existing', id: efs.id, ...(efs.accessPoint === undefined ? {} : { accessPoint: efs.accessPoint }) },
  }))

/** Volumes with file systems that come and go with nobody else. */
export const newVolumes = (volumes: readonly Volume[]): NewVolume[] =>
  volumes.filter((volume): volume is NewVolume => volume.efs.kind === 'new')

/** A user by number owns the files itself; root would be nobody to the file system. */
const ownerOf = (user = ''): NewFileSystem['owner'] => {
  const [, uid = '1000', gid = uid] = /^([1-9][0-9]*)(?::([1-9][0-9]*))?$/.exec(user) ?? []
  return { uid, gid }
}
