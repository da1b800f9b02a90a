/** What a right may do, judged on a list of harmless actions: what is not on it is not harmless. */
import { judgedOf } from './harmless.ts'
import { type Opener, openers } from './openers.ts'
import { covers, matches, meets, normalised } from './pattern.ts'

export type RightsAnswer =
  | { readonly kind: 'harmless' }
  /** By its meaning it opens a way. */
  | { readonly kind: 'opens'; readonly action: string; readonly how: string }
  | { readonly kind: 'unknown'; readonly action: string }

/** A part of an ARN that is not known. A `*` is one that is written. */
export const unknownPart = '\uFFFD'

/** Documents of IAM are shorter; what is longer cannot be deployed. */
const longest = 10_240

/**
 * Judges a pattern of an Action with the resources that its statement is limited to; undefined means no limit. Where a
 * limit leaves only some of what an opener acts on, it is unknown whether it opens.
 */
export function judgeAction(pattern: string, resources?: readonly string[]): RightsAnswer {
  if (pattern.length > longest) return { kind: 'unknown', action: `${pattern.slice(0, 40)}...` }
  const wanted = normalised(pattern)
  const [service = ''] = wanted.split(':', 1)
  const candidates = /[*?]/.test(service) ? openers : (openersOf.get(service) ?? [])
  const matching = candidates.filter((opener) => matches(wanted, opener.normalised))
  const certain = matching.find((opener) => isEverywhere(opener, resources))
  if (certain) return { kind: 'opens', action: certain.action, how: certain.how }
  if (isBesideApis(wanted, resources)) return { kind: 'harmless' }
  return matching.length === 0 && isHarmless(service, wanted)
    ? { kind: 'harmless' }
    : { kind: 'unknown', action: pattern }
}

/** Judges a NotAction: everything but what these patterns mean. */
export function judgeBeside(kept: readonly string[], resources?: readonly string[]): RightsAnswer {
  const patterns = kept.filter((each) => each.length <= longest).map(normalised)
  if (patterns.some((each) => covers(each, '*'))) return { kind: 'harmless' }
  const opener = openers.find(
    (each) => isEverywhere(each, resources) && !patterns.some((pattern) => matches(pattern, each.normalised)),
  )
  return opener
    ? { kind: 'opens', action: opener.action, how: opener.how }
    : { kind: 'unknown', action: `everything but ${kept.join(', ')}` }
}

const openersOf = new Map<string, Opener[]>()
for (const opener of openers) {
  const [service = ''] = opener.action.split(':', 1)
  openersOf.set(service, [...(openersOf.get(service) ?? []), opener])
}

function isHarmless(service: string, wanted: string): boolean {
  const known = judgedOf(service)
  return (
    known?.harmless.some((each) => covers(each, wanted)) === true && !known.except.some((each) => meets(wanted, each))
  )
}

/** Whether the resources take in all that the opener acts on, in some account and Region that may be this one. */
function isEverywhere({ on }: Opener, resources: readonly string[] | undefined): boolean {
  return !resources || resources.some((each) => /^\*+$/.test(each) || on.some((kind) => isAllOf(kind, each)))
}

function isAllOf(kind: string, resource: string): boolean {
  const [arn, , service = '', region = '', account = '', ...rest] = resource.split(':')
  const [ownService, ...ownKind] = kind.split(':')
  const isFree = (part: string) => part === '' || part === unknownPart || /^\*+$/.test(part)
  if (arn !== 'arn' || !isFree(region) || !isFree(account)) return false
  if (service !== ownService && !/^\*+$/.test(service)) return false
  const [name, beginning] = [rest.join(':'), ownKind.join(':')]
  const behind = name.startsWith(beginning) ? name.slice(beginning.length) : name
  return /^[*/:]*\*[*/:]*$/.test(behind)
}

/** API keys and usage plans carry no requests. */
function isBesideApis(wanted: string, resources: readonly string[] = []): boolean {
  return (
    wanted.startsWith('apigateway:') &&
    resources.length > 0 &&
    resources.every((each) => /^arn:[^:]+:apigateway:[^:]*::\/(apikeys|usageplans)(\/|$)/.test(each))
  )
}
