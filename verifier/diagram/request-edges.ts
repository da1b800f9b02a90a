/** Over which hops requests come: API, link, load balancer, tasks. */
import type { Facts } from '../facts/facts.ts'
import { isSameOutside, resourceOf } from '../facts/identity.ts'
import { linkIn } from '../relations/links.ts'
import { listenersAt, nameOfProtocol } from '../relations/listeners.ts'
import {
  actionsOf,
  forwardsOf,
  listenerRuleType,
  listenersOf,
  loadBalancerType,
  portOf,
  targetsOfGroup,
} from '../relations/load-balancers.ts'
import type { Integration } from '../relations/route.ts'
import { containerPorts, registeredPorts, servicesBehind, serviceType } from '../relations/tasks.ts'
import { linkedIntegrations, waysByName, waysTo } from '../relations/ways.ts'
import type { Resource } from '../resolve/program.ts'
import { integerOf, keyOf } from '../resolve/value.ts'
import { nameOfOutside } from '../resolve/words.ts'
import type { Member } from './boxes.ts'
import { distinct, edgeBetween } from './edges.ts'
import { frameOf } from './frames.ts'
import type { Box, Edge, Reason } from './picture.ts'

export function requestEdges(
  facts: Facts,
  sides: readonly Member[],
  balancers: readonly Member[],
  tasks: readonly Member[],
): readonly Edge[] {
  const memberOf = (key: string | undefined): Member | undefined =>
    [...sides, ...tasks].find(({ resource }) => resource.key === key)
  const found: Edge[] = []
  for (const balancer of balancers) {
    for (const { api, integration, link, listener, through } of waysTo(facts, balancer.resource)) {
      if (through) continue
      const from = memberOf(link?.key)
      if (!from) {
        const because = [ofIntegration(integration, 'sends requests through a VPC link that is not in the templates')]
        found.push({ from: api.key, to: balancer.resource.key, label: 'a VPC link', kind: 'allowed', because })
        continue
      }
      found.push(integrationEdge(api, integration, from))
      const because = listener
        ? [at(facts, listener, `listens on ${nameOfProtocol(facts, listener)} :${portOf(facts, listener) ?? '?'}`)]
        : []
      found.push(edgeBetween(facts, from, balancer, listener && portOf(facts, listener), because))
    }
    for (const listener of listenersOf(facts, balancer.resource)) {
      const forwards = forwardsOf(facts, listener).filter(({ isIdle }) => !isIdle)
      for (const group of new Set(forwards.flatMap((each) => each.group ?? []))) {
        const because = forwards
          .filter((each) => each.group === group)
          .map(({ by }) => at(facts, by, `forwards to ${group.id}`))
        for (const service of servicesBehind(facts, group)) {
          const to = memberOf(service.key)
          const all = [...because, at(facts, group, `has the tasks of ${service.id} as targets`)]
          for (const port of to ? containerPorts(facts, service, group) : [])
            if (to) found.push(edgeBetween(facts, balancer, to, port, all))
        }
        for (const value of targetsOfGroup(facts, group)) {
          const to = memberOf(resourceOf(facts, value, loadBalancerType)?.key)
          if (!to || to === balancer) continue
          const all = [...because, at(facts, group, `has ${to.resource.id} as a target`)]
          found.push(edgeBetween(facts, balancer, to, integerOf(facts.get(group, 'Port')), all))
        }
      }
    }
  }
  for (const task of tasks)
    if (task.resource.type === serviceType)
      for (const { api, integration, link } of waysByName(facts, task.resource)) {
        const from = memberOf(link?.key)
        if (!from) continue
        found.push(integrationEdge(api, integration, from))
        for (const port of registeredPorts(facts, task.resource)) found.push(edgeBetween(facts, from, task, port))
      }
  return distinct(found)
}

const at = (facts: Facts, resource: Resource, does: string): Reason => ({
  says: `${resource.id} ${does}`,
  ...facts.place(resource),
})

const ofIntegration = ({ name, place }: Integration, does: string): Reason => ({ says: `${name} ${does}`, ...place })

const integrationEdge = (api: Resource, integration: Integration, link: Member): Edge => ({
  from: api.key,
  to: link.resource.key,
  label: 'integration',
  kind: 'allowed',
  because: [ofIntegration(integration, `sends requests through ${link.resource.id}`)],
})

/** Listeners that the templates do not hold, between their links and the tasks behind their rules. */
export function listenersElsewhere(
  facts: Facts,
  links: readonly Member[],
  tasks: readonly Member[],
): { readonly boxes: readonly Box[]; readonly edges: readonly Edge[] } {
  const boxes = new Map<string, Box>()
  const edges: Edge[] = []
  for (const { api, integration } of linkedIntegrations(facts)) {
    const { target } = integration
    const link = links.find(({ resource }) => resource === linkIn(facts, integration.link))
    const rules = facts
      .all(listenerRuleType)
      .filter((rule) => isSameOutside(facts.get(rule, 'ListenerArn'), target) === 'yes')
    if (!link || rules.length === 0 || listenersAt(facts, integration).known.length > 0) continue
    const id = `outside ${keyOf(target)}`
    boxes.set(id, {
      id,
      kind: 'balancer',
      title: nameOfOutside(target),
      lines: ['a listener that is not in the templates'],
      frame: frameOf(facts, link.subnets),
    })
    edges.push(integrationEdge(api.resource, integration, link))
    edges.push({
      from: link.resource.key,
      to: id,
      label: '',
      kind: 'allowed',
      because: [ofIntegration(integration, `names ${nameOfOutside(target)}`)],
    })
    for (const { by, group, isIdle } of rules.flatMap((rule) => actionsOf(facts, rule, 'Actions')))
      for (const service of group && !isIdle ? servicesBehind(facts, group) : [])
        if (tasks.some(({ resource }) => resource === service))
          for (const port of group ? containerPorts(facts, service, group) : [])
            edges.push({
              from: id,
              to: service.key,
              label: `tcp/${port ?? '?'}`,
              kind: 'allowed',
              because: [at(facts, by, `forwards to ${group?.id}`)],
            })
  }
  return { boxes: [...boxes.values()], edges: distinct(edges) }
}
