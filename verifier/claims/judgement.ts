/** What one claim finds out about one target in one world. */
import type { Facts } from '../facts/facts.ts'
import type { Resource } from '../resolve/program.ts'
import { keyOf, type Origin, originsOf, type Value } from '../resolve/value.ts'
import type { Question } from '../worlds/world.ts'

export type Hop = { readonly node: string; readonly via?: string; readonly file?: string; readonly line?: number }

/** What is not known, and the flag or file that settles it. */
export type Unknown = { readonly name: string; readonly settle: string }

export type Finding =
  | { readonly verdict: 'refuted'; readonly because: string; readonly path: readonly Hop[]; readonly remedy: string }
  | {
      readonly verdict: 'undecided'
      readonly because: string
      readonly unknown: Unknown
      readonly path: readonly Hop[]
      readonly question?: Question
    }

export type Facet = 'ingress' | 'egress' | 'routes' | 'covers' | 'value'

export class Judgement {
  readonly findings: Finding[] = []
  /** Why it holds, as far as it does. */
  readonly reasons = new Set<string>()
  readonly assumptions = new Set<string>()
  readonly #facts: Facts

  constructor(facts: Facts) {
    this.#facts = facts
  }

  reason(text: string): void {
    this.reasons.add(text)
  }

  assume(text: string): void {
    this.assumptions.add(text)
  }

  refute(because: string, path: readonly Hop[], remedy: string): void {
    this.findings.push({ verdict: 'refuted', because, path, remedy })
  }

  /** `value` keeps the answer from being known; a declaration `--assume NAME.facet=none` settles it. */
  doubt(value: Value, facet: Facet, because: string, path: readonly Hop[] = []): void {
    const origins = originsOf(value)
    const { assume } = this.#facts.around.declarations
    const settled = origins.find(({ name }) => assume.get(`${name}.${facet}`)?.includes('none'))
    if (settled) {
      this.assume(`${settled.name}.${facet}=none, as declared`)
      return
    }
    const open = origins.find(({ parameter }) => parameter !== undefined)
    const origin = open ?? origins[0]
    const name = origin?.name ?? keyOf(value)
    this.findings.push({
      verdict: 'undecided',
      because,
      unknown: { name, settle: settlement(origin, name, facet) },
      path,
      ...(open?.parameter === undefined ? {} : { question: { parameter: open.parameter, values: open.values ?? [] } }),
    })
  }

  /** Something that no value stands for. */
  gap(name: string, settle: string, because: string, path: readonly Hop[] = []): void {
    this.findings.push({ verdict: 'undecided', because, unknown: { name, settle }, path })
  }
}

const examples: Readonly<Record<Facet, string>> = {
  ingress: 'none',
  egress: 'none',
  routes: 'none',
  covers: 'HOST',
  value: 'VALUE',
}

function settlement(origin: Origin | undefined, name: string, facet: Facet): string {
  if (origin?.kind === 'macro')
    return 'give the processed template: aws cloudformation get-template --template-stage Processed'
  if (origin?.kind === 'parameter' && facet === 'value') return `--parameter ${name}=VALUE`
  return `--assume ${name}.${facet}=${examples[facet]}`
}

/** A resource as a hop. */
export const hop = (facts: Facts, resource: Resource, via?: string): Hop => ({
  node: resource.id,
  ...(via === undefined ? {} : { via }),
  ...facts.place(resource),
})

/** A claim about targets of one sort. */
export type Claim = {
  readonly id: ClaimId
  /** Types of its targets; none when it is about the templates as a whole. */
  readonly targets: readonly string[] | 'templates'
  /** Judges one target in one world; false when the claim is not about this target. */
  readonly judge: (facts: Facts, judgement: Judgement, target: Resource) => boolean
}

export const claimIds = [
  'way-in-exists',
  'no-internet-path',
  'no-public-address',
  'sole-entrance',
  'authorized-routes',
  'verified-tls',
  'no-bypass',
  'no-side-door',
  'bounded-egress',
] as const
export type ClaimId = (typeof claimIds)[number]
