import { type Fragment, fragment } from '../../cfn/fragment.ts'
import { getAtt } from '../../cfn/handle.ts'
import { resource } from '../../cfn/resource.ts'
import type { Observability } from '../../model/observability/observability.ts'
import type { Task } from '../../model/task/task.ts'
import { taskDefinition as definition, executionRole, taskLogGroup, taskRole } from '../handles/task.ts'
import { logGroup } from '../log-group.ts'
import { paramOf } from '../parameters.ts'
import { nameTags } from '../tags.ts'
import { containers } from './containers.ts'
import { volumes } from './volumes.ts'

export const taskDefinition = (task: Task, observability: Observability): Fragment =>
  fragment(
    logGroup(taskLogGroup(task), observability),
    resource(definition(task), {
      RequiresCompatibilities: ['FARGATE'],
      NetworkMode: 'awsvpc',
      Cpu: paramOf(task.parameters.cpu),
      Memory: paramOf(task.parameters.memory),
      EphemeralStorage: task.ephemeralStorage === undefined ? undefined : { SizeInGiB: task.ephemeralStorage },
      RuntimePlatform: { CpuArchitecture: task.architecture, OperatingSystemFamily: 'LINUX' },
      ExecutionRoleArn: getAtt(executionRole(task), 'Arn'),
      TaskRoleArn: getAtt(taskRole(task), 'Arn'),
      Volumes: volumes(task),
      ContainerDefinitions: containers(task),
      Tags: nameTags(task.key),
    }),
  )
