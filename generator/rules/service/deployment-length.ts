import { type Shift, shiftsOf } from '../../model/service/deployment.ts'
import type { Finding, Rule } from '../rule.ts'

const HOUR = 60
/** Of the 36 that CloudFormation waits, it keeps 3 for what else a deployment takes. */
const MOST = 33 * HOUR

/** Between two steps ECS waits, after the last one it bakes, and a pause may be answered at its last minute. */
const minutesOf = (shift: Shift): number => {
  const { bakeMinutes, stepMinutes, pause } = shift
  const steps = shiftsOf(shift)
  return bakeMinutes + (steps - 1) * stepMinutes + (pause?.minutes ?? 0) * (pause?.at === 'each-shift' ? steps : 1)
}

export const deploymentLength: Rule = {
  id: 'PC464',
  title: 'A deployment that shifts requests takes at most 33 hours',
  why: 'CloudFormation waits 36 hours for a stack, and refuses a service whose deployment would take more than 33',
  docs: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-ecs-service-linearconfiguration.html',
  check: ({ services }) =>
    services.flatMap(({ key, deployment: { shift } }): Finding[] => {
      const minutes = shift === undefined ? 0 : minutesOf(shift)
      return minutes <= MOST
        ? []
        : [
            {
              path: ['services', key, 'deployment'],
              message: `its steps, pauses and bake time take up to ${Math.ceil(minutes / HOUR)} hours`,
              remedy: 'take fewer steps, or shorten stepMinutes, bakeMinutes or pause.minutes',
            },
          ]
    }),
}
