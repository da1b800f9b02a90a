/** Resources and properties that are a door wherever they stand in a template with something to protect. */
import type { Facts } from '../facts/facts.ts'
import type { DoorName } from '../facts/types/doors.ts'
import { classOf, doors } from '../facts/types/table.ts'
import { openBy } from '../resolve/calls.ts'
import type { Resource } from '../resolve/program.ts'
import { booleanOf, isAbsent, textOf, type Value } from '../resolve/value.ts'
import { gatewayOf } from './gateways.ts'
import { unlessBoolean } from './known.ts'
import { isCustom } from './programs.ts'
import { startedBy, stateMachineType } from './state-machines.ts'
import { taskSetType } from './tasks.ts'
import { isReadContainer } from './unread.ts'
import { hasUnreadDocument, mayHoldDocument } from './unread-documents.ts'
import { valuesAt } from './values-at.ts'

export type Opening = {
  readonly door: DoorName
  readonly does: string
  /** What keeps it from being known whether it is one. */
  readonly value?: Value
}

/** What may be a door, in any world. */
export const doorSources = (facts: Facts): readonly Resource[] =>
  facts.candidates(...new Set(doors.map(({ type }) => type)))

export const openingsOf = (facts: Facts, resource: Resource): Opening[] =>
  doors.flatMap(({ type, door, does, property, unless }): Opening[] => {
    if (type !== resource.type || door === 'exec') return []
    if (unless !== undefined) {
      const value = facts.get(resource, unless.property)
      const text = textOf(value)
      if (text === undefined && !isAbsent(value)) return [{ door, does, value }]
      return text === unless.value ? [] : [{ door, does }]
    }
    if (property === undefined) return [{ door, does }]
    const values = valuesAt(facts, resource, property)
    const open = values.find(({ kind }) => kind === 'any')
    if (values.some((value) => !isAbsent(value) && value.kind !== 'any')) return [{ door, does }]
    return open ? [{ door, does, value: open }] : []
  })

/** Whether it leads to a VPN gateway, and so to another network; or what keeps it from being known: https://docs.aws.amazon.com/vpn/latest/s2svpn/SetUpVPNConnections.html */
export function leadsToVpnGateway(facts: Facts, route: Resource): boolean | Value {
  const value = facts.get(route, 'GatewayId')
  if (isAbsent(value)) return false
  const of = gatewayOf(facts, value)
  return 'unknown' in of ? of.unknown : of.known === 'vpn'
}

export const execSources = (facts: Facts): readonly Resource[] =>
  facts.candidates(...execPaths.keys(), taskSetType, stateMachineType)

/** Where a type says it, list indices left out. */
const execPaths: ReadonlyMap<string, readonly string[]> = doors.reduce(
  (all, { type, door, property }) =>
    door === 'exec' && property !== undefined ? all.set(type, [...(all.get(type) ?? []), property]) : all,
  new Map<string, readonly string[]>(),
)

/** Whether tasks are started with ECS Exec, a shell in them: yes, no, or what keeps it from being known. */
export function allowsExec(facts: Facts, resource: Resource): boolean | Value {
  const values = execValues(facts, resource)
  if (values.some((value) => booleanOf(value, false) === true)) return true
  const unknown = values.find((value) => booleanOf(value, false) === undefined)
  return unknown ? unlessBoolean(unknown) : false
}

const execValues = (facts: Facts, resource: Resource): readonly Value[] =>
  resource.type === stateMachineType
    ? (startedBy(facts, resource) ?? []).map(({ exec }) => exec)
    : (execPaths.get(resource.type) ?? ['EnableExecuteCommand']).flatMap((path) => valuesAt(facts, resource, path))

/** Containers that may hold a role or a door, whatever they are given; types that nobody has judged are such. */
export function containerSources(facts: Facts): readonly Resource[] {
  return [...facts.around.program.resources.values()].filter((resource) => {
    if (isReadContainer(resource)) return false
    const kind = classOf(resource.type)
    // What a custom resource does is its function's doing: what it is given is looked at elsewhere.
    const isUnread = (kind === undefined || kind === 'container') && !isCustom(resource.type)
    return (
      isUnread || (openBy(resource.node) !== undefined && mayBecomeDoor(resource.type)) || mayHoldDocument(resource)
    )
  })
}

/** Whether one of these cannot be read in this world. */
export const isUnreadContainer = (facts: Facts, resource: Resource): boolean =>
  !mayHoldDocument(resource) || openBy(resource.node) !== undefined || hasUnreadDocument(facts, resource)

/** Of those with a type, one that gives rights or joins networks; without a type, anything. */
const mayBecomeDoor = (type: string): boolean =>
  type === '' || /^AWS::(?:IAM|SSO)::/.test(type) || doors.some((each) => each.type === type)
