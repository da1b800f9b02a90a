/** What a listener does with a request: the first rule by priority that it meets, or the default. */
import { isIt, isSameOutside, resourcesOf } from '../facts/identity.ts'
import { type FixedHeaders, matchesHeader } from '../relations/fixed-headers.ts'
import { actionsOf, listenerRuleType } from '../relations/load-balancers.ts'
import { subnetType } from '../relations/vpcs.ts'
import { overlaps, parseRange, type Range } from '../resolve/cidr.ts'
import type { Resource } from '../resolve/program.ts'
import { at, entry, integerOf, isAbsent, itemsOf, piecesOf, textOf, type Value } from '../resolve/value.ts'
import { nameOfOutside } from '../resolve/words.ts'
import { type Arriving, type Condition, meetsConditions, type QueryPattern } from './rule-match.ts'
import type { Walk } from './walk.ts'

/** Who sends: the ranges of its addresses as far as they are known, and what an API fixes. */
export type Sender = { readonly ranges: readonly Range[] | undefined; readonly headers: FixedHeaders }

/** A listener of the templates, or the value that names one which they do not hold. */
export type Listening = Resource | { readonly outside: Value }

/** Rules of the templates for it, in the order in which they are tried. */
function rulesFor(
  { facts }: Walk,
  listener: Listening,
): readonly { readonly rule: Resource; readonly doubt: Value | undefined }[] {
  const priorityOf = (rule: Resource): number => integerOf(facts.get(rule, 'Priority')) ?? 0
  return facts
    .candidates(listenerRuleType)
    .flatMap((rule) => {
      const arn = facts.get(rule, 'ListenerArn')
      if ('outside' in listener)
        return isSameOutside(arn, listener.outside) === 'yes' ? [{ rule, doubt: undefined }] : []
      const answer = isIt(facts, arn, listener.key)
      return answer.is === 'no' ? [] : [{ rule, doubt: answer.is === 'maybe' ? answer.value : undefined }]
    })
    .filter(({ rule }) => facts.exists(rule))
    .toSorted((a, b) => priorityOf(a.rule) - priorityOf(b.rule))
}

/** Whether the templates have a rule for it. */
export const hasRules = (walk: Walk, listener: Listening): boolean => rulesFor(walk, listener).length > 0

/** Target groups to which the request goes; undefined where the way ends. */
export function throughListener(
  walk: Walk,
  listener: Listening,
  arriving: Arriving,
  sender: Sender,
): readonly Resource[] | undefined {
  const { facts } = walk
  let before = 0
  for (const { rule, doubt } of rulesFor(walk, listener)) {
    const conditions = conditionsOf(walk, rule, sender)
    const meets = meetsConditions(conditions, arriving)
    if (meets === 'no') {
      before++
      continue
    }
    if (doubt) return walk.unknown(rule, 'whether it is a rule of this listener is not known', doubt)
    if (meets === 'unknown')
      return walk.unknown(
        rule,
        `whether the request meets it is not known: ${described(conditions)}`,
        openIn(walk, rule),
      )
    const priority = integerOf(facts.get(rule, 'Priority'))
    if (priority === undefined) return walk.unknown(rule, 'its priority is not known', facts.get(rule, 'Priority'))
    const rest = before === 0 ? '' : `, after ${before} that ${before === 1 ? 'does' : 'do'} not match`
    return byActions(walk, rule, 'Actions', `priority ${priority}: ${described(conditions)}${rest}`)
  }
  const after = before > 0 ? `, after ${before} ${before === 1 ? 'rule that does' : 'rules that do'} not match` : ''
  if ('outside' in listener)
    return walk.unknown({ node: nameOfOutside(listener.outside) }, `what it does by default is not known${after}`)
  return byActions(walk, listener, 'DefaultActions', `its default action${after}`)
}

/** What of a rule is not known, if anything. */
const openIn = ({ facts }: Walk, rule: Resource): Value | undefined => {
  const conditions = facts.get(rule, 'Conditions')
  return itemsOf(conditions) === undefined ? conditions : undefined
}

function byActions(
  walk: Walk,
  by: Resource,
  name: 'Actions' | 'DefaultActions',
  says: string,
): readonly Resource[] | undefined {
  const { facts } = walk
  const written = facts.get(by, name)
  const items = itemsOf(written)
  if (!items) return walk.unknown(by, `${says}; what it does is not known`, written)
  for (const item of items) {
    const type = textOf(entry(item, 'Type'))
    if (type?.startsWith('authenticate')) walk.needs.push(`${by.id} lets the caller in (${type})`)
    if (type === 'fixed-response') {
      const status = Number(textOf(at(item, 'FixedResponseConfig.StatusCode')))
      return walk.answer(by, Number.isInteger(status) ? status : undefined, `${says}; a fixed response`)
    }
    if (type === 'redirect') {
      const status = /\d+/.exec(textOf(at(item, 'RedirectConfig.StatusCode')) ?? '')?.[0]
      return walk.answer(by, status === undefined ? undefined : Number(status), `${says}; a redirect`)
    }
  }
  const forwards = actionsOf(facts, by, name).filter(({ isIdle }) => !isIdle)
  const open = forwards.find(({ group }) => group === undefined)
  if (open) return walk.unknown(by, `${says}; where it forwards is not known`, open.value)
  const groups = [...new Set(forwards.flatMap(({ group }) => group ?? []))]
  if (groups.length === 0) return walk.stop(by, `${says}; it forwards to no target group`)
  walk.pass(by, says)
  return groups
}

function conditionsOf(walk: Walk, rule: Resource, sender: Sender): readonly Condition[] {
  const items = itemsOf(walk.facts.get(rule, 'Conditions'))
  return items?.map((item) => conditionOf(item, sender)) ?? [{ field: 'other', holds: undefined }]
}

const configs: Readonly<Record<string, string>> = {
  'path-pattern': 'PathPatternConfig',
  'host-header': 'HostHeaderConfig',
  'http-request-method': 'HttpRequestMethodConfig',
  'source-ip': 'SourceIpConfig',
}

function conditionOf(item: Value, sender: Sender): Condition {
  const field = textOf(entry(item, 'Field')) ?? ''
  const config = configs[field]
  const written = [
    ...piecesOf(entry(item, 'Values')),
    ...(config === undefined ? [] : piecesOf(at(item, `${config}.Values`))),
  ].filter((value) => !isAbsent(value))
  const values = written.map(textOf)
  const regular = config === undefined ? undefined : at(item, `${config}.RegexValues`)
  const all = regular === undefined || isAbsent(regular) ? values : [...values, undefined]
  switch (field) {
    case 'path-pattern':
      return { field: 'path', values: all }
    case 'host-header':
      return { field: 'host', values: all }
    case 'http-request-method':
      return { field: 'method', values }
    case 'source-ip':
      return { field: 'other', holds: isFrom(values, sender.ranges) }
    case 'http-header':
      return headerCondition(entry(item, 'HttpHeaderConfig'), sender.headers)
    case 'query-string':
      return { field: 'query', pairs: piecesOf(at(item, 'QueryStringConfig.Values')).map(queryPattern) }
    default:
      return { field: 'other', holds: undefined }
  }
}

/** Of a header that an API fixes, the values are compared as values: they may be names that only the deployment gives. */
function headerCondition(config: Value, fixed: FixedHeaders): Condition {
  const name = textOf(entry(config, 'HttpHeaderName'))
  const values = piecesOf(entry(config, 'Values')).filter((value) => !isAbsent(value))
  const isRegular = !isAbsent(entry(config, 'RegexValues'))
  const own = name === undefined ? undefined : fixed.get(name.toLowerCase())
  if (own === undefined)
    return { field: 'header', name, values: [...values.map(textOf), ...(isRegular ? [undefined] : [])] }
  const answers = values.map((value) => matchesHeader(own, value))
  if (answers.some((each) => 'known' in each && each.known)) return { field: 'other', holds: true }
  return { field: 'other', holds: isRegular || answers.some((each) => 'unknown' in each) ? undefined : false }
}

function queryPattern(value: Value): QueryPattern | undefined {
  const [key, wanted] = [entry(value, 'Key'), textOf(entry(value, 'Value'))]
  if (wanted === undefined) return undefined
  const name = textOf(key)
  return isAbsent(key) ? { value: wanted } : name === undefined ? undefined : { key: name, value: wanted }
}

/** Whether the sender's addresses are all in one of the ranges, or none is. */
function isFrom(values: readonly (string | undefined)[], own: readonly Range[] | undefined): boolean | undefined {
  const ranges = values.map((value) => (value === undefined ? undefined : parseRange(value)))
  if (!own || own.length === 0) return undefined
  const known = ranges.filter((range) => range !== undefined)
  if (
    own.every((each) =>
      known.some((range) => each.family === range.family && each.first >= range.first && each.last <= range.last),
    )
  )
    return true
  return known.length < ranges.length || own.some((each) => known.some((range) => overlaps(each, range)))
    ? undefined
    : false
}

/** The addresses of subnets of the templates; undefined where one is not known. */
export function rangesOfSubnets({ facts }: Walk, subnets: Value): readonly Range[] | undefined {
  const { known, others } = resourcesOf(facts, subnets, subnetType)
  const ranges = known.map((subnet) => parseRange(textOf(facts.get(subnet, 'CidrBlock')) ?? ''))
  const all = ranges.filter((range) => range !== undefined)
  return others.length > 0 || all.length < ranges.length ? undefined : all
}

const words = { path: 'path', host: 'host', method: 'method', header: 'header', query: 'query', other: 'a condition' }

const described = (conditions: readonly Condition[]): string =>
  conditions.length === 0
    ? 'every request'
    : conditions
        .map((condition) => {
          if (condition.field === 'other') return words.other
          if (condition.field === 'query')
            return `query ${condition.pairs.map((pair) => (pair ? `${pair.key ?? ''}=${pair.value}` : '?')).join(' or ')}`
          const name = condition.field === 'header' ? `header ${condition.name ?? '?'}` : words[condition.field]
          return `${name} ${condition.values.map((value) => value ?? '?').join(' or ')}`
        })
        .join(', ')
