import { type Fragment, fragment, merge } from '../../cfn/fragment.ts'
import { getAtt, ref } from '../../cfn/handle.ts'
import { param, pseudo } from '../../cfn/intrinsics.ts'
import { resource } from '../../cfn/resource.ts'
import type { Service } from '../../model/service/service.ts'
import { taskDefinition as definition, executionRole, serviceLogGroup, taskRole } from '../handles.ts'
import { nameTags, paramOr, paramOrConditions } from '../names.ts'

export const taskDefinition = (service: Service): Fragment =>
  merge(
    paramOrConditions(service.parameters.image),
    fragment(
      resource(serviceLogGroup(service), { RetentionInDays: param('LogRetentionDays') }),
      resource(definition(service), {
        RequiresCompatibilities: ['FARGATE'],
        NetworkMode: 'awsvpc',
        Cpu: param(`${service.id}Cpu`),
        Memory: param(`${service.id}Memory`),
        RuntimePlatform: { CpuArchitecture: service.architecture, OperatingSystemFamily: 'LINUX' },
        ExecutionRoleArn: getAtt(executionRole(service), 'Arn'),
        TaskRoleArn: getAtt(taskRole(service), 'Arn'),
        ContainerDefinitions: [
          {
            Name: service.key,
            Image: paramOr(service.parameters.image),
            Essential: true,
            PortMappings: [{ ContainerPort: service.port, Protocol: 'tcp' }],
            Environment: listOrNone(service.environment.map(({ name, value }) => ({ Name: name, Value: value }))),
            Secrets: listOrNone(service.secrets.map(({ name, valueFrom }) => ({ Name: name, ValueFrom: valueFrom }))),
            LogConfiguration: {
              LogDriver: 'awslogs',
              Options: {
                'awslogs-group': ref(serviceLogGroup(service)),
                'awslogs-region': pseudo('Region'),
                'awslogs-stream-prefix': service.key,
              },
            },
          },
        ],
        Tags: nameTags(service.key),
      }),
    ),
  )

const listOrNone = <T>(items: readonly T[]): readonly T[] | undefined => (items.length > 0 ? items : undefined)
