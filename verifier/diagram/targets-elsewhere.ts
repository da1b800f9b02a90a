/** Targets that somebody else registers, as the command line says of their target groups. */
import type { Facts } from '../facts/facts.ts'
import { forwardsOf, listenersOf } from '../relations/load-balancers.ts'
import { integerOf } from '../resolve/value.ts'
import type { Member } from './boxes.ts'
import { frameOf } from './frames.ts'
import type { Box, Edge } from './picture.ts'

/** Each group that is declared so is a box behind its load balancer. */
export function targetsElsewhere(
  facts: Facts,
  balancers: readonly Member[],
): { readonly boxes: readonly Box[]; readonly edges: readonly Edge[] } {
  const found = balancers.flatMap(({ resource, subnets }) =>
    listenersOf(facts, resource)
      .flatMap((listener) => forwardsOf(facts, listener))
      .flatMap(({ by, group, isIdle }) =>
        group && !isIdle && isDeclared(facts, group.id) ? [{ resource, subnets, by, group }] : [],
      ),
  )
  const groups = new Map(found.map((each) => [each.group.key, each]))
  return {
    boxes: [...groups.values()].map(({ group, subnets }) => ({
      id: group.key,
      kind: 'service',
      title: group.id,
      lines: ['targets that somebody else registers'],
      place: facts.place(group),
      frame: frameOf(facts, subnets),
    })),
    edges: [...groups.values()].map(({ resource, group }) => ({
      from: resource.key,
      to: group.key,
      label: `tcp/${integerOf(facts.get(group, 'Port')) ?? '?'}`,
      kind: 'allowed',
      because: [
        ...found
          .filter((each) => each.group === group && each.resource === resource)
          .map(({ by }) => ({ says: `${by.id} forwards to ${group.id}`, ...facts.place(by) })),
        { says: `${group.id} has targets that are registered from elsewhere, as declared`, ...facts.place(group) },
      ],
    })),
  }
}

const isDeclared = ({ around: { assumed } }: Facts, id: string): boolean =>
  assumed.get(`${id}.targets`)?.includes('elsewhere') === true
