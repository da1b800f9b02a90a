/** Judges a policy document as a plain tree. */
import { judgeAction, judgeBeside, type RightsAnswer, unknownPart } from './judge.ts'

/** A value of a policy; undefined is unknown. Numbers and booleans as text. */
export type Tree = string | undefined | readonly Tree[] | ReadonlyMap<string, Tree>

export type Doubt = Exclude<RightsAnswer, { readonly kind: 'harmless' }>

export type Finding = {
  /** Which statement, from 0; undefined when it is the whole document. */
  readonly statement: number | undefined
  readonly answer: Doubt
}

const elements = new Set(
  ['Sid', 'Effect', 'Principal', 'NotPrincipal', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'].map(
    (each) => each.toLowerCase(),
  ),
)

const unread = (action: string): Doubt => ({ kind: 'unknown', action })

/**
 * All that is not harmless. Statements with the effect Deny take away only, and are never relied upon; any other
 * effect counts as Allow. A condition, or a resource that is not known, makes nothing harmless, only less certain.
 */
export function judgeDocument(document: Tree): Finding[] {
  const whole = (action: string): Finding[] => [{ statement: undefined, answer: unread(action) }]
  if (!isMap(document)) return whole('a document that is not read')
  const statements = valuesOf(document, 'Statement')
  if (statements.length !== 1) return whole('a document without one list of statements')
  const listed = statements[0]
  if (listed === undefined || typeof listed === 'string') return whole('statements that are not read')
  return (isMap(listed) ? [listed] : listed).flatMap((statement, index) =>
    inStatement(statement).map((answer) => ({ statement: index, answer })),
  )
}

function inStatement(statement: Tree): Doubt[] {
  if (!isMap(statement)) return [unread('a statement that is not read')]
  const effects = valuesOf(statement, 'Effect')
  if (effects.length === 1 && effects[0] === 'Deny') return []
  const strange = [...statement.keys()].find((each) => !elements.has(each.toLowerCase()))
  if (strange !== undefined) return [unread(`a statement with ${strange}`)]
  const actions = valuesOf(statement, 'Action').flatMap(listOf)
  const beside = valuesOf(statement, 'NotAction')
  if (actions.length === 0 && beside.length === 0) return [unread('a statement without actions')]

  const resources = resourcesOf(statement)
  const isCertain = effects.length === 1 && effects[0] === 'Allow' && isAlways(valuesOf(statement, 'Condition'))
  const answers = [
    ...actions.map((each) => (typeof each === 'string' ? judgeAction(each, resources) : unread('an unknown action'))),
    ...beside.map((each) => besideOf(listOf(each), resources)),
  ]
  return answers.flatMap((answer): Doubt[] => {
    if (answer.kind === 'harmless') return []
    return [answer.kind === 'opens' && !isCertain ? unread(answer.action) : answer]
  })
}

/** What is kept must be known: an unknown pattern may keep nothing, or everything. */
function besideOf(kept: readonly Tree[], resources: readonly string[]): RightsAnswer {
  const known = kept.filter((each) => typeof each === 'string')
  const answer = judgeBeside(known, resources)
  return known.length < kept.length && answer.kind === 'opens' ? unread('everything but unknown actions') : answer
}

/** The limit as texts; an unknown one is neither all nor nothing. */
function resourcesOf(statement: ReadonlyMap<string, Tree>): readonly string[] {
  const resources = valuesOf(statement, 'Resource').flatMap(listOf)
  const texts = resources.map((each) => (typeof each === 'string' ? each : unknownPart))
  return valuesOf(statement, 'NotResource').length > 0 || texts.length === 0 ? [unknownPart] : texts
}

const isAlways = (conditions: readonly Tree[]): boolean => conditions.every((each) => isMap(each) && each.size === 0)

/** Names of elements are not case-sensitive here: a stricter reading would read less. */
const valuesOf = (map: ReadonlyMap<string, Tree>, name: string): Tree[] =>
  [...map].filter(([key]) => key.toLowerCase() === name.toLowerCase()).map(([, value]) => value)

const isMap = (tree: Tree): tree is ReadonlyMap<string, Tree> => tree instanceof Map

const listOf = (tree: Tree): readonly Tree[] => (Array.isArray(tree) ? tree : [tree])
