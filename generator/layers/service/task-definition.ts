import { type Fragment, fragment } from '../../cfn/fragment.ts'
import { getAtt, ref } from '../../cfn/handle.ts'
import { pseudo } from '../../cfn/intrinsics.ts'
import { resource } from '../../cfn/resource.ts'
import type { Observability } from '../../model/observability/observability.ts'
import type { Service } from '../../model/service/service.ts'
import { taskDefinition as definition, executionRole, serviceLogGroup, taskRole } from '../handles/service.ts'
import { paramOf } from '../parameters.ts'
import { nameTags } from '../tags.ts'
import { containerSettings } from './container-settings.ts'

export const taskDefinition = (service: Service, { logRetentionDays }: Observability): Fragment =>
  fragment(
    resource(serviceLogGroup(service), { RetentionInDays: paramOf(logRetentionDays) }),
    resource(definition(service), {
      RequiresCompatibilities: ['FARGATE'],
      NetworkMode: 'awsvpc',
      Cpu: paramOf(service.parameters.cpu),
      Memory: paramOf(service.parameters.memory),
      EphemeralStorage: service.ephemeralStorage === undefined ? undefined : { SizeInGiB: service.ephemeralStorage },
      RuntimePlatform: { CpuArchitecture: service.architecture, OperatingSystemFamily: 'LINUX' },
      ExecutionRoleArn: getAtt(executionRole(service), 'Arn'),
      TaskRoleArn: getAtt(taskRole(service), 'Arn'),
      ContainerDefinitions: [
        {
          Name: service.key,
          Image: paramOf(service.parameters.image),
          Essential: true,
          ...containerSettings(service.container),
          HealthCheck: healthCheck(service.health),
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
  )

const listOrNone = <T>(items: readonly T[]): readonly T[] | undefined => (items.length > 0 ? items : undefined)

const healthCheck = ({ inContainer, intervalSeconds, timeoutSeconds, unhealthyThreshold }: Service['health']) =>
  inContainer === undefined
    ? undefined
    : {
        Command: inContainer.command,
        Interval: intervalSeconds,
        Timeout: timeoutSeconds,
        Retries: unhealthyThreshold,
        StartPeriod: inContainer.startPeriodSeconds,
      }
