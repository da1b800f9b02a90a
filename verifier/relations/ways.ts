/** Ways from an API through a VPC link to a load balancer. */
import type { Facts } from '../facts/facts.ts'
import { type Answer, isIt, resourceOf } from '../facts/identity.ts'
import { atomsOf } from '../resolve/atoms.ts'
import { mayName } from '../resolve/names.ts'
import type { Place, Resource } from '../resolve/program.ts'
import { isOpen, type Value } from '../resolve/value.ts'
import {
  apiOf,
  apiOfPart,
  apiTypes,
  belongsTo,
  definedIn,
  httpApiType,
  integrationOf,
  integrationType,
  isPrivate,
  leadsToIntegration,
  methodType,
  ownerValue,
  routeSources,
  unreadOfApi,
} from './apis.ts'
import { linkIn } from './links.ts'
import { balancersAt, listenersAt } from './listeners.ts'
import {
  forwardsOf,
  isListenerOf,
  listenersOf,
  loadBalancerOf,
  loadBalancerType,
  targetsOfGroup,
} from './load-balancers.ts'
import type { Api, Integration } from './route.ts'
import { registriesOf, registryType, serviceType } from './tasks.ts'

export type WayIn = {
  readonly api: Resource
  readonly integration: Integration
  readonly link: Resource | undefined
  readonly listener: Resource | undefined
  /** Why the listener is not known, where the load balancer is. */
  readonly unknownListener: Value | undefined
  /** A load balancer in between. */
  readonly through: Resource | undefined
  readonly routed: Answer
}

/** Ways that certainly lead to the load balancer, or to one that forwards to it. */
export function waysTo(facts: Facts, loadBalancer: Resource): readonly WayIn[] {
  const before = facts
    .candidates(loadBalancerType)
    .filter((each) => each !== loadBalancer && forwardsToBalancer(facts, each, loadBalancer) && facts.exists(each))
  return [loadBalancer, ...before].flatMap((first) =>
    facts.once(allIntegrations).flatMap(({ api, integration }): WayIn[] => {
      const { known, value } = listenersAt(facts, integration)
      const listener = known.find((each) => loadBalancerOf(facts, each) === first)
      if (!listener && !balancersAt(facts, integration).includes(first)) return []
      return [
        {
          api: api.resource,
          integration,
          link: linkIn(facts, integration.link),
          listener,
          unknownListener: listener || integration.port === undefined ? undefined : value,
          through: first === loadBalancer ? undefined : first,
          routed: isRouted(facts, api, integration),
        },
      ]
    }),
  )
}

/** Ways as far as a listener that is not in the templates, told by what the integration names. */
export const waysToOutside = (facts: Facts, isThere: (target: Value) => boolean): readonly WayIn[] =>
  facts
    .once(allIntegrations)
    .filter(({ integration }) => isThere(integration.target))
    .map(({ api, integration }) => ({
      api: api.resource,
      integration,
      link: linkIn(facts, integration.link),
      listener: undefined,
      unknownListener: undefined,
      through: undefined,
      routed: isRouted(facts, api, integration),
    }))

/** Where a way comes to the load balancer. */
export const listenersOfWay = (facts: Facts, loadBalancer: Resource, way: WayIn): readonly Resource[] =>
  way.through || !way.listener ? listenersOf(facts, loadBalancer) : [way.listener]

/** A target group whose targets are another load balancer. */
export function forwardsToBalancer(facts: Facts, front: Resource, behind: Resource): boolean {
  const { names } = facts.around
  if (
    !facts.candidates('AWS::ElasticLoadBalancingV2::TargetGroup').some((group) => mayName(names, group.key, behind.key))
  )
    return false
  return listenersOf(facts, front).some((listener) =>
    forwardsOf(facts, listener).some(
      ({ group }) => group && targetsOfGroup(facts, group).some((value) => isIt(facts, value, behind.key).is === 'yes'),
    ),
  )
}

/** What a link of the second generation is called that no template makes: one thing from outside. */
export const outsideLink = ({ api, integration: { link } }: Pick<WayIn, 'api' | 'integration'>): string | undefined => {
  if (api.type !== httpApiType) return undefined
  const [only, ...more] = link.kind === 'outside' || link.kind === 'text' ? atomsOf(link, false) : []
  return more.length === 0 ? only?.name : undefined
}

/** Those through which APIs of the templates send requests, in this world. */
export const outsideLinks = (facts: Facts): readonly string[] => [
  ...new Set(
    facts
      .once(allIntegrations)
      .flatMap(({ api, integration }) => outsideLink({ api: api.resource, integration }) ?? []),
  ),
]

/** What may lead anywhere, as nobody has read it: documents and parts of APIs. */
export const unreadWays = (facts: Facts): readonly Value[] =>
  facts
    .all(...apiTypes)
    .map(apiOf)
    .flatMap((api) => [...unreadOfApi(facts, api), ...definedIn(facts, api).unread])

/** Values that may lead to the load balancer, for all that is known, beside what is unread. */
export function unknownWays(facts: Facts, loadBalancer: Resource): Value[] {
  const targets = facts.once(allIntegrations).map(({ integration }) => integration.target)
  const ends = [loadBalancer, ...listenersOf(facts, loadBalancer)]
  return [
    ...fixedTargets(facts, loadBalancer),
    ...unownedIntegrations(facts, loadBalancer),
    ...unownedListeners(facts, loadBalancer),
    ...targets.filter((value) => isOpen(value) && ends.some(({ key }) => isIt(facts, value, key).is === 'maybe')),
    ...targets.filter(
      (value) => value.kind === 'outside' || (value.kind === 'any' && value.taint !== 'all' && value.taint.size === 0),
    ),
  ]
}

/** Listeners to which integrations lead, and that are perhaps its own. */
function unownedListeners(facts: Facts, loadBalancer: Resource): Value[] {
  return facts.once(allIntegrations).flatMap(({ integration }) =>
    listenersAt(facts, integration).known.flatMap((listener) => {
      const answer = isListenerOf(facts, listener, loadBalancer)
      return answer.is === 'maybe' || (answer.is === 'no' && answer.because === 'by assumption') ? [answer.value] : []
    }),
  )
}

/** Integrations that lead to it, of an API that is not one of the templates for certain. */
const unownedIntegrations = (facts: Facts, loadBalancer: Resource): Value[] =>
  unowned(facts)
    .filter(({ integration }) => {
      const { known } = listenersAt(facts, integration)
      return (
        known.some((listener) => loadBalancerOf(facts, listener) === loadBalancer) ||
        balancersAt(facts, integration).includes(loadBalancer)
      )
    })
    .map(({ owner }) => owner)

type Unowned = { readonly integration: Integration; readonly owner: Value }

/** Integrations through a link of which nobody knows whether an API of the templates has them. */
export const unowned = (facts: Facts): readonly Unowned[] =>
  facts
    .candidates(integrationType, methodType)
    .filter((part) => isPrivate(facts, part) && !apiOfPart(facts, part) && facts.exists(part))
    .map((part) => ({ integration: integrationOf(facts, part), owner: ownerValue(facts, part) }))

/** Addresses that another load balancer sends to, which may be those of this one. */
function fixedTargets(facts: Facts, loadBalancer: Resource): Value[] {
  return facts.once(allIntegrations).flatMap(({ integration }) =>
    [
      ...balancersAt(facts, integration),
      ...listenersAt(facts, integration).known.flatMap((each) => loadBalancerOf(facts, each) ?? []),
    ]
      .filter((each) => each !== loadBalancer)
      .flatMap((each) => listenersOf(facts, each))
      .flatMap((listener) => forwardsOf(facts, listener))
      .flatMap(({ group }) => (group ? targetsOfGroup(facts, group) : []))
      .filter((value) => value.kind === 'text' || isOpen(value)),
  )
}

type Owned = { readonly api: Api; readonly integration: Integration }

/** Integrations through a link, with their APIs, in this world. */
export const linkedIntegrations = (facts: Facts): readonly Owned[] => facts.once(allIntegrations)

function allIntegrations(facts: Facts): readonly Owned[] {
  const apis = facts.candidates(...apiTypes)
  const parts = facts
    .candidates(integrationType, methodType)
    .filter((part) => isPrivate(facts, part))
    .flatMap((part) => {
      const owner = apis.find((api) => belongsTo(facts, part, apiOf(api)).is === 'yes')
      return owner && facts.exists(part) ? [{ api: apiOf(owner), integration: integrationOf(facts, part) }] : []
    })
  const bodies = apis
    .filter((api) => facts.exists(api))
    .flatMap((api) =>
      definedIn(facts, apiOf(api)).integrations.map((integration) => ({ api: apiOf(api), integration })),
    )
  return [...parts, ...bodies]
}

/** Resources of the templates that bring the integration to the API: its routes, or a method itself. */
export function routesBehind(facts: Facts, resource: Resource, integration: Integration): readonly Resource[] {
  const api = apiOf(resource)
  if (integration.resource?.type === methodType) return [integration.resource]
  return routeSources(facts, api).filter(
    (route) =>
      leadsToIntegration(facts, route, integration).is === 'yes' &&
      belongsTo(facts, route, api).is === 'yes' &&
      facts.exists(route),
  )
}

function isRouted(facts: Facts, api: Api, integration: Integration): Answer {
  const yes: Answer = { is: 'yes', because: 'the same resource' }
  if (api.kind === 'rest') return yes
  if (definedIn(facts, api).routes.some(({ leadsTo }) => leadsTo === integration.name)) return yes
  let maybe: Answer | undefined
  for (const route of routeSources(facts, api)) {
    const owner = belongsTo(facts, route, api)
    const leads = leadsToIntegration(facts, route, integration)
    if (leads.is === 'maybe' && owner.is !== 'no' && facts.exists(route)) maybe = leads
    if (leads.is !== 'yes') continue
    if (owner.is === 'no' && owner.because === 'by assumption') maybe ??= { is: 'maybe', value: owner.value }
    if (owner.is === 'yes' && facts.exists(route)) return yes
    if (owner.is === 'maybe') maybe = owner
  }
  const [unread] = [...unreadOfApi(facts, api), ...definedIn(facts, api).unread]
  return maybe ?? (unread ? { is: 'maybe', value: unread } : { is: 'no', because: 'another resource' })
}

/** Ways to the tasks of a service that the link finds by their name, without a load balancer. */
export function waysByName(facts: Facts, service: Resource): readonly WayIn[] {
  const registries = registriesOf(facts, service)
  if (registries.length === 0) return []
  return facts.once(allIntegrations).flatMap(({ api, integration }): WayIn[] => {
    const found = resourceOf(facts, integration.target, registryType)
    if (!found || !registries.includes(found)) return []
    return [
      {
        api: api.resource,
        integration,
        link: linkIn(facts, integration.link),
        listener: undefined,
        unknownListener: undefined,
        through: undefined,
        routed: isRouted(facts, api, integration),
      },
    ]
  })
}

export type Stray = { readonly name: string; readonly place: Place; readonly value: Value }

/** Integrations of an API whose end is not in the templates. */
export function strayIntegrations(facts: Facts, api: Resource): readonly Stray[] {
  const own = facts.once(allIntegrations).filter((each) => each.api.resource === api)
  return own
    .filter(
      ({ integration }) =>
        listenersAt(facts, integration).known.length === 0 &&
        balancersAt(facts, integration).length === 0 &&
        !isRegistered(facts, integration),
    )
    .map(({ integration: { name, place, target } }) => ({ name, place, value: target }))
}

const isRegistered = (facts: Facts, { target }: Integration): boolean => {
  const registry = resourceOf(facts, target, registryType)
  return (
    registry !== undefined &&
    facts.candidates(serviceType).some((service) => registriesOf(facts, service).includes(registry))
  )
}
