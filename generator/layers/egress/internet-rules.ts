import { getAtt, type Handle } from '../../cfn/handle.ts'
import { type Entry, resource } from '../../cfn/resource.ts'
import type { EgressPorts } from '../../model/network/egress.ts'
import type { Task } from '../../model/task/task.ts'
import { taskEgressToInternet, taskEgressToInternetPort, taskSecurityGroup } from '../handles/task.ts'

type Way = { readonly rule: Handle<'AWS::EC2::SecurityGroupEgress'>; readonly port: number | 'all' }

/** Names are looked up at the VPC's own address, which no group filters, so that no port is needed for them. */
export const waysToInternet = (task: Task, ports: EgressPorts): Way[] =>
  ports === 'all'
    ? [{ rule: taskEgressToInternet(task), port: 'all' }]
    : [...new Set([...ports, ...task.internetPorts])].map((port) => ({
        rule: taskEgressToInternetPort(task, port),
        port,
      }))

export const toInternet = (task: Task, { rule, port }: Way, says: { description: string; why: string }): Entry =>
  resource(
    rule,
    {
      GroupId: getAtt(taskSecurityGroup(task), 'GroupId'),
      ...(port === 'all' ? { IpProtocol: '-1' } : { IpProtocol: 'tcp', FromPort: port, ToPort: port }),
      CidrIp: '0.0.0.0/0',
      Description: says.description,
    },
    { why: says.why },
  )
