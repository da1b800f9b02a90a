import { type Fragment, fragment, merge } from '../../cfn/fragment.ts'
import { getAtt } from '../../cfn/handle.ts'
import { iff, noValue, param } from '../../cfn/intrinsics.ts'
import { type Entry, resource } from '../../cfn/resource.ts'
import type { Model } from '../../model/model.ts'
import type { Service } from '../../model/service/service.ts'
import {
  EndpointSecurityGroup,
  endpointIngressFrom,
  LoadBalancerSecurityGroup,
  loadBalancerEgressTo,
  taskEgressToEndpoints,
  taskEgressToInternet,
  taskEgressToS3,
  taskIngress,
  taskSecurityGroup,
} from '../handles.ts'
import { hasValue, hasValueCondition } from '../names.ts'
import { closedGroup } from '../security-group.ts'

/** The tasks' group: in from the load balancer only; out to the endpoints, or to the internet when the config says NAT. */
export const securityGroup = (model: Model, service: Service): Fragment =>
  merge(
    fragment(closedGroup(taskSecurityGroup(service), `Tasks of ${service.key}`, `${service.key}-tasks`)),
    fragment(...fromLoadBalancer(service)),
    model.network.egress.kind === 'endpoints' ? toEndpoints(service) : fragment(toInternet(service)),
  )

const fromLoadBalancer = (service: Service): Entry[] => {
  const port = { IpProtocol: 'tcp', FromPort: service.port, ToPort: service.port }
  return [
    resource(loadBalancerEgressTo(service), {
      GroupId: getAtt(LoadBalancerSecurityGroup, 'GroupId'),
      DestinationSecurityGroupId: getAtt(taskSecurityGroup(service), 'GroupId'),
      Description: `To the tasks of ${service.key}`,
      ...port,
    }),
    resource(taskIngress(service), {
      GroupId: getAtt(taskSecurityGroup(service), 'GroupId'),
      SourceSecurityGroupId: getAtt(LoadBalancerSecurityGroup, 'GroupId'),
      Description: 'From the load balancer',
      ...port,
    }),
  ]
}

const https = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443 }

const toEndpoints = (service: Service): Fragment =>
  merge(
    hasValueCondition('S3PrefixListId'),
    fragment(
      resource(taskEgressToEndpoints(service), {
        GroupId: getAtt(taskSecurityGroup(service), 'GroupId'),
        DestinationSecurityGroupId: getAtt(EndpointSecurityGroup, 'GroupId'),
        Description: 'To the endpoints of AWS services',
        ...https,
      }),
      resource(endpointIngressFrom(service), {
        GroupId: getAtt(EndpointSecurityGroup, 'GroupId'),
        SourceSecurityGroupId: getAtt(taskSecurityGroup(service), 'GroupId'),
        Description: `From the tasks of ${service.key}`,
        ...https,
      }),
      resource(
        taskEgressToS3(service),
        {
          GroupId: getAtt(taskSecurityGroup(service), 'GroupId'),
          DestinationPrefixListId: iff(hasValue('S3PrefixListId'), param('S3PrefixListId'), noValue),
          CidrIp: iff(hasValue('S3PrefixListId'), noValue, '0.0.0.0/0'),
          Description: 'Image layers, through the S3 gateway endpoint',
          ...https,
        },
        {
          why: 'A gateway endpoint has no group to name. Without a prefix list the range is open, but no route leads out of the VPC.',
        },
      ),
    ),
  )

const toInternet = (service: Service): Entry =>
  resource(
    taskEgressToInternet(service),
    {
      GroupId: getAtt(taskSecurityGroup(service), 'GroupId'),
      IpProtocol: '-1',
      CidrIp: '0.0.0.0/0',
      Description: 'Out through NAT',
    },
    { why: 'The config asks for NAT: these tasks may open connections to the internet.' },
  )
