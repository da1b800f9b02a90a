import type { Config } from '../../config/schema/index.ts'

type Written = Config['services'][string]['scale']

/** How the number of tasks changes. Its limits are parameters, those of the schedule are not. */
export type Scale = {
  readonly cpu: number
  readonly memory?: number
  readonly requestsPerTarget?: number
  readonly cooldownSeconds: { readonly in?: number; readonly out?: number }
  readonly schedule: Written['schedule']
}

export const scaleOf = ({ cpu, memory, requestsPerTarget, cooldownSeconds, schedule }: Written): Scale => ({
  cpu,
  ...(memory === undefined ? {} : { memory }),
  ...(requestsPerTarget === undefined ? {} : { requestsPerTarget }),
  cooldownSeconds: {
    ...(cooldownSeconds?.in === undefined ? {} : { in: cooldownSeconds.in }),
    ...(cooldownSeconds?.out === undefined ? {} : { out: cooldownSeconds.out }),
  },
  schedule,
})
