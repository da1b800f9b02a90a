import type { ResourceRecordSet } from '@aws-sdk/client-route-53'
import type { Credentials, Route53 } from '../../custom-resources/writer/clients.ts'
import { type Aws, type Caller, FakeAwsError } from './aws.ts'
import { route53Believes } from './beliefs.ts'

export type Zone = {
  readonly id: string
  readonly name: string
  readonly account: string
  readonly isPrivate: boolean
  readonly records: Map<string, { readonly set: ResourceRecordSet; readonly at: number }>
  busyUntil: number
}

const key = (name: string, type: string | undefined) => `${name.toLowerCase().replace(/\.?$/, '.')} ${type}`
const reversed = (name: string) => name.toLowerCase().replace(/\.$/, '').split('.').reverse().join('.')

export class FakeRoute53 {
  readonly aws: Aws
  readonly partition: string
  readonly zones = new Map<string, Zone>()
  readonly changes: {
    readonly zone: string
    readonly action: string
    readonly set: ResourceRecordSet
    readonly isLate: boolean
  }[] = []
  readonly #buckets = new Map<string, { tokens: number; at: number }>()

  constructor(aws: Aws, partition: string) {
    this.aws = aws
    this.partition = partition
  }

  addZone(id: string, name: string, account: string, isPrivate = false): Zone {
    const zone: Zone = { id, name: `${name}.`, account, isPrivate, records: new Map(), busyUntil: 0 }
    this.zones.set(id, zone)
    this.put(zone, { Name: `${name}.`, Type: 'NS', TTL: 172800, ResourceRecords: [{ Value: 'ns-1.example.net.' }] })
    this.put(zone, { Name: `${name}.`, Type: 'SOA', TTL: 900, ResourceRecords: [{ Value: 'ns-1.example.net. 1' }] })
    return zone
  }

  put(zone: Zone, set: ResourceRecordSet): void {
    const at = key(set.Name ?? '', set.Type)
    const before = zone.records.get(at)
    const same = before && JSON.stringify(before.set.ResourceRecords) === JSON.stringify(set.ResourceRecords)
    zone.records.set(at, { set, at: same ? before.at : this.aws.clock.now() })
  }

  /** Since when the world sees this CNAME: in the public zone with the longest name. */
  seenSince = (name: string, value: string): number | undefined => {
    const [zone] = [...this.zones.values()]
      .filter((one) => !one.isPrivate && name.toLowerCase().endsWith(`.${one.name}`))
      .sort((one, other) => other.name.length - one.name.length)
    const found = zone?.records.get(key(name, 'CNAME'))
    const plain = (text: string) => text.toLowerCase().replace(/\.$/, '')
    return found && plain(found.set.ResourceRecords?.[0]?.Value ?? '') === plain(value) ? found.at : undefined
  }

  #throttle(account: string): void {
    const { burst, requestsPerSecond } = route53Believes
    const now = this.aws.clock.now()
    const bucket = this.#buckets.get(account) ?? { tokens: burst.value, at: now }
    bucket.tokens = Math.min(burst.value, bucket.tokens + ((now - bucket.at) / 1000) * requestsPerSecond.value)
    bucket.at = now
    this.#buckets.set(account, bucket)
    if (bucket.tokens < 1) throw new FakeAwsError('Throttling', 'Rate exceeded')
    bucket.tokens -= 1
  }

  client(
    callerOf: (credentials: (() => Promise<Credentials>) | undefined) => Promise<Caller>,
    credentials?: () => Promise<Credentials>,
  ): Route53 {
    const { aws } = this
    const caller = () => callerOf(credentials)
    const arn = (id = '') => `arn:${this.partition}:route53:::hostedzone/${id.replace('/hostedzone/', '')}`
    const find = (id: string | undefined, who: Caller): Zone => {
      const zone = this.zones.get((id ?? '').replace('/hostedzone/', ''))
      if (!zone || zone.account !== who.account)
        throw new FakeAwsError('NoSuchHostedZone', `No hosted zone found with ID: ${id}`, 404)
      return zone
    }
    return {
      getHostedZone: aws.operation(
        'route53',
        'GetHostedZone',
        caller,
        ({ Id }) => [{ action: 'route53:GetHostedZone', resource: arn(Id), context: {} }],
        ({ Id }, who) => {
          this.#throttle(who.account)
          const zone = find(Id, who)
          return {
            HostedZone: {
              Id: `/hostedzone/${zone.id}`,
              Name: zone.name,
              CallerReference: 'x',
              Config: { PrivateZone: zone.isPrivate },
            },
          }
        },
      ),
      listResourceRecordSets: aws.operation(
        'route53',
        'ListResourceRecordSets',
        caller,
        ({ HostedZoneId }) => [{ action: 'route53:ListResourceRecordSets', resource: arn(HostedZoneId), context: {} }],
        ({ HostedZoneId, StartRecordName = '', MaxItems = 300 }, who) => {
          this.#throttle(who.account)
          const start = reversed(StartRecordName)
          return {
            ResourceRecordSets: [...find(HostedZoneId, who).records.values()]
              .map(({ set }) => set)
              .filter((set) => reversed(set.Name ?? '') >= start)
              .sort((one, other) => (reversed(one.Name ?? '') < reversed(other.Name ?? '') ? -1 : 1))
              .slice(0, MaxItems),
          }
        },
      ),
      changeResourceRecordSets: aws.operation(
        'route53',
        'ChangeResourceRecordSets',
        caller,
        ({ HostedZoneId, ChangeBatch }) => {
          const changes = ChangeBatch?.Changes ?? []
          const names = changes.map((one) => (one.ResourceRecordSet?.Name ?? '').toLowerCase().replace(/\.$/, ''))
          return [
            {
              action: 'route53:ChangeResourceRecordSets',
              resource: arn(HostedZoneId),
              context: {
                'route53:ChangeResourceRecordSetsNormalizedRecordNames': names.map((name) =>
                  name.replace('*', '\\052'),
                ),
                'route53:ChangeResourceRecordSetsRecordTypes': changes.map((one) => one.ResourceRecordSet?.Type ?? ''),
                'route53:ChangeResourceRecordSetsActions': changes.map((one) => one.Action ?? ''),
              },
            },
          ]
        },
        ({ HostedZoneId, ChangeBatch }, who) => {
          this.#throttle(who.account)
          const zone = find(HostedZoneId, who)
          if (aws.clock.now() < zone.busyUntil)
            throw new FakeAwsError(
              'PriorRequestNotComplete',
              'The request was rejected because Route 53 was still processing a prior request.',
            )
          const changes = ChangeBatch?.Changes ?? []
          for (const { Action, ResourceRecordSet: set } of changes) check(zone, Action, set)
          const keys = changes.map(
            ({ Action, ResourceRecordSet: set }) => `${Action} ${key(set?.Name ?? '', set?.Type)}`,
          )
          if (new Set(keys).size < keys.length)
            throw new FakeAwsError('InvalidChangeBatch', `The request contains a record set twice: ${keys}`)
          for (const { Action = '', ResourceRecordSet: set } of changes) {
            if (!set) continue
            if (Action === 'DELETE') zone.records.delete(key(set.Name ?? '', set.Type))
            else this.put(zone, set)
            this.changes.push({ zone: zone.id, action: Action, set, isLate: !who.isAwaited() })
          }
          zone.busyUntil = aws.clock.now() + route53Believes.busyZoneMs.value
          return {}
        },
      ),
    }
  }
}

function check(zone: Zone, action: string | undefined, set: ResourceRecordSet | undefined): void {
  const name = set?.Name ?? ''
  const present = zone.records.get(key(name, set?.Type))
  if (action === 'DELETE' && JSON.stringify(present?.set) !== JSON.stringify(set))
    throw new FakeAwsError(
      'InvalidChangeBatch',
      `Tried to delete resource record set [name='${name}', type='${set?.Type}'] but it was not found`,
    )
  if (action === 'CREATE' && present)
    throw new FakeAwsError('InvalidChangeBatch', `Tried to create resource record set ${name} but it already exists`)
  if (!`.${name}`.endsWith(`.${zone.name}`))
    throw new FakeAwsError('InvalidChangeBatch', `RRSet with DNS name ${name} is not permitted in zone ${zone.name}`)
  const others = [...zone.records.values()].filter((one) => one.set.Name === name && one.set.Type !== set?.Type)
  if (action === 'UPSERT' && others.some((one) => set?.Type === 'CNAME' || one.set.Type === 'CNAME'))
    throw new FakeAwsError(
      'InvalidChangeBatch',
      `RRSet of type ${set?.Type} with DNS name ${name} conflicts with another`,
    )
}
