/** Which of a listener's actions a request through the link can come to. */
import type { Facts } from '../facts/facts.ts'
import { type Answer, isIt } from '../facts/identity.ts'
import { overlaps, parseRange } from '../resolve/cidr.ts'
import type { Resource } from '../resolve/program.ts'
import { at, entry, integerOf, isAbsent, itemsOf, keyOf, piecesOf, textOf, type Value } from '../resolve/value.ts'
import { type FixedHeaders, matchesHeader } from './fixed-headers.ts'
import { unlessWritten } from './known.ts'
import { actionsOf, type Forward, listenerRuleType, subnetsOf } from './load-balancers.ts'
import { rangesOf, vpcOf } from './vpcs.ts'

export type Way = Forward & {
  /** A condition that nobody here can decide. */
  readonly condition?: Value
}

export type Ways = {
  readonly ways: readonly Way[]
  /** A rule answers everything, so that nothing that others add behind it is met. */
  readonly isClosed: boolean
}

/**
 * Forwards of a listener in the order in which its rules are tried; what comes after a rule for everything is never
 * met. https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-rules.html
 */
export function waysOf(
  facts: Facts,
  listener: Resource,
  loadBalancer: Resource,
  headers: FixedHeaders = new Map(),
  methods?: ReadonlySet<string>,
): Ways {
  const isOn = (arn: Value): Answer => isIt(facts, arn, listener.key)
  const { ways, closing } = byRules(facts, isOn, { headers, methods, loadBalancer })
  const doubt = closing.find(({ unknown }) => unknown)?.unknown
  if (closing.some(({ unknown }) => !unknown)) return { ways, isClosed: doubt === undefined }
  const rest = actionsOf(facts, listener, 'DefaultActions').map((forward) => onCondition(forward, doubt))
  return { ways: [...ways, ...rest], isClosed: false }
}

function onCondition(forward: Forward, doubt: Value | undefined): Way {
  const condition = doubt ?? forward.unless
  return condition ? { ...forward, condition } : forward
}

/** Forwards by the rules that the templates write on a listener from outside. */
export const waysOnOutside = (
  facts: Facts,
  isOn: (arn: Value) => Answer,
  headers: FixedHeaders,
  methods?: ReadonlySet<string>,
): readonly Way[] => byRules(facts, isOn, { headers, methods, loadBalancer: undefined }).ways

type ByRules = { readonly ways: readonly Way[]; readonly closing: readonly Tried[] }

/** Forwards by rules, and the rules that answer everything. */
function byRules(facts: Facts, isOn: (arn: Value) => Answer, sent: Sent): ByRules {
  const rules = facts
    .candidates(listenerRuleType)
    .map((rule) => ({ rule, answer: isOn(facts.get(rule, 'ListenerArn')) }))
    .filter(({ rule, answer }) => answer.is !== 'no' && facts.exists(rule))
    .flatMap(({ rule, answer }): Tried[] => {
      const met = meets(facts, rule, sent)
      if (met === 'never') return []
      const unknown = answer.is === 'maybe' ? answer.value : typeof met === 'object' ? met.value : undefined
      const mayAnswerAll = met === 'always' || typeof met === 'object'
      return [{ rule, unknown, mayAnswerAll, priority: facts.get(rule, 'Priority') }]
    })
  const ways = rules.flatMap((tried): Way[] => {
    const found = before(
      tried,
      rules.filter((each) => each.mayAnswerAll && each !== tried),
    )
    if (found === 'answered') return []
    return actionsOf(facts, tried.rule, 'Actions').map((forward) => onCondition(forward, tried.unknown ?? found))
  })
  return { ways, closing: rules.filter(({ mayAnswerAll }) => mayAnswerAll) }
}

/** A rule that a request may meet. */
type Tried = {
  readonly rule: Resource
  /** What keeps it from being known whether it is of the listener, or met. */
  readonly unknown: Value | undefined
  /** Nothing gets past it, if it is there and met. */
  readonly mayAnswerAll: boolean
  readonly priority: Value
}

/** Whether one that answers everything is tried before: for certain, or the value that keeps that from being known. */
function before({ priority }: Tried, closing: readonly Tried[]): 'answered' | Value | undefined {
  const found = closing.flatMap((each): ('answered' | Value)[] => {
    const [own, other] = [integerOf(priority), integerOf(each.priority)]
    if (own !== undefined && other !== undefined) return other < own ? [each.unknown ?? 'answered'] : []
    return [each.unknown ?? unlessWritten(own === undefined ? priority : each.priority, ['a number'])]
  })
  return found.find((each) => each === 'answered') ?? found[0]
}

/** Whether rules of the templates are those of the listener. */
export const ruleAnswers = (facts: Facts, listener: Resource): readonly Answer[] =>
  facts.candidates(listenerRuleType).map((rule) => isIt(facts, facts.get(rule, 'ListenerArn'), listener.key))

type Met = 'always' | 'sometimes' | 'never' | { readonly value: Value }

/** What is known of each request: headers that the API fixes, and its methods, where these are known. */
type Sent = {
  readonly headers: FixedHeaders
  readonly methods: ReadonlySet<string> | undefined
  /** Undefined for one that is not in the templates. */
  readonly loadBalancer: Resource | undefined
}

function meets(facts: Facts, rule: Resource, sent: Sent): Met {
  const conditions = facts.get(rule, 'Conditions')
  const items = itemsOf(conditions)
  if (!items) return { value: conditions }
  const answers = items.map((condition) => meetsOne(facts, condition, sent))
  if (answers.includes('never')) return 'never'
  const open = answers.find((answer) => typeof answer === 'object')
  if (open) return open
  return answers.every((answer) => answer === 'always') ? 'always' : 'sometimes'
}

function meetsOne(facts: Facts, condition: Value, { headers, methods, loadBalancer }: Sent): Met {
  if (condition.kind !== 'map') return { value: condition }
  const field = entry(condition, 'Field')
  const word = textOf(field)
  if (word === undefined) return { value: isAbsent(field) ? condition : field }
  const config = {
    'path-pattern': 'PathPatternConfig',
    'host-header': 'HostHeaderConfig',
    'source-ip': 'SourceIpConfig',
  }[word]
  const values = [
    ...piecesOf(entry(condition, 'Values')),
    ...(config ? piecesOf(at(condition, `${config}.Values`)) : []),
  ]
  if (word === 'path-pattern' || word === 'host-header')
    return values.some((value) => ['*', '/*'].includes(textOf(value) ?? '')) ? 'always' : 'sometimes'
  if (word === 'http-request-method') return byMethod(at(condition, 'HttpRequestMethodConfig.Values'), methods)
  if (word === 'http-header') return byHeader(entry(condition, 'HttpHeaderConfig'), headers)
  if (word !== 'source-ip') return 'sometimes'
  return loadBalancer ? fromLink(facts, values, loadBalancer) : { value: condition }
}

/** Without wildcards, and in capitals: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html */
function byMethod(demanded: Value, methods: ReadonlySet<string> | undefined): Met {
  const words = itemsOf(demanded)?.map(textOf)
  if (!methods || !words || words.includes(undefined)) return 'sometimes'
  return words.some((word) => methods.has(word ?? '')) ? 'sometimes' : 'never'
}

/** A client may send any value of a header, unless the integration overwrites it. */
function byHeader(config: Value, headers: FixedHeaders): Met {
  const name = entry(config, 'HttpHeaderName')
  const fixed = headers.get((textOf(name) ?? '').toLowerCase())
  if (!fixed) return headers.size > 0 && textOf(name) === undefined ? { value: name } : 'sometimes'
  // A header that is not there meets nothing.
  if (isAbsent(fixed)) return 'never'
  const values = piecesOf(entry(config, 'Values')).filter((value) => !isAbsent(value))
  const answers = values.map((value) => matchesHeader(fixed, value))
  if (answers.some((answer) => 'known' in answer && answer.known)) return 'always'
  // Whatever it is, what is sent may be what is demanded.
  if (values.some((value) => keyOf(value) === keyOf(fixed) && textOf(value) === undefined)) return 'sometimes'
  const regular = entry(config, 'RegexValues')
  const open = isAbsent(regular) ? answers.find((answer) => 'unknown' in answer) : { unknown: regular }
  return open && 'unknown' in open ? { value: open.unknown } : 'never'
}

/** The address of a connection is that of the link's interface, in the VPC. */
function fromLink(facts: Facts, values: readonly Value[], loadBalancer: Resource): Met {
  const vpc = vpcOf(facts, subnetsOf(facts, loadBalancer))
  const own = vpc.resource ? rangesOf(facts, vpc.resource) : { known: [], others: [vpc.value] }
  const ranges = values.map((value) => ({ value, range: parseRange(textOf(value) ?? '') }))
  const unknown = ranges.find(({ range }) => range === undefined)?.value ?? own.others[0]
  if (ranges.some(({ range }) => range && own.known.some((each) => overlaps(each, range)))) return 'sometimes'
  return unknown ? { value: unknown } : 'never'
}
