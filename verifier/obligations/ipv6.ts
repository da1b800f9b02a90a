/** What is open where it is not known whether something has an address of IPv6. */
import type { Hop } from '../judge/findings.ts'
import type { Judgement } from '../judge/judgement.ts'
import type { Target } from '../relations/targets.ts'
import type { Value } from '../resolve/value.ts'

/** A load balancer says so itself; of tasks their subnets say it, whose ids say nothing. */
export function perhapsIpv6(
  judgement: Judgement,
  { resource, isTask }: Pick<Target, 'resource' | 'isTask'>,
  value: Value,
  because: string,
  path: readonly Hop[],
): void {
  const doubt = `${because}; whether ${resource.id} has an address of IPv6 is not known`
  if (!isTask) judgement.doubt(value, 'value', doubt, path)
  else
    judgement.unsettled(
      resource.id,
      `give the template that holds the subnets of ${resource.id}, or change the template: no range of IPv6`,
      doubt,
      path,
    )
}
