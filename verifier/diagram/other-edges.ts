/** What else tasks open connections to: each other, AWS services, and what is outside. */
import type { Facts } from '../facts/facts.ts'
import type { Rule } from '../relations/rules.ts'
import { mayBePublic } from '../resolve/cidr.ts'
import { inWords } from '../resolve/words.ts'
import type { Member } from './boxes.ts'
import { byRule, distinct, edgeBetween, portsBetween, rulesOfMember } from './edges.ts'
import { exitsOf, frameOf } from './frames.ts'
import type { Box, Edge } from './picture.ts'

export const internet = 'the internet'

/** Calls between tasks, where the rules of one name the groups of another. */
export const callEdges = (facts: Facts, tasks: readonly Member[], requests: readonly Edge[]): readonly Edge[] =>
  tasks.flatMap((from) =>
    tasks
      .filter(
        (to) => to !== from && !requests.some((edge) => edge.from === from.resource.key && edge.to === to.resource.key),
      )
      .flatMap((to) =>
        portsBetween(facts, from, to)
          .map((port) => edgeBetween(facts, from, to, port))
          .filter(({ kind }) => kind === 'allowed'),
      ),
  )

export const endpointEdges = (
  facts: Facts,
  tasks: readonly Member[],
  endpoints: readonly Member[],
  id: string,
): readonly Edge[] =>
  tasks.flatMap((task) => {
    const open = endpoints.map((each) => edgeBetween(facts, task, each, 443)).find(({ kind }) => kind === 'allowed')
    return open ? [{ ...open, to: id, label: 'tcp/443' }] : []
  })

/** What else tasks open connections to: the internet where routes lead there, and what is named from outside. */
export function outgoing(
  facts: Facts,
  tasks: readonly Member[],
): { readonly boxes: readonly Box[]; readonly edges: readonly Edge[] } {
  const boxes = new Map<string, Box>()
  const edges: Edge[] = []
  for (const task of tasks) {
    const { kinds } = exitsOf(facts, task.subnets)
    const way = kinds.find((kind) => kind === 'nat' || kind === 'internet')
    for (const rule of rulesOfMember(facts, task, 'egress')) {
      const name = nameOfPeer(rule)
      const isInternet = rule.peer.kind === 'range' && mayBePublic(rule.peer.range)
      if (isInternet ? way === undefined : name === undefined) continue
      const box: Box = isInternet
        ? {
            id: internet,
            kind: 'outside',
            title: 'The internet',
            lines: [way === 'nat' ? 'through NAT' : 'through an internet gateway'],
          }
        : {
            id: `outside ${name}`,
            kind: 'outside',
            title: name ?? '',
            lines: ['not in the templates'],
            frame: frameOf(facts, task.subnets),
          }
      boxes.set(box.id, box)
      edges.push({
        from: task.resource.key,
        to: box.id,
        label: rule.traffic,
        kind: 'allowed',
        because: [
          byRule(
            rule,
            `${task.resource.id} may open ${rule.traffic === 'all' ? 'any connection' : rule.traffic} to ${isInternet ? internet : box.title}`,
          ),
        ],
      })
    }
  }
  return { boxes: [...boxes.values()], edges: distinct(edges) }
}

/** A group or range that the templates do not hold; a list of prefixes is one of AWS. */
function nameOfPeer({ peer }: Rule): string | undefined {
  if (peer.kind === 'range') return peer.text
  return peer.kind === 'unknown' && (peer.isGroup || peer.isRange)
    ? inWords(peer.value).replace(/^\$\{(.*)\}$/, '$1')
    : undefined
}
