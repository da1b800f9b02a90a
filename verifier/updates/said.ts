/** An update in words that text and Markdown share. */
import { isCustom } from './behaviour.ts'
import { isReplacement, type PropertyChange, type ResourceChange } from './changes.ts'
import type { DeclaredChange } from './declared.ts'
import type { ClaimChange, Update } from './diff.ts'
import type { Step } from './order.ts'
import type { ParameterChange } from './sides.ts'
import type { StepFinding } from './steps.ts'
import type { When } from './when.ts'

/** What weighs most comes first. */
const kinds = ['refused', 'replaced', 'may be replaced', 'removed', 'new version', 'changed', 'added'] as const
export type Kind = (typeof kinds)[number]

export function kindOf(change: ResourceChange): Kind {
  if (change.refused !== undefined) return 'refused'
  if (isReplacement(change)) return 'replaced'
  if (change.change !== 'replaced' && !change.isPossible) return change.change
  if (change.isVersion) return 'new version'
  return isCustom(change.type) ? 'changed' : 'may be replaced'
}

/** Of one kind each, in the order of their weight. */
export const byKind = ({ resources }: Update): readonly (readonly [Kind, readonly ResourceChange[]])[] =>
  kinds.flatMap((kind) => {
    const those = resources.filter((each) => kindOf(each) === kind)
    return those.length > 0 ? [[kind, those] as const] : []
  })

/** `2 replaced, 1 added`; what nothing is of is left out. */
export const counts = (update: Update): string =>
  update.resources.length === 0
    ? 'No resource changes.'
    : `${byKind(update)
        .map(([kind, those]) => `${those.length} ${kind}${kind === 'new version' && those.length > 1 ? 's' : ''}`)
        .join(', ')}.`

/** The path of the stacks below the template, and the logical ID. */
export const pathOf = (key: string, file: string): string =>
  key.startsWith(`${file}/`) ? key.slice(file.length + 1) : key

export const named = ({ templates }: Update, key: string): string =>
  templates.reduce((name, file) => pathOf(name, file), key)

/** What it means, sentence by sentence. */
export const meanings = (change: ResourceChange): string[] => [
  ...(change.refused === undefined ? [] : [change.refused]),
  ...(change.effect === undefined ? [] : [change.effect]),
  ...(change.isDeletedFirst ? ['the old one is gone before the new one is made'] : []),
  ...(change.isKept ? ['the old one is kept, outside the stack'] : []),
  ...(change.when === undefined ? [] : [`when ${inWords(change.when)}`]),
]

export const inWords = (when: When): string =>
  Object.entries(when)
    .map(([name, value]) => `${name}=${cut(value)}`)
    .join(', ')

/** Properties that change by themselves, and those that only follow another resource. */
export function causes({ properties }: ResourceChange): {
  readonly own: readonly PropertyChange[]
  readonly following: ReadonlyMap<string, readonly PropertyChange[]>
} {
  const following = new Map<string, PropertyChange[]>()
  for (const each of properties) {
    if (each.because === undefined) continue
    following.set(each.because, [...(following.get(each.because) ?? []), each])
  }
  return { own: properties.filter(({ because }) => because === undefined), following }
}

export const declaredInWords = ({ flag, change }: DeclaredChange): string =>
  `${flag}${change === 'added' ? '  (new)' : change === 'removed' ? '  (no more)' : ''}`

export function parameterInWords({ change, before, after }: ParameterChange): string {
  if (change === 'added')
    return after === undefined ? 'is new, and needs a value' : `is new, by default ${shown(after)}`
  if (change === 'removed') return 'is gone'
  if (after === undefined) return 'has no default any more'
  return `is by default ${shown(after)}${before === undefined ? '' : `, and was ${shown(before)}`}; a value that was given stays`
}

const shown = (value: string): string => (value === '' ? 'empty' : value)

export const verdictInWords = ({ before, after }: ClaimChange): string =>
  before === undefined
    ? `${after}, and is new`
    : after === undefined
      ? `was ${before}, and is asked no more`
      : before === after
        ? `${after}, as before, but otherwise`
        : `${before} -> ${after}`

const longest = 76

export const cut = (text: string): string => (text.length > longest ? `${text.slice(0, longest - 3)}...` : text)

export const valueInWords = (value: string | undefined): string =>
  value === undefined ? '(none)' : value === '' ? '(empty)' : cut(value)

/** `while the update of A is done, and the removal of B is not`. */
export function momentInWords(update: Update, { done, notYet, when }: StepFinding): string {
  const listed = (steps: readonly Step[]): string => steps.map((step) => stepInWords(update, step)).join(', ')
  const parts = [
    ...(done.length > 0 ? [`after the ${listed(done)}`] : []),
    ...(notYet.length > 0 ? [`before the ${listed(notYet)}`] : []),
    ...(when === undefined ? [] : [`when ${inWords(when)}`]),
  ]
  return parts.length > 0 ? parts.join(', ') : 'at some moment'
}

/** A step is named by what is done, and the key of a resource. */
function stepInWords(update: Update, step: Step): string {
  const [action = '', ...key] = step.split(' of ')
  return `${action} of ${named(update, key.join(' of '))}`
}

/** What is refuted on a side is not looked at between both, and what is declared is open on purpose. */
export function stepsInWords({ steps: { verdict, because }, verdict: { before, after }, declared }: Update): string {
  const isRefuted = before === 'refuted' || after === 'refuted'
  const what = isRefuted ? 'anything else' : declared.length > 0 ? 'anything that is not declared' : 'anything'
  if (verdict === 'safe') return `No step of the update opens ${what}.`
  if (verdict === 'opens') return 'A step of the update opens what is closed before and after it.'
  return `Whether a step of the update opens ${what} is not known${because === undefined ? '' : `: ${because}`}.`
}
