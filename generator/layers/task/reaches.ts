/** Rules for what tasks reach outside of the templates: databases, caches, hosts of other networks. */
import { type Fragment, fragment } from '../../cfn/fragment.ts'
import { getAtt, type Handle } from '../../cfn/handle.ts'
import { type Entry, resource } from '../../cfn/resource.ts'
import type { Reach } from '../../model/task/reaches.ts'
import type { Task } from '../../model/task/task.ts'
import { reachEgress, reachIngress, taskSecurityGroup } from '../handles/task.ts'
import { paramOf } from '../parameters.ts'

export const reaches = (task: Task): Fragment =>
  fragment(...task.reaches.flatMap((reach) => [egress(task, reach), ...(reach.admit ? [ingress(task, reach)] : [])]))

/** What must be ready before the task starts. */
export const reachRules = (task: Task): readonly Handle[] =>
  task.reaches.flatMap((reach) => [reachEgress(task, reach), ...(reach.admit ? [reachIngress(task, reach)] : [])])

const tcp = ({ port }: Reach) => ({ IpProtocol: 'tcp', FromPort: port, ToPort: port })

const egress = (task: Task, reach: Reach): Entry =>
  resource(reachEgress(task, reach), {
    GroupId: getAtt(taskSecurityGroup(task), 'GroupId'),
    ...(reach.kind === 'group' ? { DestinationSecurityGroupId: paramOf(reach.peer) } : { CidrIp: paramOf(reach.peer) }),
    Description: 'Because the config says so: reaches',
    ...tcp(reach),
  })

const ingress = (task: Task, reach: Reach): Entry =>
  resource(
    reachIngress(task, reach),
    {
      GroupId: paramOf(reach.peer),
      SourceSecurityGroupId: getAtt(taskSecurityGroup(task), 'GroupId'),
      Description: `From the tasks of ${task.key}`,
      ...tcp(reach),
    },
    { why: 'A rule of an existing group, by which it admits these tasks; nothing of this application is opened.' },
  )
