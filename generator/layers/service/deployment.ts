/** How ECS deploys: in place, or by shifting the requests from one target group to the other. */
import { empty, type Fragment, fragment } from '../../cfn/fragment.ts'
import { getAtt, ref } from '../../cfn/handle.ts'
import { type Condition, equals, iff, param } from '../../cfn/intrinsics.ts'
import type { Shift } from '../../model/service/deployment.ts'
import type { Running } from '../../model/service/running.ts'
import type { Service } from '../../model/service/service.ts'
import {
  alternateTargetGroup,
  connectionAlarm,
  errorAlarm,
  infrastructureRole,
  listenerRule,
  targetGroup,
} from '../handles/service.ts'
import { roleFor } from '../role.ts'

/** `alarms`: names of those that roll it back. */
export const deploymentConfiguration = ({ id, deployment }: Running, alarms: readonly object[] = []) => {
  const { shift, minimumHealthyPercent, maximumPercent } = deployment
  const Alarms = alarms.length > 0 ? { AlarmNames: alarms, Enable: true, Rollback: true } : undefined
  const rolling = {
    Strategy: shift ? 'ROLLING' : undefined,
    MinimumHealthyPercent: minimumHealthyPercent,
    MaximumPercent: maximumPercent,
    DeploymentCircuitBreaker: { Enable: true, Rollback: true },
    Alarms,
  }
  return shift ? iff(shiftsNow(id, shift), { ...shifting(shift), Alarms }, rolling) : rolling
}

const shiftsNow = (id: string, { kind, strategy }: Shift): Condition => ({
  condition: `${id}ShiftsRequests`,
  holds: equals(param(strategy.name), kind),
})

const shifting = ({ kind, bakeMinutes, percent, stepMinutes, pause }: Shift) => {
  const common = { BakeTimeInMinutes: bakeMinutes, LifecycleHooks: pause && [pauseHook(pause)] }
  switch (kind) {
    case 'blue-green':
      return { Strategy: 'BLUE_GREEN', ...common }
    case 'canary':
      return {
        Strategy: 'CANARY',
        ...common,
        CanaryConfiguration: { CanaryPercent: percent, CanaryBakeTimeInMinutes: stepMinutes },
      }
    case 'linear':
      return {
        Strategy: 'LINEAR',
        ...common,
        LinearConfiguration: { StepPercent: percent, StepBakeTimeInMinutes: stepMinutes },
      }
  }
}

const STAGES = { started: 'POST_SCALE_UP', 'each-shift': 'PRE_PRODUCTION_TRAFFIC_SHIFT' }

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/pause-lifecycle-hooks.html */
const pauseHook = ({ at, minutes, then: action }: NonNullable<Shift['pause']>) => ({
  TargetType: 'PAUSE',
  LifecycleStages: [STAGES[at]],
  TimeoutConfiguration: { TimeoutInMinutes: minutes, Action: action === 'go-on' ? 'CONTINUE' : 'ROLLBACK' },
})

/** The rule and the two target groups between which ECS shifts. */
export const shiftBetween = (service: Service) =>
  service.deployment.shift === undefined
    ? undefined
    : {
        AlternateTargetGroupArn: ref(alternateTargetGroup(service)),
        ProductionListenerRule: ref(theRule(service)),
        RoleArn: getAtt(infrastructureRole(service), 'Arn'),
      }

export const alarmsOf = (service: Service): readonly object[] =>
  service.deployment.alarms ? [ref(errorAlarm(service)), ref(connectionAlarm(service))] : []

const theRule = (service: Service) => {
  const [rule] = service.listenerRules
  if (!rule) throw new Error(`${service.key} has no listener rule`)
  return listenerRule(service, rule)
}

/**
 * What ECS may do for the deployments of this service, and for no other:
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/AmazonECSInfrastructureRolePolicyForLoadBalancers.html
 */
export const shiftingRole = (service: Service): Fragment =>
  service.deployment.shift === undefined
    ? empty
    : fragment(
        roleFor(infrastructureRole(service), 'ecs.amazonaws.com', {
          policies: [
            {
              PolicyName: 'shift-requests',
              PolicyDocument: {
                Version: '2012-10-17',
                Statement: [
                  {
                    Sid: 'Look',
                    Effect: 'Allow',
                    Action: [
                      'elasticloadbalancing:DescribeListeners',
                      'elasticloadbalancing:DescribeRules',
                      'elasticloadbalancing:DescribeTargetGroups',
                      'elasticloadbalancing:DescribeTargetHealth',
                    ],
                    Resource: '*',
                  },
                  {
                    Sid: 'MoveWeights',
                    Effect: 'Allow',
                    Action: 'elasticloadbalancing:ModifyRule',
                    Resource: ref(theRule(service)),
                  },
                  {
                    Sid: 'RegisterTasks',
                    Effect: 'Allow',
                    Action: ['elasticloadbalancing:DeregisterTargets', 'elasticloadbalancing:RegisterTargets'],
                    Resource: [ref(targetGroup(service)), ref(alternateTargetGroup(service))],
                  },
                ],
              },
            },
          ],
          why: 'ECS moves the weights of one rule between two target groups; it may touch nothing else.',
        }),
      )
