import { type Fragment, fragment } from '../../cfn/fragment.ts'
import { getAtt, handle, ref } from '../../cfn/handle.ts'
import { param } from '../../cfn/intrinsics.ts'
import { resource } from '../../cfn/resource.ts'
import { Vpc } from '../handles.ts'
import { nameTags } from '../names.ts'
import { roleFor } from '../role.ts'

const FlowLogGroup = handle('AWS::Logs::LogGroup', 'FlowLogGroup')
const FlowLogRole = handle('AWS::IAM::Role', 'FlowLogRole')
const FlowLog = handle('AWS::EC2::FlowLog', 'FlowLog')

/** Who talked to whom inside the VPC: what an incident asks first. */
export const flowLogs = (): Fragment =>
  fragment(
    resource(FlowLogGroup, { RetentionInDays: param('LogRetentionDays') }),
    roleFor(FlowLogRole, 'vpc-flow-logs.amazonaws.com', {
      confusedDeputy: true,
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
