/** The containers of a task: the one that the task is about, then those beside it. */
import { ref } from '../../cfn/handle.ts'
import { pseudo } from '../../cfn/intrinsics.ts'
import { INIT } from '../../model/task/container.ts'
import type { Pulled } from '../../model/task/registry-credentials.ts'
import type { Sidecar } from '../../model/task/sidecars.ts'
import type { Task } from '../../model/task/task.ts'
import { taskLogGroup } from '../handles/task.ts'
import { filled, paramOf } from '../parameters.ts'
import { containerSettings } from './container-settings.ts'
import { ifPresent } from './optional.ts'
import { valueFrom } from './secrets.ts'
import { mountPoints } from './volumes.ts'

export const containers = (task: Task) => [
  {
    Name: task.key,
    Image: paramOf(task.parameters.image),
    RepositoryCredentials: credentials(task),
    Essential: true,
    DependsOn: listOrNone([...afterInit(task), ...afterSidecars(task)]),
    ...containerSettings(task.container),
    HealthCheck: healthCheck(task.containerCheck),
    PortMappings: portMappings(task),
    MountPoints: mountPoints(task),
    ...variables(task),
    LogConfiguration: logs(task, task.key),
  },
  ...initContainer(task),
  ...task.sidecars.map((each) => sidecar(task, each)),
]

/** A port that other services reach has a name: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-parameters.html */
const portMappings = ({ key, port, offers }: Task) =>
  ports(port)?.map((each) => ({
    ...each,
    Name: offers === undefined ? undefined : key,
    AppProtocol: offers === 'http' ? offers : undefined,
  }))

/** The same program with another command; it answers nobody, and nobody checks it. */
const initContainer = (task: Task) =>
  task.init === undefined
    ? []
    : [
        {
          Name: INIT,
          Image: paramOf(task.parameters.image),
          RepositoryCredentials: credentials(task),
          Essential: false,
          ...containerSettings({ ...task.container, ...task.init }),
          MountPoints: mountPoints(task),
          ...variables(task),
          LogConfiguration: logs(task, INIT),
        },
      ]

const sidecar = (task: Task, { name, image, essential, command, port, cpu, memory, ...given }: Sidecar) => ({
  Name: name,
  Image: filled(image),
  RepositoryCredentials: credentials(given),
  Essential: essential,
  DependsOn: listOrNone(afterInit(task)),
  Command: command,
  Cpu: cpu,
  Memory: memory,
  PortMappings: ports(port),
  ...variables(given),
  LogConfiguration: logs(task, name),
})

const credentials = ({ registryCredentials }: Pulled) =>
  registryCredentials && { CredentialsParameter: valueFrom(registryCredentials) }

const afterInit = ({ init }: Task) => (init === undefined ? [] : [{ ContainerName: INIT, Condition: 'SUCCESS' }])

const afterSidecars = ({ sidecars }: Task) =>
  sidecars.filter(({ startsBefore }) => startsBefore).map(({ name }) => ({ ContainerName: name, Condition: 'START' }))

const ports = (port: number | undefined) =>
  port === undefined ? undefined : [{ ContainerPort: port, Protocol: 'tcp' }]

const variables = ({ environment, secrets }: Pick<Task, 'environment' | 'secrets'>) => ({
  Environment: listOrNone(
    environment.map((each) =>
      ifPresent(each, { Name: each.name, Value: each.parameter === undefined ? each.value : paramOf(each.parameter) }),
    ),
  ),
  Secrets: listOrNone(secrets.map((each) => ifPresent(each, { Name: each.name, ValueFrom: valueFrom(each) }))),
})

/** To the log group of the task, in streams of their own. */
export const logs = (task: Task, prefix: string) => ({
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
