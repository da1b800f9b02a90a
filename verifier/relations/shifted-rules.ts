/** Rules whose weights ECS shifts while it deploys a service. */
import type { Facts } from '../facts/facts.ts'
import { isIt, resourceOf } from '../facts/identity.ts'
import type { Resource } from '../resolve/program.ts'
import { entry, isAbsent, itemsOf, piecesOf } from '../resolve/value.ts'
import { actionsOf, listenerRuleType } from './load-balancers.ts'
import { serviceType, targetGroupsOf } from './tasks.ts'

/**
 * Whether a service names the rule and the role together, and the rule leads to nothing but target groups of that
 * service: then ECS moves requests between the tasks of one service, and nowhere else.
 */
export const isShiftedWith = (facts: Facts, rule: Resource, role: Resource): boolean =>
  facts.candidates(serviceType).some(
    (service) =>
      facts.exists(service) &&
      piecesOf(facts.get(service, 'LoadBalancers')).some((item) => {
        const shift = item.kind === 'map' ? entry(item, 'AdvancedConfiguration') : undefined
        return (
          shift !== undefined &&
          !isAbsent(shift) &&
          resourceOf(facts, entry(shift, 'ProductionListenerRule'), listenerRuleType) === rule &&
          isIt(facts, entry(shift, 'RoleArn'), role.key).is === 'yes'
        )
      }) &&
      leadsOnlyTo(facts, rule, service),
  )

function leadsOnlyTo(facts: Facts, rule: Resource, service: Resource): boolean {
  const { known, others } = targetGroupsOf(facts, service)
  const forwards = actionsOf(facts, rule, 'Actions')
  return (
    others.length === 0 &&
    itemsOf(facts.get(rule, 'Actions')) !== undefined &&
    forwards.length > 0 &&
    forwards.every(({ group }) => group !== undefined && known.includes(group))
  )
}
