/** The judgement of one obligation in one world: what it finds, what it leaves open, and what it rests on. */
import type { Door, Facet } from '../declarations.ts'
import type { Facts } from '../facts/facts.ts'
import type { Answer } from '../facts/identity.ts'
import { atomsOf, isChooser } from '../resolve/atoms.ts'
import type { Place, Resource } from '../resolve/program.ts'
import type { Origin, Value } from '../resolve/value.ts'
import { isUndecided, Outdated, type World } from '../resolve/world.ts'
import type { Finding, Hop, Leaf, Unknown } from './findings.ts'
import { assumption, settlement, settleParameter } from './settle.ts'

/** What an obligation found in the worlds below one. */
export type Found = {
  readonly leaves: readonly Leaf[]
  /** Refuted in every one of them, as far as all were looked at. */
  readonly isRefutedThroughout: boolean
}
/** `isEnough` ends the search early; without it, what refutes for certain does. */
export type Explore = (
  world: World,
  ask: (facts: Facts) => Judgement,
  isEnough?: (judgement: Judgement) => boolean,
) => Found

export type Shared = {
  readonly explore: Explore
  /** Whether it refutes in a world that can be deployed. */
  readonly isWitness: (leaf: Leaf) => boolean
  /** Goes on after what refutes. */
  readonly isExhaustive: boolean
  /** Names and facets that were asked for, so that a declaration about something else is found. */
  readonly asked: Set<string>
}

export class Judgement {
  readonly facts: Facts
  readonly findings: Finding[] = []
  readonly reasons = new Set<string>()
  readonly assumptions = new Set<string>()
  readonly used = new Set<string>()
  readonly leaves: Leaf[] = []
  readonly #shared: Shared
  /** What was chosen before this obligation was asked. */
  readonly #before: World
  #hasRefutedObligation = false

  constructor(facts: Facts, shared: Shared, before: World) {
    this.facts = facts
    this.#shared = shared
    this.#before = before
  }

  /** Each item is an obligation of its own, with its own worlds below this one. */
  each<T>(items: readonly T[], judge: (judgement: Judgement, item: T) => void): void {
    for (const item of items) {
      if (!this.#shared.isExhaustive && this.isRefutedForCertain()) return
      const { leaves, isRefutedThroughout } = this.#shared.explore(this.facts.world, (facts) =>
        this.#ask(facts, item, judge),
      )
      this.leaves.push(...leaves)
      this.#hasRefutedObligation ||= isRefutedThroughout
    }
  }

  /** One of the items has to hold. One that holds in every world is looked for first, so that no choice splits this one. */
  some<T>(items: readonly T[], judge: (judgement: Judgement, item: T) => void): boolean {
    if (items.length > 1)
      for (const item of items) {
        const { leaves } = this.#shared.explore(
          this.facts.world,
          (facts) => this.#ask(facts, item, judge),
          (judgement) => judgement.hasFindings(),
        )
        if (leaves.some(({ findings }) => findings.length > 0)) continue
        this.leaves.push(...leaves)
        return true
      }
    const tried = items.map((item) => this.#ask(this.facts, item, judge))
    const best = tried.find((each) => !each.hasFindings()) ?? tried.find((each) => !each.isRefuted()) ?? tried[0]
    if (!best) return false
    this.findings.push(...best.findings)
    this.leaves.push(...best.leaves)
    this.#hasRefutedObligation ||= best.isRefutedThroughout()
    for (const reason of best.reasons) this.reason(reason)
    for (const text of best.assumptions) this.assume(text)
    for (const flag of best.used) this.used.add(flag)
    return !best.hasFindings()
  }

  #ask<T>(facts: Facts, item: T, judge: (judgement: Judgement, item: T) => void): Judgement {
    const judgement = new Judgement(facts, this.#shared, this.facts.world)
    judge(judgement, item)
    return judgement
  }

  /** What refutes only where nothing can be deployed says nothing of the other obligations. */
  isRefutedForCertain(): boolean {
    return [this.leaf(), ...this.leaves].some((leaf) => this.#shared.isWitness(leaf))
  }

  isRefuted(): boolean {
    return [this, ...this.leaves].some(({ findings }) => findings.some(({ verdict }) => verdict === 'refuted'))
  }

  /** Refuted whatever is chosen below this world. */
  isRefutedThroughout(): boolean {
    return this.#hasRefutedObligation || this.findings.some(({ verdict }) => verdict === 'refuted')
  }

  hasFindings(): boolean {
    return this.findings.length > 0 || this.leaves.some(({ findings }) => findings.length > 0)
  }

  hasReasons(): boolean {
    return this.reasons.size > 0 || this.leaves.some(({ reasons }) => reasons.size > 0)
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

  /** `value` keeps the answer from being known; declarations about everything that it depends on settle it. */
  doubt(
    value: Value,
    facet: Facet,
    because: string,
    path: readonly Hop[] = [],
    accepted: readonly string[] = ['none'],
  ): void {
    const atoms = atomsOf(value, facet === 'value')
    const open = atoms.filter((atom) => !this.#isSettled(atom, facet, accepted))
    const [first, ...rest] = open
    if (!first) {
      for (const { name } of atoms)
        for (const said of this.declared(name, facet)) this.assume(assumption(name, facet, said))
      return
    }
    const ask = (atom: Origin) => settlement(this.facts, atom, isChooser(atom) ? 'value' : facet, accepted)
    const question = open.find(({ parameter }) => parameter !== undefined)
    const chosen = open.find(
      ({ parameter, values }) =>
        parameter !== undefined && !isUndecided(this.facts.world.choices.get(parameter), values),
    )
    if (chosen?.parameter !== undefined)
      throw new Outdated({ parameter: chosen.parameter, values: chosen.values ?? [] })
    this.findings.push({
      verdict: 'undecided',
      because,
      unknowns: [ask(first), ...rest.map(ask)],
      path,
      ...(question?.parameter === undefined
        ? {}
        : { question: { parameter: question.parameter, values: question.values ?? [] } }),
    })
  }

  /** Whether the command line says none of a facet about everything that a value depends on. */
  saysNone(value: Value, facet: Facet): boolean {
    const atoms = atomsOf(value, facet === 'value')
    if (!atoms.every((atom) => this.#isSettled(atom, facet, ['none']))) return false
    for (const { name } of atoms) {
      this.declared(name, facet)
      this.assume(assumption(name, facet, 'none'))
    }
    return true
  }

  /** Something that a declaration about one name settles. */
  gap(name: string, facet: Facet, because: string, path: readonly Hop[] = [], accepted?: readonly string[]): void {
    const value: Value = { kind: 'any', key: name, taint: 'all', origins: [{ kind: 'opaque', name }] }
    this.doubt(value, facet, because, path, accepted)
  }

  /** Something that no declaration settles: `settle` says in words what to do. */
  unsettled(name: string, settle: string, because: string, path: readonly Hop[] = []): void {
    this.findings.push({ verdict: 'undecided', because, unknowns: [{ name, settle }], path })
  }

  /** A parameter on whose value this answer depends, and the flag that gives it one. */
  chosen(): Unknown | undefined {
    const { choices } = this.facts.world
    const key = [...choices.keys()].find((each) => choices.get(each) !== this.#before.choices.get(each))
    return key === undefined ? undefined : settleParameter(this.facts.around.program, key)
  }

  /** Whether it is so; a maybe is left open under `because`. */
  holds(answer: Answer, facet: Facet, because: string, path: readonly Hop[] = []): boolean {
    if (answer.is === 'maybe') this.doubt(answer.value, facet, because, path)
    if (answer.is === 'no' && answer.because === 'by assumption') this.assume(answer.assumption)
    return answer.is === 'yes'
  }

  /** Whether the command line allows the door, by its name or as a whole. */
  allows(door: Door, name?: string): boolean {
    this.#shared.asked.add(`allow ${door}`)
    if (name !== undefined) this.#shared.asked.add(`allow ${door}:${name}`)
    const found = this.facts.around.declarations.allow.find(
      (each) => each.door === door && (each.name === undefined || each.name === name),
    )
    if (found) this.used.add(`--allow ${door}${found.name === undefined ? '' : `:${found.name}`}`)
    return found !== undefined
  }

  /** Whether the command line calls the route open, of this API or of any. */
  isOpenRoute(api: string, key: string): boolean {
    this.#shared.asked.add(`open-route ${key}`)
    this.#shared.asked.add(`open-route ${api}:${key}`)
    const found = this.facts.around.declarations.openRoutes.find(
      (each) => each.key === key && (each.api === undefined || each.api === api),
    )
    if (found) this.used.add(`--open-route ${found.api === undefined ? '' : `${found.api}:`}${found.key}`)
    return found !== undefined
  }

  /** The templates say nothing of this, whether or not the answer depends on it. */
  leavesOpen(name: string, facet: Facet): void {
    this.#shared.asked.add(`${name}.${facet}`)
  }

  /** What the command line says of a name. */
  declared(name: string, facet: Facet): readonly string[] {
    this.#shared.asked.add(`${name}.${facet}`)
    const values = this.facts.around.assumed.get(`${name}.${facet}`) ?? []
    for (const value of values) this.used.add(`--assume ${name}.${facet}=${value}`)
    return values
  }

  leaf(): Leaf {
    const { findings, reasons, assumptions, used } = this
    return { world: this.facts.world, findings, reasons, assumptions, used }
  }

  /** What was found here and below; what says nothing is left out. */
  allLeaves(): readonly Leaf[] {
    const isSilent =
      this.findings.length === 0 && this.reasons.size === 0 && this.assumptions.size === 0 && this.used.size === 0
    return isSilent ? this.leaves : [this.leaf(), ...this.leaves]
  }

  #isSettled(atom: Origin, facet: Facet, accepted: readonly string[]): boolean {
    return atom.kind !== 'unreadable' && !isChooser(atom) && this.#isDeclared(atom.name, facet, accepted)
  }

  #isDeclared(name: string, facet: Facet, accepted: readonly string[]): boolean {
    this.#shared.asked.add(`${name}.${facet}`)
    const said = this.facts.around.assumed.get(`${name}.${facet}`) ?? []
    // A value that is given is in the templates' place already; where that does not help, nothing is settled.
    return facet !== 'value' && said.length > 0 && said.every((each) => accepted.includes(each))
  }
}

/** A resource as a hop. */
/** A place inside a sentence. */
export const inFile = ({ file, line }: Place): string => `${file}:${line}`

export const hop = (facts: Facts, resource: Resource, via?: string): Hop => ({
  node: resource.id,
  ...(via === undefined ? {} : { via }),
  ...facts.place(resource),
})
