/** The rules of a listener as data, which a load balancer of this machine reads. */
import type { Facts } from '../../../verifier/facts/facts.ts'
import { isIt } from '../../../verifier/facts/identity.ts'
import { actionsOf, listenerRuleType } from '../../../verifier/relations/load-balancers.ts'
import { servicesBehind } from '../../../verifier/relations/tasks.ts'
import type { Resource } from '../../../verifier/resolve/program.ts'
import { at, entry, piecesOf, textOf, type Value } from '../../../verifier/resolve/value.ts'

export type ListenerRule = {
  readonly paths: readonly string[]
  /** Each with the values that it may have. */
  readonly headers: Readonly<Record<string, readonly string[]>>
  /** The service to which it forwards, as a host. */
  readonly to: string
}

/** In the order in which they are tried. */
export function rulesOf(facts: Facts, listener: Resource): ListenerRule[] {
  return facts
    .all(listenerRuleType)
    .filter((rule) => isIt(facts, facts.get(rule, 'ListenerArn'), listener.key).is === 'yes')
    .map((rule) => ({ rule, priority: Number(textOf(facts.get(rule, 'Priority'))) }))
    .sort((a, b) => a.priority - b.priority)
    .map(({ rule }) => {
      const conditions = piecesOf(facts.get(rule, 'Conditions'))
      const ofKind = (field: string): Value[] => conditions.filter((each) => textOf(entry(each, 'Field')) === field)
      const [paths, headers] = ['path-pattern', 'http-header'].map(ofKind) as [Value[], Value[]]
      if (paths.length + headers.length < conditions.length || paths.length > 1)
        throw new Error(`${rule.id} has conditions that this test does not know`)
      return {
        paths: paths.flatMap((each) => textsOf(at(each, 'PathPatternConfig.Values'))),
        headers: Object.fromEntries(
          headers.map((each) => [
            textOf(at(each, 'HttpHeaderConfig.HttpHeaderName')),
            textsOf(at(each, 'HttpHeaderConfig.Values')),
          ]),
        ),
        to: serviceBehind(facts, rule),
      }
    })
}

export function otherwiseOf(facts: Facts, listener: Resource): number {
  const [action] = piecesOf(facts.get(listener, 'DefaultActions'))
  const status = action && textOf(at(action, 'FixedResponseConfig.StatusCode'))
  if (!status) throw new Error(`${listener.id} does not answer by itself what no rule takes`)
  return Number(status)
}

function serviceBehind(facts: Facts, rule: Resource): string {
  const [group] = actionsOf(facts, rule, 'Actions').flatMap(({ group, isIdle }) => (group && !isIdle ? [group] : []))
  const [service] = group ? servicesBehind(facts, group) : []
  if (!service) throw new Error(`${rule.id} leads to no service`)
  return service.key
}

const textsOf = (value: Value): string[] =>
  piecesOf(value).map((each) => {
    const text = textOf(each)
    if (text === undefined) throw new Error('a value of a condition is not known')
    return text
  })
