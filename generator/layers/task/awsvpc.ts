import { getAtt, ref } from '../../cfn/handle.ts'
import type { Network } from '../../model/network/network.ts'
import type { Task } from '../../model/task/task.ts'
import { privateSubnet } from '../handles/network.ts'
import { taskSecurityGroup } from '../handles/task.ts'
import { zones } from '../zones.ts'

/** Where every task runs: in private subnets, without a public address, in its own group. */
export const awsvpc = (task: Task, network: Network) => ({
  AwsvpcConfiguration: {
    AssignPublicIp: 'DISABLED',
    Subnets: zones(network).map((zone) => ref(privateSubnet(zone))),
    SecurityGroups: [getAtt(taskSecurityGroup(task), 'GroupId')],
  },
})
