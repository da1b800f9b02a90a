/** Alarms that roll a deployment back: what only the load balancer sees of the service, over all its target groups. */
import { empty, type Fragment, fragment } from '../../cfn/fragment.ts'
import { getAtt, type Handle } from '../../cfn/handle.ts'
import { type Entry, resource } from '../../cfn/resource.ts'
import type { Intrinsic } from '../../cfn/value.ts'
import type { LoadBalancer } from '../../model/load-balancer/load-balancer.ts'
import type { Service } from '../../model/service/service.ts'
import { alternateTargetGroup, connectionAlarm, errorAlarm, targetGroup } from '../handles/service.ts'
import { fullName } from '../load-balancer/full-name.ts'

/** Below it a single error would be a rate. */
const FEWEST_REQUESTS = 20
const PERCENT_OF_ERRORS = 5
const FAILED_CONNECTIONS = 10

export const deploymentAlarms = (service: Service, loadBalancer: LoadBalancer): Fragment =>
  service.deployment.alarms
    ? fragment(
        alarm(errorAlarm(service), {
          what: `More than ${PERCENT_OF_ERRORS} % of the answers of ${service.key} are errors (5xx); a deployment is rolled back`,
          threshold: PERCENT_OF_ERRORS,
          metrics: [
            ...sums(service, loadBalancer, 'errors', 'HTTPCode_Target_5XX_Count'),
            ...sums(service, loadBalancer, 'requests', 'RequestCount'),
            {
              Id: 'rate',
              Expression: `IF(${sum(service, 'requests')} > ${FEWEST_REQUESTS}, 100 * ${sum(service, 'errors')} / ${sum(service, 'requests')}, 0)`,
              Label: 'Errors in per cent of the requests',
              ReturnData: true,
            },
          ],
        }),
        alarm(connectionAlarm(service), {
          what: `The load balancer cannot connect to tasks of ${service.key}; a deployment is rolled back`,
          threshold: FAILED_CONNECTIONS,
          metrics: [
            ...sums(service, loadBalancer, 'failed', 'TargetConnectionErrorCount'),
            { Id: 'failures', Expression: sum(service, 'failed'), Label: 'Failed connections', ReturnData: true },
          ],
        }),
      )
    : empty

const groupsOf = (service: Service) => [
  targetGroup(service),
  ...(service.deployment.shift === undefined ? [] : [alternateTargetGroup(service)]),
]

const sums = (service: Service, loadBalancer: LoadBalancer, name: string, MetricName: string): object[] =>
  groupsOf(service).map((group, index) => ({
    Id: `${name}${index + 1}`,
    MetricStat: {
      Metric: {
        Namespace: 'AWS/ApplicationELB',
        MetricName,
        Dimensions: dimensions({
          LoadBalancer: fullName(loadBalancer),
          TargetGroup: getAtt(group, 'TargetGroupFullName'),
        }),
      },
      Period: 60,
      Stat: 'Sum',
    },
    ReturnData: false,
  }))

const dimensions = (values: Readonly<Record<string, Intrinsic>>): object[] =>
  Object.entries(values).map(([Name, Value]) => ({ Name, Value }))

/** A group without requests has no data. */
const sum = (service: Service, name: string): string =>
  `(${groupsOf(service)
    .map((_, index) => `FILL(${name}${index + 1}, 0)`)
    .join(' + ')})`

type Alarm = { readonly what: string; readonly threshold: number; readonly metrics: readonly object[] }

const alarm = (target: Handle<'AWS::CloudWatch::Alarm'>, { what, threshold, metrics }: Alarm): Entry =>
  resource(target, {
    AlarmDescription: what,
    ComparisonOperator: 'GreaterThanThreshold',
    Threshold: threshold,
    EvaluationPeriods: 3,
    DatapointsToAlarm: 2,
    TreatMissingData: 'notBreaching',
    Metrics: metrics as never,
  })
