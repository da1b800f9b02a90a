import type { Config } from '../../config/schema/index.ts'

type Written = Config['services'][string]['health']

export type Health = Omit<Written, 'command'> & { readonly inContainer?: ContainerCheck }

/** The check inside the container, with the times of the one from outside. */
export type ContainerCheck = {
  readonly command: readonly string[]
  readonly startPeriodSeconds: number
}

/** ECS takes no longer one; the grace period of the service covers this check too, for as long as it lasts. */
const LONGEST_START_PERIOD = 300

export const healthOf = ({ command, ...health }: Written): Health => ({
  ...health,
  ...(command === undefined
    ? {}
    : {
        inContainer: { command, startPeriodSeconds: Math.min(health.gracePeriodSeconds, LONGEST_START_PERIOD) },
      }),
})
