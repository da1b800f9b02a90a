/** Whatever is not understood, and gets hold of something protected, leaves the answer open. */
import type { Facts } from '../facts/facts.ts'
import { hop, type Judgement } from '../judge/judgement.ts'
import type { Group } from '../relations/groups.ts'
import { isKnownProgram } from '../relations/programs.ts'
import { perhapsUnread, strangersTo, unreadIn, unreadOf } from '../relations/unread.ts'
import type { Resource } from '../resolve/program.ts'

/** `guarded` and `groups`: what must not be acted on, and what must be what it says. */
export function nothingUnread(judgement: Judgement, guarded: readonly Resource[], groups: readonly Group[] = []): void {
  propertiesRead(judgement, [...guarded, ...groups.flatMap(({ resource, isDefault }) => (isDefault ? [] : [resource]))])
  const keys = new Map([
    ...guarded.map((each) => [each.key, each] as const),
    ...groups.map(({ key, resource }) => [key, resource] as const),
  ])
  namedByNone(judgement, keys)
}

/** Whether nothing that is not understood names one of these. */
export const strangers = (judgement: Judgement, things: readonly Resource[]): void =>
  namedByNone(judgement, new Map(things.map((each) => [each.key, each])))

function namedByNone(judgement: Judgement, keys: ReadonlyMap<string, Resource>): void {
  judgement.each(strangersTo(judgement.facts, [...keys.keys()]), (each, resource) => {
    const { facts } = each
    if (keys.has(resource.key) || !facts.exists(resource) || isKnownProgram(facts, resource)) return
    const unread = unreadIn(facts, resource, keys)
    if (unread?.kind !== 'resource') return
    const because = `${resource.id} (${resource.type}) names ${unread.of.id}, and what it does with it is not known here`
    each.gap(resource.id, 'opens', because, [hop(facts, resource, `names ${unread.of.id}`), hop(facts, unread.of)])
  })
}

/** Whether they are what the properties say that the model reads. */
export function propertiesRead(judgement: Judgement, guarded: readonly Resource[]): void {
  const asked = new Set(guarded)
  allRead(judgement, (each) => asked.has(each))
}

/** The same of all that a claim rests on without looking at each: networks that everything stands in, parts of an API. */
export function allRead(judgement: Judgement, isAsked: (resource: Resource, facts: Facts) => boolean): void {
  const open = perhapsUnread(judgement.facts).filter((each) => isAsked(each, judgement.facts))
  judgement.each(open, (each, resource) => {
    const { facts } = each
    if (!facts.exists(resource)) return
    const unread = unreadOf(facts, resource)
    if (unread?.kind === 'property')
      each.gap(resource.id, 'opens', `what ${unread.path} of ${resource.id} does is not known here`, [
        hop(facts, resource, unread.path),
      ])
  })
}
