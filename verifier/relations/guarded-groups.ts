/** Groups of load balancers, tasks and VPC links. What names none has the default group. */
import type { Facts } from '../facts/facts.ts'
import { groupsOfLink, linksOf } from './links.ts'
import { groupsOf, hasNoGroup, isNetwork, loadBalancerType } from './load-balancers.ts'
import { runsTasks, taskGroups, taskTypes } from './tasks.ts'

export function guardedGroups(facts: Facts): ReadonlySet<string> {
  const carried = [
    ...facts
      .all(loadBalancerType)
      .filter((each) => !(isNetwork(facts, each) && hasNoGroup(facts, each)))
      .map((each) => groupsOf(facts, each)),
    ...facts
      .all(...taskTypes)
      .filter((each) => runsTasks(facts, each))
      .map((each) => taskGroups(facts, each)),
    ...linksOf(facts)
      .filter((each) => facts.exists(each))
      .map((each) => groupsOfLink(facts, each)),
  ]
  return new Set(carried.flatMap(({ known }) => known.map(({ key }) => key)))
}
