/** Applications that share a load balancer do not reach each other's services. */
import type { Facts } from '../facts/facts.ts'
import type { Answer } from '../facts/identity.ts'
import type { Claim } from '../judge/claim.ts'
import type { Hop } from '../judge/findings.ts'
import { hop, type Judgement } from '../judge/judgement.ts'
import { quoted } from '../judge/settle.ts'
import { allRead, nothingUnread } from '../obligations/unread.ts'
import { namesStack } from '../relations/fixed-headers.ts'
import { waysOf } from '../relations/forwarding.ts'
import { mayBePartOf } from '../relations/ground.ts'
import { listenerRuleType, listenersOf } from '../relations/load-balancers.ts'
import {
  apisThrough,
  outsideListenersBefore,
  rulesForAnybody,
  rulesOfUnknown,
  type Through,
  unownedThrough,
} from '../relations/outside-listeners.ts'
import { isCalled } from '../relations/stages.ts'
import { loadBalancersOf, serviceType, standsBehind, targetGroupsOf, taskSetType } from '../relations/tasks.ts'
import { listenersOfWay, unknownWays, unreadWays, type WayIn, waysTo } from '../relations/ways.ts'
import type { Resource } from '../resolve/program.ts'
import type { Value } from '../resolve/value.ts'

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
  if (mayBeSeveral(answers) && judgement.allows('shared-service', service.id)) {
    judgement.reason(`${service.id} may be reached through several APIs, as declared`)
    return true
  }
  const reaching = onlyOne(
    judgement,
    service,
    answers,
    balancers.map((each) => hop(facts, each)),
  )
  fromElsewhere(
    judgement,
    service,
    balancers.flatMap((each) => unknownWays(facts, each)),
  )
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
        : `of ${names(apis)}, only ${names(reaching)} reaches ${service.id}`,
    )
  return true
}

/** APIs that may come to the service. */
const coming = (answers: readonly Through[]): readonly Through[] => answers.filter(({ answer }) => answer.is !== 'no')

const mayBeSeveral = (answers: readonly Through[]): boolean => coming(answers).length > 1

/** Refutes where two APIs come to the service, and leaves it open where two may; those that may. */
function onlyOne(
  judgement: Judgement,
  service: Resource,
  answers: readonly Through[],
  between: readonly Hop[],
): readonly Resource[] {
  const { facts } = judgement
  const reaching = answers.filter(({ answer }) => answer.is === 'yes').map(({ api }) => api)
  const all = coming(answers).map(({ api }) => api)
  const end = hop(facts, service)
  const called = reaching.filter((api) => isCalled(facts, api))
  if (called.length > 1)
    judgement.refute(
      `${names(called)} both reach ${service.id}`,
      [...called.map((each) => hop(facts, each)), ...between, end],
      keptApart(service),
    )
  // Somebody else may add the stage or the domain that the templates do not have.
  else if (reaching.length > 1)
    for (const api of reaching.filter((each) => !called.includes(each)))
      judgement.unsettled(
        api.id,
        sharedFlag(service),
        `${names(reaching)} both reach ${service.id}, but whether ${api.id} has a stage that can be called is not known`,
        [hop(facts, api), end],
      )
  for (const { api, answer } of answers)
    if (answer.is === 'no' || all.length > 1)
      judgement.holds(answer, 'value', `whether ${api.id} reaches ${service.id} is not known`, [hop(facts, api), end])
  return all
}

/** Ways of APIs that cannot be read, or that are not in the templates. */
function fromElsewhere(judgement: Judgement, service: Resource, ways: readonly Value[]): void {
  const because = `whether another API reaches ${service.id} is not known`
  const end = [hop(judgement.facts, service)]
  for (const value of unreadWays(judgement.facts)) judgement.doubt(value, 'opens', because, end)
  for (const value of ways) judgement.doubt(value, 'value', because, end)
}

/** On a load balancer that is not in the templates there may be any number of APIs: only a name that is nobody else's keeps them out. */
function judgeBehindOutside(judgement: Judgement, service: Resource): boolean {
  const { facts } = judgement
  const { known } = targetGroupsOf(facts, service)
  const end = hop(facts, service)
  const listeners = outsideListenersBefore(facts, known)
  const strange = rulesOfUnknown(facts, known)
  for (const rule of strange)
    judgement.doubt(
      facts.get(rule, 'ListenerArn'),
      'value',
      `on which listener ${rule.id} leads to ${service.id} is not known`,
      [hop(facts, rule), end],
    )
  for (const listener of listeners) {
    const [open] = rulesForAnybody(facts, listener, known)
    const answers = apisThrough(facts, listener, known)
    if ((open || mayBeSeveral(answers)) && judgement.allows('shared-service', service.id)) {
      judgement.reason(`${service.id} may be reached through several APIs, as declared`)
      continue
    }
    onlyOne(judgement, service, answers, [{ node: listener.name }])
    fromElsewhere(judgement, service, unownedThrough(facts, listener))
    if (open)
      judgement.unsettled(
        open.id,
        `let ${open.id} demand a header with the name of the stack, which the integrations overwrite, or declare it: ${sharedFlag(service)}`,
        `${open.id} takes requests of every API that leads to ${listener.name}`,
        [{ node: `any API that leads to ${listener.name}` }, hop(facts, open), end],
      )
    else {
      judgement.assume(
        `every other API that leads to ${listener.name} overwrites the headers that rules demand, as those that Portcullis makes do`,
      )
      judgement.reason(`each rule that leads to ${service.id} demands the name of its own stack in a header`)
    }
  }
  if (listeners.length + strange.length === 0) return false
  nothingUnread(judgement, [service, ...known])
  allRead(judgement, ({ type }) => type === listenerRuleType)
  return true
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
