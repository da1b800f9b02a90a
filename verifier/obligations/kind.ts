/** What kind of load balancer it is; gateway load balancers carry no requests. */
import type { Judgement } from '../judge/judgement.ts'
import { kindOf } from '../relations/load-balancers.ts'
import type { Resource } from '../resolve/program.ts'

export function isApplicationLike(judgement: Judgement, target: Resource): boolean {
  const kind = kindOf(judgement.facts, target)
  if ('known' in kind) return kind.known !== 'gateway'
  judgement.doubt(kind.unknown, 'value', `the load balancer type of ${target.id} is not known`)
  return true
}
