/**
 * Calls from service to service, through the proxies that ECS puts beside both:
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-concepts-deploy.html
 */
import { type Fragment, fragment } from '../../cfn/fragment.ts'
import { getAtt, type Handle } from '../../cfn/handle.ts'
import type { Running } from '../../model/service/running.ts'
import { ServiceNamespace } from '../handles/cluster.ts'
import { callEgress, callIngress, fargateService } from '../handles/service.ts'
import { taskSecurityGroup } from '../handles/task.ts'
import { between } from '../security-group.ts'
import { logs } from '../task/containers.ts'

/** Both sides of each call: traffic goes from task to task, at the port of the container. */
export const calls = (service: Running): Fragment =>
  fragment(
    ...service.callees.flatMap((callee) =>
      between({
        from: taskSecurityGroup(service),
        to: taskSecurityGroup(callee),
        port: callee.port,
        egress: { rule: callEgress(service, callee), says: `To the tasks of ${callee.key}` },
        ingress: {
          rule: callIngress(service, callee),
          says: `From the tasks of ${service.key}`,
          why: `The config says that ${service.key} reaches ${callee.key}; the calls pass no authorizer.`,
        },
      }),
    ),
  )

/** A task knows only the names that existed when it started, so whoever is called comes first. */
export const readyForCalls = (service: Running): Handle[] =>
  service.callees.flatMap((callee) => [
    callEgress(service, callee),
    callIngress(service, callee),
    fargateService(callee),
  ])

export const serviceConnect = (service: Running) =>
  service.callees.length + service.callers.length === 0
    ? undefined
    : {
        Enabled: true,
        Namespace: getAtt(ServiceNamespace, 'Arn'),
        Services:
          service.port === undefined || service.offers === undefined
            ? undefined
            : [
                {
                  PortName: service.key,
                  DiscoveryName: service.key,
                  ClientAliases: [{ DnsName: service.key, Port: service.port }],
                },
              ],
        LogConfiguration: logs(service, 'service-connect'),
      }
