import type { Config } from '../../config/schema/index.ts'

/** A health check inside the container. */
export type ContainerCheck = {
  readonly command: readonly string[]
  readonly intervalSeconds: number
  readonly timeoutSeconds: number
  readonly retries: number
  readonly startPeriodSeconds: number
}

/** ECS takes no longer one; the grace period of the service covers this check too, for as long as it lasts. */
const LONGEST_START_PERIOD = 300

/** With the times of the check from outside. */
export const containerCheckOf = (health: Config['services'][string]['health']): ContainerCheck | undefined =>
  health.command === undefined
    ? undefined
    : {
        command: health.command,
        intervalSeconds: health.intervalSeconds,
        timeoutSeconds: health.timeoutSeconds,
        retries: health.unhealthyThreshold,
        startPeriodSeconds: Math.min(health.gracePeriodSeconds, LONGEST_START_PERIOD),
      }
