/** Logical IDs are public API: renaming one replaces a live resource. They are spelt in this folder only. */
import { handle } from '../../cfn/handle.ts'
import type { Task } from '../../model/task/task.ts'
import type { Volume } from '../../model/task/volumes.ts'

export const fileSystem = (task: Task, { id }: Volume) => handle('AWS::EFS::FileSystem', `${task.id}${id}FileSystem`)
export const accessPoint = (task: Task, { id }: Volume) => handle('AWS::EFS::AccessPoint', `${task.id}${id}AccessPoint`)
export const mountTarget = (task: Task, { id }: Volume, zone: number) =>
  handle('AWS::EFS::MountTarget', `${task.id}${id}MountTarget${zone}`)
export const fileSystemGroup = (task: Task, { id }: Volume) =>
  handle('AWS::EC2::SecurityGroup', `${task.id}${id}FileSystemSecurityGroup`)
export const fileSystemIngress = (task: Task, { id }: Volume) =>
  handle('AWS::EC2::SecurityGroupIngress', `${task.id}${id}FileSystemIngress`)
export const egressToFileSystem = (task: Task, { id }: Volume) =>
  handle('AWS::EC2::SecurityGroupEgress', `${task.id}TaskEgressTo${id}FileSystem`)
