import { type Fragment, fragment } from '../../cfn/fragment.ts'
import { getAtt, ref } from '../../cfn/handle.ts'
import { pseudo } from '../../cfn/intrinsics.ts'
import { resource } from '../../cfn/resource.ts'
import type { Observability } from '../../model/observability/observability.ts'
import type { Task } from '../../model/task/task.ts'
import { taskDefinition as definition, executionRole, taskLogGroup, taskRole } from '../handles/task.ts'
import { paramOf } from '../parameters.ts'
import { nameTags } from '../tags.ts'
import { containerSettings } from './container-settings.ts'

export const taskDefinition = (task: Task, { logRetentionDays }: Observability): Fragment =>
  fragment(
    resource(taskLogGroup(task), { RetentionInDays: paramOf(logRetentionDays) }),
    resource(definition(task), {
      RequiresCompatibilities: ['FARGATE'],
      NetworkMode: 'awsvpc',
      Cpu: paramOf(task.parameters.cpu),
      Memory: paramOf(task.parameters.memory),
      EphemeralStorage: task.ephemeralStorage === undefined ? undefined : { SizeInGiB: task.ephemeralStorage },
      RuntimePlatform: { CpuArchitecture: task.architecture, OperatingSystemFamily: 'LINUX' },
      ExecutionRoleArn: getAtt(executionRole(task), 'Arn'),
      TaskRoleArn: getAtt(taskRole(task), 'Arn'),
      ContainerDefinitions: [
        {
          Name: task.key,
          Image: paramOf(task.parameters.image),
          Essential: true,
          ...containerSettings(task.container),
          HealthCheck: healthCheck(task.containerCheck),
          PortMappings: task.port === undefined ? undefined : [{ ContainerPort: task.port, Protocol: 'tcp' }],
          Environment: listOrNone(task.environment.map(({ name, value }) => ({ Name: name, Value: value }))),
          Secrets: listOrNone(task.secrets.map(({ name, valueFrom }) => ({ Name: name, ValueFrom: valueFrom }))),
          LogConfiguration: {
            LogDriver: 'awslogs',
            Options: {
              'awslogs-group': ref(taskLogGroup(task)),
              'awslogs-region': pseudo('Region'),
              'awslogs-stream-prefix': task.key,
            },
          },
        },
      ],
      Tags: nameTags(task.key),
    }),
  )

const listOrNone = <T>(items: readonly T[]): readonly T[] | undefined => (items.length > 0 ? items : undefined)

const healthCheck = (check: Task['containerCheck']) =>
  check && {
    Command: check.command,
    Interval: check.intervalSeconds,
    Timeout: check.timeoutSeconds,
    Retries: check.retries,
    StartPeriod: check.startPeriodSeconds,
  }
