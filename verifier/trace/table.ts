/** What a user expects of requests, against what the templates do. */
import type { Outcome, Trace } from './found.ts'

/** All that are given must hold. */
export type Expectation = {
  /** Of an answer that does not come from a service. */
  readonly status?: number
  /** Logical ID of the service, or of another integration, to which it comes. */
  readonly target?: string
  /** Logical ID of something that stops it. */
  readonly stop?: string
}

export type Met = 'met' | 'not met' | 'not known'

type Ways = readonly { readonly outcome: Outcome; readonly hops?: Trace['ways'][number]['hops'] }[]

/** `not known` where it is not, and where another value of a parameter decides. */
export function judged(expected: Expectation, { ways, forks, request }: Trace): Met {
  const isDirect = request.from !== undefined
  const base = holds(expected, ways, isDirect)
  if (base !== 'met') return base
  return forks.every((fork) => holds(expected, fork.ways, isDirect) === 'met') ? 'met' : 'not known'
}

/** Through APIs, all ways must be as expected. Past them, one that is reached decides, and else one that stops it. */
function holds(expected: Expectation, ways: Ways, isDirect: boolean): Met {
  const answers = ways.map((way) => ofWay(expected, way))
  if (!isDirect) return worst(answers)
  if (expected.target !== undefined) return answers.includes('met') ? 'met' : worst(answers)
  if (ways.some(({ outcome }) => outcome.is === 'reaches')) return 'not met'
  return answers.includes('met') ? 'met' : worst(answers)
}

const worst = (answers: readonly Met[]): Met =>
  answers.includes('not met') ? 'not met' : answers.length === 0 || answers.includes('not known') ? 'not known' : 'met'

function ofWay({ status, target, stop }: Expectation, { outcome, hops = [] }: Ways[number]): Met {
  if (outcome.is === 'unknown') return 'not known'
  const stops = [
    ...hops.filter(({ is }) => is === 'stops').map(({ node }) => node),
    ...(outcome.is === 'stopped' || outcome.is === 'answered' ? [outcome.by] : []),
  ]
  const isMet =
    (status === undefined || (outcome.is === 'answered' && outcome.status === status)) &&
    (target === undefined || (outcome.is === 'reaches' && outcome.target === target)) &&
    (stop === undefined || stops.includes(stop))
  return isMet ? 'met' : 'not met'
}
