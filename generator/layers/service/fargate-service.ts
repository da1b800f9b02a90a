import { type Fragment, fragment } from '../../cfn/fragment.ts'
import { getAtt, type Handle, ref } from '../../cfn/handle.ts'
import { resource } from '../../cfn/resource.ts'
import type { Model } from '../../model/model.ts'
import type { Service } from '../../model/service/service.ts'
import {
  Cluster,
  defaultRoute,
  endpointIngressFrom,
  interfaceEndpoint,
  listenerRule,
  loadBalancerEgressTo,
  privateSubnet,
  S3Endpoint,
  fargateService as target,
  targetGroup,
  taskDefinition,
  taskEgressToEndpoints,
  taskEgressToInternet,
  taskEgressToS3,
  taskIngress,
  taskSecurityGroup,
} from '../handles.ts'
import { nameTags } from '../names.ts'
import { zones } from '../zones.ts'

export const fargateService = (model: Model, service: Service): Fragment =>
  fragment(
    resource(
      target(service),
      {
        Cluster: ref(Cluster),
        TaskDefinition: ref(taskDefinition(service)),
        LaunchType: 'FARGATE',
        PropagateTags: 'SERVICE',
        EnableExecuteCommand: false,
        // Without DesiredCount, so that a stack update does not undo what scaling decided.
        DeploymentConfiguration: {
          MinimumHealthyPercent: 100,
          MaximumPercent: 200,
          DeploymentCircuitBreaker: { Enable: true, Rollback: true },
        },
        HealthCheckGracePeriodSeconds: 60,
        NetworkConfiguration: {
          AwsvpcConfiguration: {
            AssignPublicIp: 'DISABLED',
            Subnets: zones(model).map((zone) => ref(privateSubnet(zone))),
            SecurityGroups: [getAtt(taskSecurityGroup(service), 'GroupId')],
          },
        },
        LoadBalancers: [
          { ContainerName: service.key, ContainerPort: service.port, TargetGroupArn: ref(targetGroup(service)) },
        ],
        Tags: nameTags(service.key),
      },
      {
        dependsOn: whatTasksNeed(model, service),
        why: 'Waits for all that a task needs to start and be found healthy; otherwise the circuit breaker fails the first deployment.',
      },
    ),
  )

const whatTasksNeed = (model: Model, service: Service): Handle[] => [
  ...service.listenerRules.map((rule) => listenerRule(service, rule)),
  taskIngress(service),
  loadBalancerEgressTo(service),
  ...(model.network.egress.kind === 'endpoints'
    ? [
        taskEgressToEndpoints(service),
        endpointIngressFrom(service),
        taskEgressToS3(service),
        S3Endpoint,
        ...model.network.egress.interfaceEndpoints.map(interfaceEndpoint),
      ]
    : [taskEgressToInternet(service), ...zones(model).map(defaultRoute)]),
]
