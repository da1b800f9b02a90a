import type { Change, ResourceRecordSet } from '@aws-sdk/client-route-53'
import { placeOf } from '../runtime/arn.ts'
import { call, rightsMayBeNew } from '../runtime/aws.ts'
import { type AwsError, Failure, isDenied, isNotFound } from '../runtime/errors.ts'
import type { Task } from '../runtime/task.ts'
import type { Clients, Credentials } from './clients.ts'
import { bareId, isWithin, plain } from './names.ts'

//! ---- Hosted zones, here or in another account ----

export interface ZoneAccess {
  readonly Id: string
  readonly RoleArn: string
  readonly ExternalId: string
}
export interface Zone {
  readonly id: string
  readonly name: string
  /** The record sets of exactly this name. */
  setsAt(name: string): Promise<ResourceRecordSet[]>
  /** Makes in one batch the changes that are needed now; when Route 53 refuses them, looks again what is needed. */
  change(needed: () => Promise<readonly Change[]>): Promise<void>
}

/** A record set, for a message. */
export const shown = ({ Type, AliasTarget, ResourceRecords = [] }: ResourceRecordSet): string =>
  `${Type} ${AliasTarget ? `alias of ${AliasTarget.DNSName}` : ResourceRecords.map((one) => one.Value).join(' ')}`

//! Where Route 53 is run. Roles are assumed there too: the zone's account may not have opted in to this region.
const controlRegions: Record<string, string> = {
  aws: 'us-east-1',
  'aws-cn': 'cn-northwest-1',
  'aws-us-gov': 'us-gov-west-1',
  'aws-eusc': 'eusc-de-east-1',
  'aws-iso': 'us-iso-east-1',
}

/** Assumes the role now, and again whenever the credentials are about to end. */
const assume = async (task: Task, clients: Clients, region: string, { RoleArn, ExternalId }: ZoneAccess) => {
  if (placeOf(RoleArn).partition !== task.here.partition)
    throw new Failure('config', `role ${RoleArn} is not in the partition ${task.here.partition} of this stack`)
  const sts = clients.sts(region)
  const stack = task.event.StackId.split('/')[1] ?? ''
  const input = {
    RoleArn,
    RoleSessionName: `portcullis-${stack}`.replace(/[^\w+=,.@-]/g, '-').slice(0, 64),
    DurationSeconds: 900,
    //! By it, the role knows which names are this account's.
    Tags: [{ Key: 'portcullis:account', Value: task.here.account }],
    ...(ExternalId && { ExternalId }),
  }
  const renew = async (): Promise<Credentials> => {
    const output = await call(task, sts, 'assumeRole', input, rightsMayBeNew(task, 90_000)).catch((error: AwsError) => {
      if (!isDenied(error)) throw error
      const message = ExternalId ? `${error.message}`.split(ExternalId).join('***') : error.message
      throw new Failure(
        'permission',
        `cannot assume role ${RoleArn} - ${message} - check its trust policy and the ExternalId`,
      )
    })
    const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '', Expiration } = output.Credentials ?? {}
    return {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      sessionToken: SessionToken,
      expiration: Expiration ?? new Date(task.world.now()),
    }
  }
  let current = await renew()
  return async () => {
    if (current.expiration.getTime() - task.world.now() < 60_000) current = await renew()
    return current
  }
}

/** Undefined when the zone is gone. */
export const openZone = async (task: Task, clients: Clients, access: ZoneAccess): Promise<Zone | undefined> => {
  const region = controlRegions[task.here.partition] ?? task.here.region
  const route53 = clients.route53(region, access.RoleArn ? await assume(task, clients, region, access) : undefined)
  const id = bareId(access.Id)
  const found = await call(task, route53, 'getHostedZone', { Id: id }).catch((error) => {
    if (!isNotFound(error)) throw error
  })
  if (!found) return undefined
  if (found.HostedZone?.Config?.PrivateZone)
    throw new Failure('config', `hosted zone ${id} is private - the world cannot see it - give the public zone's id`)
  return {
    id,
    name: plain(found.HostedZone?.Name ?? ''),
    async setsAt(name) {
      const page = { HostedZoneId: id, StartRecordName: `${name}.`, MaxItems: 20 }
      const { ResourceRecordSets: sets = [] } = await call(task, route53, 'listResourceRecordSets', page)
      return sets.filter((set) => plain(set.Name ?? '') === name)
    },
    async change(needed) {
      for (let tries = 1; ; tries++) {
        const changes = await needed()
        if (changes.length === 0) return
        task.log('records', {
          status: changes.map((one) => `${one.Action} ${one.ResourceRecordSet?.Name} ${one.ResourceRecordSet?.Type}`),
        })
        const ChangeBatch = { Comment: 'by Portcullis', Changes: [...changes] }
        try {
          await call(task, route53, 'changeResourceRecordSets', { HostedZoneId: id, ChangeBatch })
          return
        } catch (error) {
          //! Somebody was faster, or it was done and the answer was lost. What is there now tells, the text does not.
          if ((error as AwsError)?.name !== 'InvalidChangeBatch' || tries === 3) throw error
        }
      }
    },
  }
}

/** The zones, for writing: each must be there. */
export const openZones = async (task: Task, clients: Clients, accesses: readonly ZoneAccess[]): Promise<Zone[]> => {
  const zones: Zone[] = []
  for (const access of accesses) {
    const zone = await openZone(task, clients, access)
    if (!zone) throw new Failure('config', `hosted zone ${access.Id} does not exist - give the id of a public zone`)
    zones.push(zone)
  }
  return zones
}

/** The zone that answers for a name: the one with the longest name. */
export const zoneOf = (zones: readonly Zone[], name: string): Zone => {
  const [zone] = zones
    .filter((one) => isWithin(name, one.name))
    .sort((one, other) => other.name.length - one.name.length)
  if (zone) return zone
  const names = zones.map((one) => one.name).join(', ') || '(none given)'
  throw new Failure('config', `${name} is not inside zone ${names} - give the zone that holds it`)
}

//! A record below a delegation is invisible: the world asks the other zone.
export const refuseDelegated = async (zone: Zone, name: string): Promise<void> => {
  for (let at = name; at !== zone.name && isWithin(at, zone.name); at = at.slice(at.indexOf('.') + 1))
    if ((await zone.setsAt(at)).some((set) => set.Type === 'NS'))
      throw new Failure(
        'config',
        `${at} is delegated by zone ${zone.name} to another zone - a record for ${name} here would not be seen - give the id of the zone ${at}`,
      )
}
