/** The containers of a task: the one that the task is about, then those beside it. */
import { ref } from '../../cfn/handle.ts'
import { pseudo } from '../../cfn/intrinsics.ts'
import { INIT } from '../../model/task/container.ts'
import type { Task } from '../../model/task/task.ts'
import { taskLogGroup } from '../handles/task.ts'
import { paramOf } from '../parameters.ts'
import { containerSettings } from './container-settings.ts'
import { valueFrom } from './secrets.ts'

export const containers = (task: Task) => [
  {
    Name: task.key,
    Image: paramOf(task.parameters.image),
    Essential: true,
    DependsOn: waits(task),
    ...containerSettings(task.container),
    HealthCheck: healthCheck(task.containerCheck),
    PortMappings: task.port === undefined ? undefined : [{ ContainerPort: task.port, Protocol: 'tcp' }],
    ...variables(task),
    LogConfiguration: logs(task, task.key),
  },
  ...initContainer(task),
]

/** The same program with another command; it answers nobody, and nobody checks it. */
const initContainer = (task: Task) =>
  task.init === undefined
    ? []
    : [
        {
          Name: INIT,
          Image: paramOf(task.parameters.image),
          Essential: false,
          ...containerSettings({ ...task.container, ...task.init }),
          ...variables(task),
          LogConfiguration: logs(task, INIT),
        },
      ]

const waits = ({ init }: Task) => (init === undefined ? undefined : [{ ContainerName: INIT, Condition: 'SUCCESS' }])

const variables = ({ environment, secrets }: Task) => ({
  Environment: listOrNone(environment.map(({ name, value }) => ({ Name: name, Value: value }))),
  Secrets: listOrNone(secrets.map((each) => ({ Name: each.name, ValueFrom: valueFrom(each) }))),
})

const logs = (task: Task, prefix: string) => ({
  LogDriver: 'awslogs',
  Options: {
    'awslogs-group': ref(taskLogGroup(task)),
    'awslogs-region': pseudo('Region'),
    'awslogs-stream-prefix': prefix,
  },
})

const listOrNone = <T>(items: readonly T[]): readonly T[] | undefined => (items.length > 0 ? items : undefined)

const healthCheck = (check: Task['containerCheck']) =>
  check && {
    Command: check.command,
    Interval: check.intervalSeconds,
    Timeout: check.timeoutSeconds,
    Retries: check.retries,
    StartPeriod: check.startPeriodSeconds,
  }
