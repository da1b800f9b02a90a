import { type Fragment, fragment } from '../../cfn/fragment.ts'
import { getAtt, ref } from '../../cfn/handle.ts'
import { resource } from '../../cfn/resource.ts'
import type { Observability } from '../../model/observability/observability.ts'
import { FlowLog, FlowLogGroup, FlowLogRole, Vpc } from '../handles/network.ts'
import { logGroup } from '../log-group.ts'
import { roleFor } from '../role.ts'
import { nameTags } from '../tags.ts'

/** Who talked to whom inside the VPC: what an incident asks first. */
export const flowLogs = (observability: Observability): Fragment =>
  fragment(
    logGroup(FlowLogGroup, observability),
    roleFor(FlowLogRole, 'vpc-flow-logs.amazonaws.com', {
      policies: [
        {
          PolicyName: 'write-flow-logs',
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Action: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
                Resource: getAtt(FlowLogGroup, 'Arn'),
              },
            ],
          },
        },
      ],
    }),
    resource(FlowLog, {
      ResourceId: ref(Vpc),
      ResourceType: 'VPC',
      TrafficType: 'ALL',
      LogDestinationType: 'cloud-watch-logs',
      LogGroupName: ref(FlowLogGroup),
      DeliverLogsPermissionArn: getAtt(FlowLogRole, 'Arn'),
      Tags: nameTags('flow-log'),
    }),
  )
