import { getAtt } from '../../cfn/handle.ts'
import type { Cluster } from '../../model/cluster/cluster.ts'
import type { Running } from '../../model/service/running.ts'
import { ExecSessionLogs } from '../handles/cluster.ts'
import { taskLogGroup } from '../handles/task.ts'

/**
 * What the agent in a task needs to offer a shell and to write down what is done there. Unless the owner of an existing
 * cluster says otherwise, its sessions go to the log of the container.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html
 */
export const execRights = (service: Running, cluster: Cluster): object[] =>
  service.exec
    ? [
        {
          Sid: 'OfferShell',
          Effect: 'Allow',
          Action: [
            'ssmmessages:CreateControlChannel',
            'ssmmessages:CreateDataChannel',
            'ssmmessages:OpenControlChannel',
            'ssmmessages:OpenDataChannel',
          ],
          Resource: '*',
        },
        { Sid: 'FindSessionLog', Effect: 'Allow', Action: 'logs:DescribeLogGroups', Resource: '*' },
        {
          Sid: 'WriteSessionLog',
          Effect: 'Allow',
          Action: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
          Resource: getAtt(cluster.kind === 'existing' ? taskLogGroup(service) : ExecSessionLogs, 'Arn'),
        },
      ]
    : []
