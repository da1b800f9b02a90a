import type { Config } from '../../config/schema/index.ts'
import type { Parameter } from '../parameters/parameter.ts'
import { deploymentStrategy } from '../parameters/service.ts'
import type { Named } from '../parameters/task.ts'

type Written = Config['services'][string]['deployment']

/** How new tasks replace old ones. */
export type Deployment = {
  /** Limits of a rolling deployment. */
  readonly minimumHealthyPercent: number
  readonly maximumPercent: number
  /** Whether alarms roll it back. */
  readonly alarms: boolean
  /** Beyond rolling: the requests move from one target group to another. */
  readonly shift?: Shift
}

export type Shift = {
  readonly kind: 'blue-green' | 'canary' | 'linear'
  /** The kind, or rolling for the deployment that prepares a service which runs already. */
  readonly strategy: Parameter
  readonly bakeMinutes: number
  readonly percent: number
  readonly stepMinutes: number
  /** Where it waits for somebody. */
  readonly pause?: Pause
}

type Pause = NonNullable<Written['pause']>

/** How often the requests move, each time some of them. */
export const shiftsOf = ({ kind, percent }: Pick<Shift, 'kind' | 'percent'>): number =>
  kind === 'blue-green' ? 1 : kind === 'canary' ? 2 : Math.ceil(100 / percent)

export const shifts = ({ deployment }: Config['services'][string]): boolean => deployment.strategy !== 'rolling'

export const deploymentOf = (named: Named, written: Written): Deployment => {
  const { strategy, alarms, minimumHealthyPercent = 100, maximumPercent = 200 } = written
  const { bakeMinutes = 10, stepMinutes = 5, percent = strategy === 'linear' ? 25 : 10 } = written
  return {
    minimumHealthyPercent,
    maximumPercent,
    alarms,
    ...(strategy === 'rolling'
      ? {}
      : {
          shift: {
            kind: strategy,
            strategy: deploymentStrategy(named, strategy),
            bakeMinutes,
            percent,
            stepMinutes,
            ...(written.pause === undefined ? {} : { pause: written.pause }),
          },
        }),
  }
}
