/** Amazon EFS for the volumes of a task: file systems that nobody else reaches, and what the task may do with them. */
import { type Fragment, fragment } from '../../cfn/fragment.ts'
import { getAtt, type Handle, ref } from '../../cfn/handle.ts'
import { arn } from '../../cfn/intrinsics.ts'
import { type Entry, resource } from '../../cfn/resource.ts'
import type { Network } from '../../model/network/network.ts'
import type { Task } from '../../model/task/task.ts'
import { type NewVolume, newVolumes, type Volume } from '../../model/task/volumes.ts'
import { privateSubnet } from '../handles/network.ts'
import { taskSecurityGroup } from '../handles/task.ts'
import {
  accessPoint,
  egressToFileSystem,
  fileSystem,
  fileSystemGroup,
  fileSystemIngress,
  mountTarget,
} from '../handles/volume.ts'
import { between, closedGroup } from '../security-group.ts'
import { nameTags } from '../tags.ts'
import { zones } from '../zones.ts'

const NFS = 2049

export const fileSystems = (task: Task, network: Network): Fragment =>
  fragment(
    ...newVolumes(task.volumes).flatMap((volume) => [
      storage(task, volume),
      ...wayTo(task, volume),
      ...zones(network).map((zone) =>
        resource(mountTarget(task, volume, zone), {
          FileSystemId: ref(fileSystem(task, volume)),
          SubnetId: ref(privateSubnet(zone)),
          SecurityGroups: [getAtt(fileSystemGroup(task, volume), 'GroupId')],
        }),
      ),
      view(task, volume),
    ]),
  )

/** What must be ready before a task can mount its volumes; a name that does not resolve yet fails it. */
export const mountable = (task: Task, network: Network): Handle[] =>
  newVolumes(task.volumes).flatMap((volume) => [
    egressToFileSystem(task, volume),
    fileSystemIngress(task, volume),
    ...zones(network).map((zone) => mountTarget(task, volume, zone)),
  ])

/** https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html */
const clients = {
  mount: 'elasticfilesystem:ClientMount',
  write: 'elasticfilesystem:ClientWrite',
  root: 'elasticfilesystem:ClientRootAccess',
}

/**
 * With any policy of its own, a file system admits nobody by default; without one, it admits every client that reaches it.
 * Who may use it is said by the role of the tasks, because a policy that names the role could not be made before it.
 */
const refuse = (Sid: string, Bool: Readonly<Record<string, string>>): object => ({
  Sid,
  Effect: 'Deny',
  Principal: { AWS: '*' },
  Action: Object.values(clients),
  Condition: { Bool },
})

const storage = (task: Task, volume: NewVolume): Entry =>
  resource(
    fileSystem(task, volume),
    {
      Encrypted: true,
      ThroughputMode: 'elastic',
      BackupPolicy: { Status: 'ENABLED' },
      FileSystemPolicy: {
        Version: '2012-10-17',
        Statement: [
          refuse('EncryptedOnly', { 'aws:SecureTransport': 'false' }),
          refuse('ThroughMountTargetsOnly', { 'elasticfilesystem:AccessedViaMountTarget': 'false' }),
        ],
      },
      FileSystemTags: nameTags(`${task.key}-${volume.name}`),
    },
    { retain: true, why: 'Kept when the stack or the volume goes: it may hold the only copy of the data.' },
  )

const wayTo = (task: Task, volume: NewVolume): Entry[] => [
  closedGroup(
    fileSystemGroup(task, volume),
    `File system ${volume.name} of ${task.key}`,
    `${task.key}-${volume.name}-file-system`,
  ),
  ...between({
    from: taskSecurityGroup(task),
    to: fileSystemGroup(task, volume),
    port: NFS,
    egress: { rule: egressToFileSystem(task, volume), says: `To the file system ${volume.name}` },
    ingress: { rule: fileSystemIngress(task, volume), says: `From the tasks of ${task.key}` },
  }).toReversed(),
]

const view = (task: Task, volume: NewVolume): Entry => {
  const { uid, gid } = volume.efs.owner
  return resource(
    accessPoint(task, volume),
    {
      FileSystemId: ref(fileSystem(task, volume)),
      PosixUser: { Uid: uid, Gid: gid },
      RootDirectory: {
        Path: `/${volume.name}`,
        CreationInfo: { OwnerUid: uid, OwnerGid: gid, Permissions: '0750' },
      },
      AccessPointTags: nameTags(`${task.key}-${volume.name}`),
    },
    { why: 'The tasks read and write as this user, whichever user their programs run as.' },
  )
}

/** Statements for the role of the task. */
export const volumeRights = (task: Task): object[] =>
  task.volumes.map((volume) => {
    const { fileSystemArn, accessPointArn } = arns(task, volume)
    return {
      Sid: `Mount${volume.id}`,
      Effect: 'Allow',
      Action: volume.readOnly ? [clients.mount] : [clients.mount, clients.write],
      Resource: fileSystemArn,
      ...(accessPointArn === undefined
        ? {}
        : { Condition: { StringEquals: { 'elasticfilesystem:AccessPointArn': accessPointArn } } }),
    }
  })

const arns = (task: Task, volume: Volume) => {
  const { efs } = volume
  if (efs.kind === 'new')
    return {
      fileSystemArn: getAtt(fileSystem(task, volume), 'Arn'),
      accessPointArn: getAtt(accessPoint(task, volume), 'Arn'),
    }
  const here = (resource: string) => arn('elasticfilesystem', '${AWS::Region}', '${AWS::AccountId}', resource)
  return {
    fileSystemArn: here(`file-system/${efs.id}`),
    accessPointArn: efs.accessPoint === undefined ? undefined : here(`access-point/${efs.accessPoint}`),
  }
}
