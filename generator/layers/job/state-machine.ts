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

/** As text, in which numbers stay numbers. */
const definition = (job: Job, network: Network) => ({
  StartAt: 'Run',
  States: {
    Run: {
      ...(job.sidecars.length === 0 ? runTask(job, network) : untilOwnEnd(job, runTask(job, network))),
      ...(job.retries === 0
        ? {}
        : { Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 60, BackoffRate: 2, MaxAttempts: job.retries }] }),
      End: true,
    },
  },
})

/** https://docs.aws.amazon.com/step-functions/latest/dg/connect-ecs.html */
const runTask = (job: Job, network: Network) => ({
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
})

/**
 * Step Functions takes a task for failed when any of its containers ends with another code than 0, and sidecars that are
 * stopped with the task often do. So the code of the job's own container decides. It is one state, so that a failure of it
 * is what is tried again.
 */
const untilOwnEnd = (job: Job, task: ReturnType<typeof runTask>) => ({
  Type: 'Parallel',
  // Whatever it is started with: what is caught stands beside it.
  Parameters: {},
  Branches: [
    {
      StartAt: 'Task',
      States: {
        Task: {
          ...task,
          Catch: [{ ErrorEquals: ['States.TaskFailed'], ResultPath: '$.failure', Next: 'Stopped' }],
          End: true,
        },
        Stopped: {
          Type: 'Pass',
          Parameters: { 'task.$': 'States.StringToJson($.failure.Cause)' },
          ResultPath: '$.stopped',
          Next: 'Codes',
        },
        Codes: {
          Type: 'Pass',
          Parameters: { 'own.$': `$.stopped.task.Containers[?(@.Name == '${job.key}')].ExitCode` },
          ResultPath: '$.codes',
          Next: 'Judge',
        },
        Judge: {
          Type: 'Choice',
          Choices: [
            {
              And: [
                { Variable: '$.codes.own[0]', IsPresent: true },
                { Variable: '$.codes.own[0]', NumericEquals: 0 },
              ],
              Next: 'Done',
            },
          ],
          Default: 'Failed',
        },
        Done: { Type: 'Succeed' },
        Failed: { Type: 'Fail', ErrorPath: '$.failure.Error', CausePath: '$.failure.Cause' },
      },
    },
  ],
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
