import { LOG_DELIVERY } from '../../aws/log-delivery.ts'
import { type Fragment, fragment } from '../../cfn/fragment.ts'
import { getAtt, type Handle, ref } from '../../cfn/handle.ts'
import { arn, sub } from '../../cfn/intrinsics.ts'
import { resource } from '../../cfn/resource.ts'
import type { Job } from '../../model/job/job.ts'
import type { Network } from '../../model/network/network.ts'
import type { Observability } from '../../model/observability/observability.ts'
import { Cluster } from '../handles/cluster.ts'
import { executionLog, stateMachineRole, stateMachine as target } from '../handles/job.ts'
import { privateSubnet } from '../handles/network.ts'
import { executionRole, taskDefinition, taskRole, taskSecurityGroup } from '../handles/task.ts'
import { logGroup, vendedLogName } from '../log-group.ts'
import { roleFor } from '../role.ts'
import { nameTags } from '../tags.ts'
import { zones } from '../zones.ts'

export const machine = (job: Job, network: Network, observability: Observability): Fragment =>
  fragment(
    logGroup(executionLog(job), observability, { name: vendedLogName('states', observability, `/${job.key}`) }),
    roleFor(stateMachineRole(job), 'states.amazonaws.com', {
      confusedDeputy: true,
      policies: [{ PolicyName: 'run-job', PolicyDocument: { Version: '2012-10-17', Statement: rights(job) } }],
      why: 'Runs this one task, hands it its two roles, and hears of its end. Log delivery and stopping a task take no narrower right.',
    }),
    resource(
      target(job),
      {
        RoleArn: getAtt(stateMachineRole(job), 'Arn'),
        DefinitionString: sub(JSON.stringify(definition(job, network), undefined, 2)),
        LoggingConfiguration: {
          Level: 'ALL',
          IncludeExecutionData: true,
          Destinations: [{ CloudWatchLogsLogGroup: { LogGroupArn: getAtt(executionLog(job), 'Arn') } }],
        },
        Tags: nameTags(job.key),
      },
      {
        why: 'It waits for the end of the task, so a job that ends with another code than 0 has failed and is tried again.',
      },
    ),
  )

/** https://docs.aws.amazon.com/step-functions/latest/dg/connect-ecs.html; as text, in which numbers stay numbers. */
const definition = (job: Job, network: Network) => ({
  StartAt: 'Run',
  States: {
    Run: {
      Type: 'Task',
      Resource: 'arn:${AWS::Partition}:states:::ecs:runTask.sync',
      TimeoutSeconds: job.timeoutSeconds,
      Parameters: {
        Cluster: written(Cluster),
        TaskDefinition: written(taskDefinition(job)),
        LaunchType: 'FARGATE',
        PropagateTags: 'TASK_DEFINITION',
        NetworkConfiguration: {
          AwsvpcConfiguration: {
            AssignPublicIp: 'DISABLED',
            Subnets: zones(network).map((zone) => written(privateSubnet(zone))),
            SecurityGroups: [`\${${taskSecurityGroup(job).id}.GroupId}`],
          },
        },
      },
      ...(job.retries === 0
        ? {}
        : { Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 60, BackoffRate: 2, MaxAttempts: job.retries }] }),
      End: true,
    },
  },
})

/** A reference inside Fn::Sub. */
const written = ({ id }: Handle): string => `\${${id}}`

/** https://docs.aws.amazon.com/step-functions/latest/dg/connect-ecs.html#sync-async-iam-policies and `cw-logs.html` there. */
const rights = (job: Job): object[] => [
  { Sid: 'RunTask', Effect: 'Allow', Action: 'ecs:RunTask', Resource: ref(taskDefinition(job)) },
  {
    Sid: 'WatchTask',
    Effect: 'Allow',
    Action: ['ecs:DescribeTasks', 'ecs:StopTask'],
    Resource: arn('ecs', '${AWS::Region}', '${AWS::AccountId}', `task/${written(Cluster)}/*`),
  },
  {
    Sid: 'TagTask',
    Effect: 'Allow',
    Action: 'ecs:TagResource',
    Resource: arn('ecs', '${AWS::Region}', '${AWS::AccountId}', `task/${written(Cluster)}/*`),
    Condition: { StringEquals: { 'ecs:CreateAction': 'RunTask' } },
  },
  {
    Sid: 'HandRolesToTask',
    Effect: 'Allow',
    Action: 'iam:PassRole',
    Resource: [getAtt(executionRole(job), 'Arn'), getAtt(taskRole(job), 'Arn')],
    Condition: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
  },
  {
    Sid: 'HearOfItsEnd',
    Effect: 'Allow',
    Action: ['events:DescribeRule', 'events:PutRule', 'events:PutTargets'],
    Resource: arn('events', '${AWS::Region}', '${AWS::AccountId}', 'rule/StepFunctionsGetEventsForECSTaskRule'),
  },
  {
    Sid: 'DeliverLogs',
    Effect: 'Allow',
    Action: LOG_DELIVERY,
    Resource: '*',
  },
]
