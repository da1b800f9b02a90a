/** A stack of ours in the fake account: CloudFormation's engine over the resources that matter to the functions. */
import { cloudFormationBelieves } from './beliefs.ts'
import type { Answer, Pending } from './cloudformation.ts'
import type { Estate } from './estate.ts'
import type { Statement } from './iam.ts'
import { type Element, resolve, type Scope, statementsOf, type Version } from './template.ts'

// biome-ignore lint/suspicious/noExplicitAny: resolved templates are free JSON
type Json = any
type State = { readonly id: string; pid: string; properties: Json; data: Readonly<Record<string, string>> }
type Leftover = {
  readonly element: Element
  readonly pid: string
  readonly properties: Json
  readonly version: Version
}

export type Plan = {
  /** The resource whose operation fails for a reason of its own; a native one, or `End` after all others. */
  readonly failAt?: string | undefined
  /** Seconds after which the user cancels a create or an update. */
  readonly cancelAfter?: number | undefined
  /** Uses this RequestId for the custom resource, as a retried deployment does. */
  readonly sameRequestIds?: boolean | undefined
}

const end: Element = {
  id: 'End',
  type: 'AWS::CloudFormation::WaitConditionHandle',
  layer: '',
  properties: {},
  policies: [],
}
const isCustom = ({ type }: Element) => type.startsWith('Custom::')

export class Stack {
  readonly estate: Estate
  readonly nested: boolean
  readonly log: string[] = []
  /** Policies in force, by logical ID. */
  readonly policies = new Map<
    string,
    { readonly role: 'waiter' | 'writer'; readonly statements: readonly Statement[] }
  >()
  readonly stackIds: Map<string, string> = new Map()
  /** The statements of all versions: cleaning up after an update is done for the old one, with the rights of the new. */
  readonly everAllowed = new Map<string, readonly Statement[]>()
  version: Version | undefined
  #state = new Map<string, State>()
  #requestIds = new Map<string, string>()
  #byRole: { waiter: Statement[]; writer: Statement[] } | undefined
  #cancelled = false
  #waiting: Pending | undefined
  readonly #name: string

  constructor(estate: Estate, name: string, nested: boolean) {
    this.estate = estate
    this.nested = nested
    this.#name = name
  }

  stackIdOf(layer: string): string {
    const key = this.nested ? layer : ''
    const known = this.stackIds.get(key)
    if (known) return known
    const { partition, region, account, cloudFormation } = this.estate
    const name = key ? `${this.#name}-${key}-1A2B3C4D5E6F` : this.#name
    const id = `arn:${partition}:cloudformation:${region}:${account}:stack/${name}/${cloudFormation.newId()}`
    this.stackIds.set(key, id)
    return id
  }

  policiesOf(role: 'waiter' | 'writer'): readonly Statement[] {
    const all = [...this.policies.values()]
    const of = (wanted: string) =>
      all.filter((policy) => policy.role === wanted).flatMap(({ statements }) => statements)
    this.#byRole ??= { waiter: of('waiter'), writer: of('writer') }
    return this.#byRole[role]
  }

  #scope(version: Version, layer: string): Scope {
    const { partition, region, account } = this.estate
    const stackId = this.stackIdOf(layer)
    return {
      parameters: { ...version.parameters, ...this.estate.parameters },
      pseudo: {
        'AWS::Partition': partition,
        'AWS::Region': region,
        'AWS::AccountId': account,
        'AWS::StackId': stackId,
        'AWS::StackName': stackId.split('/')[1] ?? '',
      },
      ref: (id) => this.#state.get(id)?.pid ?? `ref-${id}`,
      attribute: (id, name) => {
        if (id.endsWith('Function')) return `arn:${partition}:lambda:${region}:${account}:function:${id}`
        return this.#state.get(id)?.data[name] ?? `attribute-${id}-${name}`
      },
    }
  }

  #enforce(version: Version, element: Element): void {
    for (const id of element.policies) {
      const policy = version.policies[id]
      if (!policy) continue
      const statements = statementsOf(policy.statements, this.#scope(version, policy.layer))
      this.policies.set(id, { role: policy.role, statements })
      this.everAllowed.set(JSON.stringify(statements), statements)
      this.#byRole = undefined
      this.estate.rightsChanged()
    }
  }

  #forbid(id: string): void {
    this.policies.delete(id)
    this.#byRole = undefined
  }

  async create(version: Version, plan: Plan = {}): Promise<string> {
    const cancel = this.#cancelLater(plan)
    for (const element of [...version.elements, end]) {
      if (!this.#cancelled && (await this.#createOne(version, element, plan)) === 'ok') continue
      cancel()
      this.log.push(`create failed at ${element.id}`)
      this.version = version
      return (await this.delete()) === 'DELETE_COMPLETE' ? 'ROLLBACK_COMPLETE' : 'ROLLBACK_FAILED'
    }
    cancel()
    this.version = version
    return 'CREATE_COMPLETE'
  }

  /** The returned function takes it back. */
  #cancelLater({ cancelAfter }: Plan): () => void {
    this.#cancelled = false
    if (cancelAfter === undefined) return () => {}
    return this.estate.clock.at(this.estate.clock.now() + cancelAfter * 1000, () => {
      this.#cancelled = true
      this.#waiting?.resolve('cancelled')
    })
  }

  async update(version: Version, plan: Plan = {}): Promise<string> {
    const before = this.version
    if (!before) throw new Error('there is no stack to update')
    const states = new Map([...this.#state].map(([id, state]) => [id, { ...state }]))
    const touched: Element[] = []
    const created: Element[] = []
    const leftovers: Leftover[] = []
    const cancel = this.#cancelLater(plan)
    let failed = false
    for (const element of [...version.elements, end]) {
      const state = this.#state.get(element.id)
      if (this.#cancelled) failed = true
      if (failed) break
      if (state) {
        touched.push(element)
        failed = (await this.#updateOne(version, element, before, plan, leftovers)) !== 'ok'
      } else {
        created.push(element)
        failed = (await this.#createOne(version, element, plan)) !== 'ok'
      }
      if (failed) this.log.push(`update failed at ${element.id}`)
    }
    cancel()
    if (!failed) {
      this.version = version
      const kept = new Set(version.elements.map(({ id }) => id))
      for (const element of before.elements.filter(({ id }) => !kept.has(id))) {
        const state = this.#state.get(element.id)
        if (state) leftovers.push({ element, pid: state.pid, properties: state.properties, version: before })
        this.#state.delete(element.id)
      }
      await this.#cleanUp(leftovers)
      return 'UPDATE_COMPLETE'
    }
    return this.#rollBack(before, states, touched, created)
  }

  async #rollBack(
    before: Version,
    states: Map<string, State>,
    touched: Element[],
    created: Element[],
  ): Promise<string> {
    this.#cancelled = false
    const leftovers: Leftover[] = []
    for (const newer of touched) {
      const element = before.elements.find(({ id }) => id === newer.id)
      const old = states.get(newer.id)
      if (!element || !old) continue
      const replacement = this.#state.get(newer.id)
      if (!isCustom(element) && replacement && replacement.pid !== old.pid) {
        // What was replaced is still there and becomes the resource again.
        leftovers.push({ element, pid: replacement.pid, properties: replacement.properties, version: before })
        this.#state.set(newer.id, { ...old })
        continue
      }
      for (let tries = 1; ; tries++) {
        const present = { ...(this.#state.get(newer.id) as State) }
        const result = await this.#updateOne(before, element, before, {}, [])
        const now = this.#state.get(newer.id) as State
        if (present.pid !== now.pid)
          leftovers.push({ element, pid: present.pid, properties: present.properties, version: before })
        if (result === 'ok') {
          if (old.pid !== now.pid && old.pid !== present.pid) this.estate.replacedInRollback(element, old.pid, now.pid)
          break
        }
        this.log.push(`rollback failed at ${element.id}`)
        now.properties = present.properties
        if (tries === 4) return 'UPDATE_ROLLBACK_FAILED'
      }
    }
    for (const element of created) {
      const state = this.#state.get(element.id)
      if (state) leftovers.push({ element, pid: state.pid, properties: state.properties, version: before })
      this.#state.delete(element.id)
    }
    await this.#cleanUp(leftovers)
    return 'UPDATE_ROLLBACK_COMPLETE'
  }

  async #cleanUp(leftovers: readonly Leftover[]): Promise<void> {
    // What depends on something goes before it.
    for (const { element, pid, properties } of [...leftovers].reverse())
      for (let tries = 0; tries < cloudFormationBelieves.cleanUpIsTried.value; tries++)
        if ((await this.#deleteOne(element, pid, properties)) === 'ok') break
    this.estate.cleanedUp([...this.#state.values()].map(({ pid }) => pid))
  }

  /** Tries until it is done; a person would do so too. */
  async delete(): Promise<string> {
    const version = this.version
    if (!version) return 'DELETE_COMPLETE'
    for (const element of [...version.elements].reverse()) {
      const state = this.#state.get(element.id)
      if (!state) continue
      for (let tries = 1; ; tries++) {
        if ((await this.#deleteOne(element, state.pid, state.properties)) === 'ok') break
        this.log.push(`delete failed at ${element.id}`)
        if (tries === 6) return 'DELETE_FAILED'
      }
      this.#state.delete(element.id)
      // A policy goes after the last resource that depends on it.
      for (const id of element.policies)
        if (!version.elements.some((other) => this.#state.has(other.id) && other.policies.includes(id)))
          this.#forbid(id)
    }
    this.version = undefined
    return 'DELETE_COMPLETE'
  }

  async #createOne(version: Version, element: Element, plan: Plan): Promise<'ok' | 'failed'> {
    if (plan.failAt === element.id) return 'failed'
    if (element === end) return 'ok'
    this.#enforce(version, element)
    const properties = resolve(element.properties, this.#scope(version, element.layer))
    if (!isCustom(element)) {
      const { pid, data } = this.estate.createNative(element.id, properties)
      this.#state.set(element.id, { id: element.id, pid, properties, data })
      return 'ok'
    }
    const answer = await this.#ask('Create', element, { ResourceProperties: properties }, plan)
    const isAnswer = typeof answer === 'object'
    // CloudFormation makes up an id of its own when it was told none.
    const pid = isAnswer ? answer.PhysicalResourceId : `${this.#name}-${element.id}-1XYZ`
    this.#state.set(element.id, { id: element.id, pid, properties, data: isAnswer ? answer.Data : {} })
    return isAnswer && answer.Status === 'SUCCESS' ? 'ok' : 'failed'
  }

  async #updateOne(
    version: Version,
    element: Element,
    before: Version,
    plan: Plan,
    leftovers: Leftover[],
  ): Promise<'ok' | 'failed'> {
    if (plan.failAt === element.id) return 'failed'
    const state = this.#state.get(element.id)
    if (!state) return 'ok'
    this.#enforce(version, element)
    const properties = resolve(element.properties, this.#scope(version, element.layer))
    if (JSON.stringify(properties) === JSON.stringify(state.properties)) return 'ok'
    const old = { pid: state.pid, properties: state.properties }
    state.properties = properties
    if (!isCustom(element)) {
      const changed = this.estate.updateNative(element.id, old.pid, old.properties, properties)
      if (changed) {
        leftovers.push({ element, ...old, version: before })
        state.pid = changed.pid
        state.data = changed.data
      }
      return 'ok'
    }
    const event = { PhysicalResourceId: old.pid, ResourceProperties: properties, OldResourceProperties: old.properties }
    const answer = await this.#ask('Update', element, event, plan)
    if (typeof answer !== 'object') return 'failed'
    state.pid = answer.PhysicalResourceId
    if (answer.Status !== 'SUCCESS') return 'failed'
    state.data = answer.Data
    if (state.pid !== old.pid) leftovers.push({ element, ...old, version: before })
    this.estate.updated(element, old.pid, state.pid, old.properties, properties)
    return 'ok'
  }

  async #deleteOne(element: Element, pid: string, properties: Json): Promise<'ok' | 'failed'> {
    if (!isCustom(element)) {
      this.estate.deleteNative(element.id, pid, properties)
      return 'ok'
    }
    const answer = await this.#ask('Delete', element, { PhysicalResourceId: pid, ResourceProperties: properties }, {})
    const ok = typeof answer === 'object' && answer.Status === 'SUCCESS'
    if (ok) this.estate.deleted(element, pid)
    return ok ? 'ok' : 'failed'
  }

  #ask(
    type: 'Create' | 'Update' | 'Delete',
    element: Element,
    rest: Json,
    plan: Plan,
  ): Promise<Answer | 'unanswered' | 'cancelled'> {
    const { cloudFormation } = this.estate
    const earlier = this.#requestIds.get(element.id)
    const requestId = type === 'Create' && plan.sameRequestIds && earlier ? earlier : cloudFormation.newId()
    if (type === 'Create') this.#requestIds.set(element.id, requestId)
    return cloudFormation.ask(
      {
        RequestType: type,
        RequestId: requestId,
        StackId: this.stackIdOf(element.layer),
        LogicalResourceId: element.id,
        ResourceType: element.type,
        ...rest,
      },
      (pending) => {
        this.#waiting = pending
      },
    )
  }
}
