import type { Config } from '../../config/schema/index.ts'
import { byText, pascalCase } from '../names.ts'
import type { Parameter } from '../parameters/parameter.ts'
import { reachedGroup, reachedRange } from '../parameters/reaches.ts'
import type { Named } from '../parameters/task.ts'

/** Hosts that a task may open connections to, at one port of TCP. */
export type Reach = {
  /** `5432Group`, `OrdersDbRange`: made of the name, or else the port, never of the place in the list. */
  readonly word: string
  readonly kind: 'group' | 'range'
  /** The group's id, or the range of addresses. */
  readonly peer: Parameter
  readonly port: number
  /** Whether the group gets a rule of ours. */
  readonly admit: boolean
}

type Written = Config['services'][string]['reaches'][number]

/** Sorted, so that the order in the file means nothing. */
export const reachesOf = (task: Named, written: readonly Written[]): Reach[] =>
  written.flatMap((each, index) => reachOf(task, each, index)).sort((a, b) => byText(a.word, b.word))

export const internetPortsOf = (written: readonly Written[]): number[] =>
  written.flatMap(({ internet }) => internet ?? [])

const reachOf = (task: Named, { securityGroup, cidr, port, admit, name }: Written, index: number): Reach[] => {
  if (port === undefined) return []
  const start = name === undefined ? String(port) : pascalCase(name)
  if (securityGroup !== undefined) {
    const word = `${start}Group`
    return [{ word, kind: 'group', peer: reachedGroup(task, word, securityGroup, index), port, admit: admit ?? true }]
  }
  if (cidr === undefined) return []
  const word = `${start}Range`
  return [{ word, kind: 'range', peer: reachedRange(task, word, cidr, index), port, admit: false }]
}
