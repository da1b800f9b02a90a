/** The volumes of a task as its definition and its containers name them. */
import { ref } from '../../cfn/handle.ts'
import type { Task } from '../../model/task/task.ts'
import type { Volume } from '../../model/task/volumes.ts'
import { accessPoint, fileSystem } from '../handles/volume.ts'

export const volumes = (task: Task) =>
  task.volumes.length === 0
    ? undefined
    : task.volumes.map((volume) => ({
        Name: volume.name,
        EFSVolumeConfiguration: {
          ...mounted(task, volume),
          TransitEncryption: 'ENABLED',
        },
      }))

/** IAM works with an access point and without one; both need encryption on the way. */
const mounted = (task: Task, volume: Volume) =>
  volume.efs.kind === 'new'
    ? {
        FilesystemId: ref(fileSystem(task, volume)),
        AuthorizationConfig: { AccessPointId: ref(accessPoint(task, volume)), IAM: 'ENABLED' },
      }
    : {
        FilesystemId: volume.efs.id,
        AuthorizationConfig: { AccessPointId: volume.efs.accessPoint, IAM: 'ENABLED' },
      }

export const mountPoints = (task: Task) =>
  task.volumes.length === 0
    ? undefined
    : task.volumes.map(({ name, path, readOnly }) => ({
        SourceVolume: name,
        ContainerPath: path,
        ReadOnly: readOnly ? true : undefined,
      }))
