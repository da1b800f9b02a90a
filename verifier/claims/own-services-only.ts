/** Applications that share a load balancer do not reach each other's services. */
import type { Facts } from '../facts/facts.ts'
import type { Answer } from '../facts/identity.ts'
import type { Claim } from '../judge/claim.ts'
import { hop, type Judgement } from '../judge/judgement.ts'
import { quoted } from '../judge/settle.ts'
import { allRead, nothingUnread } from '../obligations/unread.ts'
import { namesStack } from '../relations/fixed-headers.ts'
import { waysOf } from '../relations/forwarding.ts'
import { mayBePartOf } from '../relations/ground.ts'
import { listenerRuleType, listenersOf } from '../relations/load-balancers.ts'
import {
  type OutsideListener,
  outsideListenersBefore,
  reachesBehind,
  rulesForAnybody,
  waysToListener,
} from '../relations/outside-listeners.ts'
import { isCalled } from '../relations/stages.ts'
import { loadBalancersOf, serviceType, standsBehind, targetGroupsOf, taskSetType } from '../relations/tasks.ts'
import { listenersOfWay, unknownWays, type WayIn, waysTo } from '../relations/ways.ts'
import type { Resource } from '../resolve/program.ts'

export const ownServicesOnly: Claim = {
  id: 'own-services-only',
  title: 'No service is reached through two APIs',
  about: 'each service behind a load balancer that two APIs reach, or that is not in the templates',
  text: 'No service is reached through two APIs.',
  targets: [serviceType, taskSetType],
  judge: judgeService,
}

type Way = { readonly loadBalancer: Resource; readonly way: WayIn }

const sharedFlag = ({ id }: Resource): string => `--allow ${quoted(`shared-service:${id}`)}`

const keptApart = (service: Resource): string =>
  `let the integrations of each API overwrite a header that only its own listener rules demand, or declare it: ${sharedFlag(service)}`

/** Only where two APIs come to its load balancer. */
function judgeService(judgement: Judgement, service: Resource): boolean {
  const { facts } = judgement
  const balancers = loadBalancersOf(facts, service)
  const ways = balancers.flatMap((loadBalancer) => waysTo(facts, loadBalancer).map((way) => ({ loadBalancer, way })))
  const apis = [...new Set(ways.map(({ way }) => way.api))]
  if (balancers.length === 0) return judgeBehindOutside(judgement, service)
  if (apis.length < 2) return false
  const answers = apis.map((api) => ({
    api,
    answer: best(ways.filter(({ way }) => way.api === api).map((each) => reaches(facts, each, service))),
  }))
  const reaching = answers.filter(({ answer }) => answer.is === 'yes').map(({ api }) => api)
  const doubts = answers.flatMap(({ api, answer }) => (answer.is === 'maybe' ? [{ api, value: answer.value }] : []))
  const unknown = balancers.flatMap((each) => unknownWays(facts, each))
  if (reaching.length + doubts.length > 1 && judgement.allows('shared-service', service.id)) {
    judgement.reason(`${service.id} may be reached through several APIs, as declared`)
    return true
  }
  const end = hop(facts, service)
  const flag = sharedFlag(service)
  const called = reaching.filter((api) => isCalled(facts, api))
  if (called.length > 1)
    judgement.refute(
      `${names(called)} both reach ${service.id}`,
      [...called, ...balancers].map((each) => hop(facts, each)).concat(end),
      keptApart(service),
    )
  // Somebody else may add the stage or the domain that the templates do not have.
  else if (reaching.length > 1)
    for (const api of reaching.filter((each) => !called.includes(each)))
      judgement.unsettled(
        api.id,
        flag,
        `${names(reaching)} both reach ${service.id}, but whether ${api.id} has a stage that can be called is not known`,
        [hop(facts, api), end],
      )
  for (const { api, value } of reaching.length + doubts.length > 1 ? doubts : [])
    judgement.doubt(value, 'value', `whether ${api.id} reaches ${service.id} is not known`, [hop(facts, api), end])
  for (const value of unknown)
    judgement.doubt(value, 'value', `whether another API reaches ${service.id} is not known`, [end])
  nothingUnread(judgement, [
    service,
    ...targetGroupsOf(facts, service).known,
    ...balancers,
    ...balancers.flatMap((each) => listenersOf(facts, each)),
  ])
  allRead(
    judgement,
    (each, below) => each.type === listenerRuleType || apis.some((api) => mayBePartOf(below, each, api, 'any')),
  )
  // Load balancers compare headers without regard to case, and CloudFormation names with it.
  if (ways.some(({ way }) => namesStack(way.integration.headers)))
    judgement.assume('the names of stacks in one account and region differ in more than case')
  if (!judgement.hasFindings())
    judgement.reason(
      reaching.length === 0
        ? `none of ${names(apis)} reaches ${service.id}`
        : `of ${names(apis)}, only ${names(reaching.length > 0 ? reaching : doubts.map(({ api }) => api))} reaches ${service.id}`,
    )
  return true
}

/** On a load balancer that is not in the templates there may be any number of APIs: only a name that is nobody else's keeps them out. */
function judgeBehindOutside(judgement: Judgement, service: Resource): boolean {
  const { facts } = judgement
  const { known } = targetGroupsOf(facts, service)
  const listeners = outsideListenersBefore(facts, known)
  for (const listener of listeners) {
    const [open] = rulesForAnybody(facts, listener, known)
    const reaching = apisThrough(facts, listener, known)
    if ((open || reaching.length > 1) && judgement.allows('shared-service', service.id))
      judgement.reason(`${service.id} may be reached through several APIs, as declared`)
    else if (reaching.length > 1)
      judgement.refute(
        `${names(reaching)} both reach ${service.id}`,
        [...reaching.map((api) => hop(facts, api)), { node: listener.name }, hop(facts, service)],
        keptApart(service),
      )
    else if (open)
      judgement.unsettled(
        open.id,
        `let ${open.id} demand a header with the name of the stack, which the integrations overwrite, or declare it: ${sharedFlag(service)}`,
        `${open.id} takes requests of every API that leads to ${listener.name}`,
        [{ node: `any API that leads to ${listener.name}` }, hop(facts, open), hop(facts, service)],
      )
    else {
      judgement.assume(
        `every other API that leads to ${listener.name} overwrites the headers that rules demand, as those that Portcullis makes do`,
      )
      judgement.reason(`each rule that leads to ${service.id} demands the name of its own stack in a header`)
    }
  }
  if (listeners.length === 0) return false
  nothingUnread(judgement, [service, ...known])
  allRead(judgement, ({ type }) => type === listenerRuleType)
  return true
}

/** APIs of the templates that can be called, and of which a request certainly comes to one of the target groups. */
const apisThrough = (facts: Facts, listener: OutsideListener, groups: readonly Resource[]): readonly Resource[] => {
  const ways = waysToListener(facts, listener).filter(
    (way) => way.routed.is === 'yes' && reachesBehind(facts, way, listener, groups) === true,
  )
  return [...new Set(ways.map(({ api }) => api))].filter((api) => isCalled(facts, api))
}

const names = (all: readonly Resource[]): string => all.map(({ id }) => id).join(' and ')

/** Whether a request of the API may come to the tasks; what a client may choose, it chooses. */
function reaches(facts: Facts, { loadBalancer, way }: Way, service: Resource): Answer {
  if (way.routed.is === 'no') return way.routed
  const found = listenersOfWay(facts, loadBalancer, way)
    .flatMap((listener) => waysOf(facts, listener, loadBalancer, way.integration.headers).ways)
    .map(({ group, value, condition }): Answer => {
      if (!group) return { is: 'maybe', value }
      const behind = standsBehind(facts, service, group)
      return behind.is === 'yes' && condition ? { is: 'maybe', value: condition } : behind
    })
  const answer = best(found)
  return answer.is === 'yes' && way.routed.is === 'maybe' ? way.routed : answer
}

const best = (answers: readonly Answer[]): Answer =>
  answers.find(({ is }) => is === 'yes') ??
  answers.find(({ is }) => is === 'maybe') ??
  answers.find((each) => each.is === 'no' && each.because === 'by assumption') ?? {
    is: 'no',
    because: 'another resource',
  }
