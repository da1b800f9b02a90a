import type { Change, ResourceRecordSet, RRType } from '@aws-sdk/client-route-53'
import { type AwsError, Failure, isDenied } from '../runtime/errors.ts'
import { list, parse, text } from '../runtime/properties.ts'
import type { Resource, Task } from '../runtime/task.ts'
import type { Clients } from './clients.ts'
import { keep } from './kept.ts'
import { bareId, dnsName, externalId, plain, roleArn, zoneId } from './names.ts'
import { openZone, openZones, refuseDelegated, shown, zoneOf } from './zones.ts'

//! ---- Custom::PortcullisAliasRecord: the name of the API, in the zone of another account ----

const shape = {
  HostedZoneId: text(zoneId),
  HostedZoneRoleArn: text(roleArn, ''),
  HostedZoneExternalId: text(externalId, ''),
  Name: text(dnsName),
  TargetDnsName: text(dnsName),
  TargetHostedZoneId: text(zoneId),
  RecordTypes: list(text(/^(A|AAAA)$/)),
  Revision: text(/^[\w.-]{1,128}$/, '-'),
}
const types = ['A', 'AAAA'] as const

const propertiesOf = (resourceProperties: Record<string, unknown>) => {
  const properties = parse(resourceProperties, shape)
  const name = plain(properties.Name)
  const id = bareId(properties.HostedZoneId)
  const access = { Id: id, RoleArn: properties.HostedZoneRoleArn, ExternalId: properties.HostedZoneExternalId }
  return { properties, name, access, physicalId: `portcullis:alias:${id}:${name}` }
}

const leadsTo = (set: ResourceRecordSet, targets: readonly unknown[]): boolean =>
  set.AliasTarget !== undefined &&
  targets.some((target) => plain(String(target ?? '')) === plain(set.AliasTarget?.DNSName ?? ''))

const aliasOf = (of: { readonly TargetDnsName: string; readonly TargetHostedZoneId: string }) => ({
  DNSName: `${plain(of.TargetDnsName)}.`,
  HostedZoneId: bareId(of.TargetHostedZoneId),
  EvaluateTargetHealth: false,
})

/** What no repetition of the delete would change. */
const isLost = (error: unknown): boolean => isDenied(error) || (error instanceof Failure && error.kind !== 'deadline')

//! Removes only what leads to our target. A zone or role that is gone does not stop the deletion of the stack.
const removeOwn = async (task: Task, clients: Clients, of: Record<string, unknown>, id: string): Promise<void> => {
  try {
    const { properties, access, physicalId } = propertiesOf(of)
    //! A create that failed early, or that nobody heard, never told an id of ours; it may have written all the same.
    const [, , Id = '', name = ''] = (id.startsWith('portcullis:alias:') ? id : physicalId).split(':')
    try {
      const zone = await openZone(task, clients, { ...access, Id })
      await zone?.change(async () =>
        (await zone.setsAt(name))
          .filter((set) => types.includes(set.Type as RRType & 'A') && leadsTo(set, [properties.TargetDnsName]))
          .map((ResourceRecordSet) => ({ Action: 'DELETE', ResourceRecordSet })),
      )
    } catch (error) {
      if (!isLost(error)) throw error
      const AliasTarget = aliasOf(properties)
      keep(
        task,
        Id,
        properties.RecordTypes.map((type) => ({ Name: `${name}.`, Type: type as RRType, AliasTarget })),
        error,
      )
    }
  } catch (error) {
    if (!isLost(error)) throw error
    task.log('records', { status: `kept: ${(error as AwsError)?.message}` }, 'warn')
  }
}

//! An update that was cut off may have written a name that CloudFormation never heard of. The update that rolls it
//! back has that name in its old properties, under the physical id of the name before.
const removeStray = async (task: Task, clients: Clients, old: Record<string, unknown>): Promise<void> => {
  try {
    const { physicalId } = propertiesOf(old)
    if (physicalId !== task.physicalId) await removeOwn(task, clients, old, physicalId)
  } catch (error) {
    task.log('strays', { status: `kept: ${(error as AwsError)?.name}` }, 'warn')
  }
}

export const aliasRecord = (clients: Clients): Resource => ({
  async apply(task) {
    const { properties, name, access, physicalId } = propertiesOf(task.event.ResourceProperties)
    //! On an update of the same record, the target before it is ours too; a rollback meets either of the two.
    const old =
      task.physicalId === physicalId
        ? (task.event as { OldResourceProperties?: Record<string, unknown> }).OldResourceProperties
        : undefined
    const zones = await openZones(task, clients, [access])
    const zone = zoneOf(zones, name)
    const target = aliasOf(properties)
    task.physicalId = physicalId
    await refuseDelegated(zone, name)
    await zone.change(async () => {
      const sets = await zone.setsAt(name)
      const foreign = sets.find(
        ({ Type, ...set }) =>
          /^(A|AAAA|CNAME)$/.test(Type ?? '') &&
          !leadsTo(set as ResourceRecordSet, [target.DNSName, old?.['TargetDnsName']]),
      )
      if (foreign)
        throw new Failure(
          'state',
          `${name} is already ${shown(foreign)} instead of an alias of ${target.DNSName} - remove it if nothing needs it, then deploy again`,
        )
      const changes: Change[] = []
      for (const Type of types) {
        const present = sets.find((set) => set.Type === Type)
        if (!properties.RecordTypes.includes(Type)) {
          if (present) changes.push({ Action: 'DELETE', ResourceRecordSet: present })
        } else if (
          !present ||
          !leadsTo(present, [target.DNSName]) ||
          present.AliasTarget?.HostedZoneId !== target.HostedZoneId
        )
          changes.push({ Action: 'UPSERT', ResourceRecordSet: { Name: `${name}.`, Type, AliasTarget: target } })
      }
      return changes
    })
    if (old) await removeStray(task, clients, old)
    return { Name: name }
  },

  async remove(task) {
    await removeOwn(task, clients, task.event.ResourceProperties, task.physicalId)
  },
})
