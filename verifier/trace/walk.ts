/** The way of one request in one world: its hops so far, and how it ended. */
import type { Facts } from '../facts/facts.ts'
import type { Place, Resource } from '../resolve/program.ts'
import { originsOf, type Value } from '../resolve/value.ts'
import { nameOfOpen } from '../resolve/words.ts'
import { isUndecided, Undecided } from '../resolve/world.ts'
import type { Hop, Outcome } from './found.ts'

type At = Resource | { readonly node: string; readonly place?: Place }

export class Walk {
  readonly facts: Facts
  readonly hops: Hop[] = []
  readonly needs: string[] = []
  outcome: Outcome | undefined

  constructor(facts: Facts) {
    this.facts = facts
  }

  pass(at: At, says: string): void {
    this.#add(at, says, 'passes')
  }

  /** What holds only if this does. */
  passIf(at: At, says: string, need: string): void {
    this.pass(at, says)
    this.needs.push(need)
  }

  /** A packet ends here. The first place that stops it is the outcome; others after it are shown too. */
  stop(at: At, because: string): undefined {
    this.#add(at, because, 'stops')
    if (this.outcome?.is !== 'stopped') this.outcome = { is: 'stopped', by: nodeOf(at), because }
  }

  answer(at: At, status: number | undefined, because: string): undefined {
    this.#add(at, because, 'stops')
    this.outcome = { is: 'answered', by: nodeOf(at), status, because }
  }

  reach(
    at: At,
    says: string,
    target: string,
    rest: { readonly container?: string; readonly port?: number } = {},
  ): undefined {
    this.pass(at, says)
    this.outcome = { is: 'reaches', target, ...rest, needs: [...new Set(this.needs)] }
  }

  /**
   * `value` keeps it from being known. Throws Undecided where a choice of a parameter may help; `values` are some at
   * which the answer turns.
   */
  unknown(at: At, because: string, value?: Value, values: readonly string[] = []): undefined {
    if (value) this.ask(value, values)
    const whole = value ? `${because}: ${nameOfOpen(value)} is not in the templates` : because
    this.#add(at, whole, 'unknown')
    this.outcome ??= { is: 'unknown', at: nodeOf(at), because: whole }
  }

  /** Throws Undecided where a choice of a parameter decides what the value is. */
  ask(value: Value, values: readonly string[] = []): void {
    const open = originsOf(value).find(
      ({ parameter }) => parameter !== undefined && isUndecided(this.facts.world.choices.get(parameter), values),
    )
    if (open?.parameter !== undefined)
      throw new Undecided({ parameter: open.parameter, values: [...(open.values ?? []), ...values] })
  }

  #add(at: At, says: string, is: Hop['is']): void {
    const place = 'node' in at && !('id' in at) ? at.place : this.facts.place(at as Resource)
    this.hops.push({ node: nodeOf(at), says, is, ...(place ? { file: place.file, line: place.line } : {}) })
  }
}

const nodeOf = (at: At): string => ('id' in at ? at.id : at.node)
