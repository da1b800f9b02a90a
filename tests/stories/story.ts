/** A random life of a stack, from one seed: what is deployed, what goes wrong, and what must hold at the end. */

import type { ResourceRecordSet } from '@aws-sdk/client-route-53'
import type { Json } from '../support/read-template.ts'
import { validationRecord } from './acm.ts'
import { FakeAwsError, type Trouble } from './aws.ts'
import type { Partition } from './beliefs.ts'
import type { PutTrouble } from './cloudformation.ts'
import { Estate, Ground, secretExternalId, zoneAccount, zoneId } from './estate.ts'
import type { Functions } from './functions.ts'
import type { Random } from './random.ts'
import { type Version, versionOf } from './template.ts'

const external = (config: { domain: { zone: { externalId: string } } }) => {
  config.domain.zone.externalId = secretExternalId
}
const change = (name: string, how: (config: Json) => void) =>
  versionOf(name, (config) => {
    external(config)
    how(config)
  })

const moreNames = (config: Json): void => {
  config.domain.alternativeNames = ['*.billing.example.com', 'pay.billing.example.com']
}

let made: readonly Version[] | undefined
/** The configs that a story deploys one after the other. */
export const versions = (): readonly Version[] => {
  made ??= makeVersions()
  return made
}

/** What the function understands and the generator never writes. */
const withRequest = (version: Version, how: (properties: Json) => Json): Version => ({
  ...version,
  elements: version.elements.map((element) =>
    element.id === 'CertificateRequest'
      ? { ...element, properties: { ...element.properties, ...how(element.properties) } }
      : element,
  ),
})
const elliptic = 'EC_prime256v1'
const withOtherKey = (version: Version): Version =>
  withRequest(version, ({ KeyAlgorithm }) => ({ KeyAlgorithm: KeyAlgorithm === elliptic ? 'RSA_2048' : elliptic }))

const makeVersions = (): Version[] => [
  change('first', () => {}),
  change('more names', moreNames),
  withRequest(change('names in another order', moreNames), ({ SubjectAlternativeNames }) => ({
    SubjectAlternativeNames: [...SubjectAlternativeNames].reverse(),
  })),
  change('another domain', (config) => {
    config.domain.name = 'invoices.example.com'
    config.domain.alternativeNames = []
  }),
  change('two waiters', (config) => {
    config.domain.waitMinutes = 28
  }),
  change('clean up', (config) => {
    config.domain.validationRecords = 'deleteIfUnused'
  }),
  withOtherKey(change('another key', () => {})),
  change('another route', (config) => {
    config.api.routes.push({ route: 'GET /reports', scopes: ['billing.read'] })
  }),
]

export type Told = {
  readonly events: number
  readonly kind: string
  readonly outcomes: readonly string[]
  readonly violations: readonly string[]
}

/** How badly things go in this story. */
type Weather = {
  throttle: number
  fault: number
  lost: number
  hang: number
  put: number
  crash: number
  /** Nothing can be uploaded for so many seconds, once. */
  outage: number
  duplicate: number
}

const calm: Weather = { throttle: 0, fault: 0, lost: 0, hang: 0, put: 0, crash: 0, outage: 0, duplicate: 0 }
const weatherOf = (random: Random): Weather =>
  random.chance(0.3)
    ? { ...calm }
    : {
        throttle: random.chance(0.5) ? random() * 0.25 : 0,
        fault: random.chance(0.4) ? random() * 0.1 : 0,
        lost: random.chance(0.4) ? random() * 0.1 : 0,
        hang: random.chance(0.2) ? random() * 0.05 : 0,
        put: random.chance(0.5) ? random() * 0.4 : 0,
        outage: random.chance(0.2) ? random() * 60 : 0,
        crash: random.chance(0.3) ? random() * 0.3 : 0,
        duplicate: random.chance(0.4) ? random() * 0.5 : 0,
      }

function troubled(estate: Estate, weather: Weather): void {
  const { random } = estate
  estate.ground.aws.trouble = (call): Trouble | undefined => {
    const early = estate.tooEarly(call)
    if (early) return early
    if (random.chance(weather.throttle)) {
      const name = { acm: 'ThrottlingException', apigateway: 'TooManyRequestsException' }[call.service] ?? 'Throttling'
      return {
        when: 'before',
        error: new FakeAwsError(name, 'Rate exceeded', call.service === 'apigateway' ? 429 : 400),
      }
    }
    if (random.chance(weather.fault))
      return { when: 'before', error: new FakeAwsError('InternalFailure', 'We failed', 500) }
    if (random.chance(weather.lost))
      return {
        when: 'after',
        error: Object.assign(new Error('read ECONNRESET'), { name: 'Error', code: 'ECONNRESET' }),
      }
    return random.chance(weather.hang)
      ? {
          when: random.pick(['before', 'after'] as const),
          error: random.pick(['hang', 'hang', 'hang', 'forever'] as const),
        }
      : undefined
  }
  const outageFrom = estate.clock.now() + random() ** 2 * 600_000
  const isOutage = () => Math.abs(estate.clock.now() - outageFrom) < weather.outage * 500
  estate.cloudFormation.putTrouble = (): PutTrouble | undefined =>
    isOutage()
      ? random.pick(['network', 500, 503] as const)
      : random.chance(weather.put)
        ? random.pick(['network', 'lost', 500, 503, 429, 'hang', 'lost'] as const)
        : undefined
  for (const lambda of Object.values(estate.lambdas)) {
    // The same event never crashes three times: then nothing could answer it.
    const crashes = new Map<string, number>()
    lambda.crashOf = () => {
      const id = lambda.invocations.at(-1)?.event.RequestId ?? ''
      if (!random.chance(weather.crash) || (crashes.get(id) ?? 0) >= 1) return undefined
      crashes.set(id, (crashes.get(id) ?? 0) + 1)
      return random() ** 2 * 120_000
    }
  }
  estate.deliveries = () =>
    random.chance(weather.duplicate)
      ? [50, ...Array.from({ length: random.pick([1, 2]) }, () => random.pick([0, 50, 2000, random() * 60_000]))]
      : [50]
}

/** Things in the same accounts that are not ours. */
function neighbours({ ground, account, region, random }: Estate) {
  const { acm, route53 } = ground
  const zone = route53.zones.get(zoneId)
  const name = 'billing.example.com'
  const tags = {
    'portcullis:stack-id': 'arn:aws:cloudformation:x:y:stack/other/1',
    'portcullis:logical-id': 'CertificateRequest',
  }
  const all = [
    () => acm.add(account, region, [name], { owner: 'someone' }),
    () => acm.add(account, region, [name, `*.${name}`], tags),
    () => acm.add(account, region, ['other.example.com'], {}, 'EC_prime256v1'),
  ]
  const from = random.pick([0, 1, 2])
  const foreign = [...all.slice(from), ...all.slice(0, from)]
    .slice(0, random.pick([0, 1, 3]))
    .map((add) => Object.assign(add(), { knownAt: 0 }))
  if (zone) {
    route53.put(zone, { Name: 'example.com.', Type: 'TXT', TTL: 60, ResourceRecords: [{ Value: '"v=spf1 -all"' }] })
    route53.put(zone, { Name: 'www.example.com.', Type: 'A', TTL: 60, ResourceRecords: [{ Value: '192.0.2.1' }] })
    // A neighbour's certificate lives on the same validation record.
    for (const each of foreign.flatMap(({ names }) => names)) {
      const { Name, Type, Value } = validationRecord(account, each)
      route53.put(zone, { Name, Type, TTL: 60, ResourceRecords: [{ Value }] })
    }
  }
  const others = () =>
    JSON.stringify([
      foreign.map((one) => [acm.certificates.has(one.arn), [...one.tags]]),
      [...(zone?.records.values() ?? [])]
        .map(({ set }) => set)
        .filter(
          ({ Name = '' }) =>
            foreign.some((one) => one.names.some((each) => validationRecord(account, each).Name === Name)) ||
            /^(www\.)?example\.com/.test(Name),
        )
        .map((set) => JSON.stringify(set))
        .sort(),
    ])
  return others
}

export async function tell(
  seed: number,
  code: Functions,
  seen: (estate: Estate) => void = () => {},
  among: readonly Kind[] = kinds,
): Promise<Told> {
  const probeOf = new Ground(seed, 'aws').random
  const partition = probeOf.pick<Partition>(['aws', 'aws', 'aws', 'aws-cn', 'aws-us-gov', 'aws-eusc'])
  const ground = new Ground(seed, partition)
  const { random, clock } = ground
  random()
  ground.aws.isRecording = false
  const estate = new Estate(ground, code, '111111111111', 'billing', random.chance(0.5))
  const { stack } = estate
  ground.deployZoneRole(versions(), [estate.account])
  const others = neighbours(estate)
  const before = others()
  const weather = weatherOf(random)
  const isCalm = Object.values(weather).every((each) => each === 0)
  troubled(estate, weather)
  estate.slowRights = random.chance(0.3)
  ground.aws.goneIsDenied = random.chance(0.5)
  const isLateRole = random.chance(0.15)
  if (isLateRole) {
    const role = ground.sts.roles.get(ground.roleArn)
    if (role) role.usableAt = clock.now() + random() * 60_000
  }
  estate.isFair = isCalm && !estate.slowRights && !isLateRole
  const kind = random.pick(among)
  const outcomes: string[] = []
  const live = async () => {
    await kind.tell(estate, random, outcomes, versionsOf(random.pick(kind.parts), random.chance(0.5)))
    // In the end the user removes it, every other time in fair weather.
    if (random.chance(0.5)) Object.assign(weather, calm)
    outcomes.push(await stack.delete())
    await estate.settle()
  }
  const problems: string[] = []
  try {
    await clock.run(live())
  } catch (error) {
    problems.push(`the story broke: ${error instanceof Error ? (error.stack ?? error.message) : error}`)
  }
  seen(estate)
  problems.push(...estate.checkAlways())
  if (others() !== before) problems.push(`3/4: something foreign was changed: ${before} became ${others()}`)
  if (outcomes.at(-1) !== 'DELETE_COMPLETE') problems.push(`the stack cannot be deleted: ${stack.log.join('; ')}`)
  else {
    for (const stray of estate.strays) problems.push(`2: ${stray.arn} (${ground.acm.statusOf(stray)}) is left behind`)
    const aliases = [...(ground.route53.zones.get(zoneId)?.records.values() ?? [])].filter(({ set }) => set.AliasTarget)
    // What a run writes when nobody listens any more, nobody can remove.
    const isLate = ({ Name }: { Name?: string | undefined }) =>
      ground.route53.changes.findLast(({ set }) => set.Name === Name)?.isLate
    const left = aliases.find(({ set }) => !isLate(set))
    if (left) problems.push(`2: an alias record is left behind: ${left.set.Name}`)
  }
  const asked = [...estate.cloudFormation.requests.values()].map(({ event }) => event.ResourceProperties)
  const isKept = asked.every((properties) => properties['ValidationRecords'] !== 'deleteIfUnused')
  const removed = ground.route53.changes.find(({ action, set }) => action === 'DELETE' && set.Type === 'CNAME')
  if (isKept && removed) problems.push(`E17: nobody wanted ${removed.set.Name} to be removed`)
  if (outcomes.includes('UPDATE_ROLLBACK_FAILED')) problems.push(`a rollback failed: ${stack.log.join('; ')}`)
  if (kind.succeeds && isCalm && outcomes.some((outcome) => !/^(CREATE|UPDATE|DELETE)_COMPLETE$/.test(outcome)))
    problems.push(`it failed in fair weather: ${stack.log.join('; ')}`)
  return { kind: kind.name, events: estate.cloudFormation.requests.size, outcomes, violations: [...new Set(problems)] }
}

/** Parts of the stack that can live alone; most stories are about one of them. */
const partElements = {
  'whole stack': /./,
  certificate: /^Certificate|^HttpsListener/,
  link: /^VpcLink/,
  name: /^Api|^IsolationProbe/,
} as const
type Part = keyof typeof partElements

const partVersions = new Map<string, readonly Version[]>()
function versionsOf(part: Part, hasOtherKeys: boolean): readonly Version[] {
  const key = `${part} ${hasOtherKeys}`
  const known = partVersions.get(key)
  if (known) return known
  const all = hasOtherKeys ? versions().map(withOtherKey) : versions()
  const made = all.map((version) => ({
    ...version,
    elements: version.elements.filter(({ id }) => partElements[part].test(id)),
  }))
  partVersions.set(key, made)
  return made
}

export type Kind = {
  readonly name: string
  readonly parts: readonly Part[]
  /** In fair weather everything gets through. */
  readonly succeeds?: boolean
  tell(estate: Estate, random: Random, outcomes: string[], versions: readonly Version[]): Promise<void>
}

const other = (random: Random, all: readonly Version[]): Version => random.pick(all.slice(1))
/** A resource that CloudFormation makes itself and cannot, or the end of the stack. */
const failure = (random: Random, [version]: readonly Version[]): string =>
  random.pick(['End', ...(version?.elements ?? []).filter(({ type }) => type.startsWith('AWS::')).map(({ id }) => id)])

const takenName = (
  name: string,
  part: Part,
  version: number,
  recordOf: (account: string) => ResourceRecordSet,
): Kind => ({
  name,
  parts: ['whole stack', part, part],
  async tell({ ground, account, stack }, _random, outcomes, versions) {
    const zone = ground.route53.zones.get(zoneId)
    const set = recordOf(account)
    if (zone) ground.route53.put(zone, set)
    outcomes.push(await stack.create(versions[version] as Version))
    const now = [...(zone?.records.values() ?? [])].find(
      (one) => one.set.Name === set.Name && one.set.Type === set.Type,
    )
    if (JSON.stringify(now?.set) !== JSON.stringify(set))
      stack.estate.violations.push('4: a foreign record was overwritten')
    if (outcomes.at(-1) === 'CREATE_COMPLETE') stack.estate.violations.push('E14: took a name that is in use')
  },
})

const kinds: readonly Kind[] = [
  {
    name: 'create',
    parts: ['whole stack', 'certificate', 'certificate', 'link', 'name'],
    succeeds: true,
    async tell({ stack }, random, outcomes, versions) {
      outcomes.push(await stack.create(random.pick(versions)))
    },
  },
  {
    name: 'failed create',
    parts: ['whole stack', 'certificate', 'certificate', 'link', 'name'],
    async tell({ stack }, random, outcomes, versions) {
      outcomes.push(await stack.create(random.pick(versions), { failAt: failure(random, versions) }))
    },
  },
  {
    name: 'certificate that fails',
    parts: ['whole stack', 'certificate', 'certificate'],
    async tell({ ground, stack }, random, outcomes, versions) {
      const status = random.pick(['FAILED', 'VALIDATION_TIMED_OUT', 'REVOKED', 'PENDING_VALIDATION'] as const)
      // One that nobody validates is pending from the beginning.
      const within = status === 'PENDING_VALIDATION' ? 0 : 300_000
      ground.acm.fateOfNext = () => ({ status, reason: 'CAA_ERROR', at: ground.clock.now() + random() * within })
      outcomes.push(await stack.create(random.pick(versions)))
      ground.acm.fateOfNext = () => undefined
    },
  },
  {
    name: 'link that fails',
    parts: ['whole stack', 'link', 'link'],
    async tell(estate, random, outcomes, versions) {
      estate.linkFails = true
      outcomes.push(await estate.stack.create(random.pick(versions)))
    },
  },
  {
    name: 'open API',
    parts: ['whole stack', 'name', 'name'],
    async tell(estate, random, outcomes, versions) {
      estate.network.isOpen = random.chance(0.5)
      if (!estate.network.isOpen) estate.network.addresses = ['10.20.0.9', '54.1.2.3']
      outcomes.push(await estate.stack.create(random.pick(versions)))
      if (outcomes.at(-1) === 'CREATE_COMPLETE') estate.violations.push('an open deployment passed the probe')
    },
  },
  takenName('taken name of a validation record', 'certificate', 1, (account) => ({
    Name: validationRecord(account, 'pay.billing.example.com').Name,
    Type: 'CNAME',
    TTL: 60,
    ResourceRecords: [{ Value: 'elsewhere.example.net.' }],
  })),
  takenName('taken name of the API', 'name', 3, () => ({
    Name: 'invoices.example.com.',
    Type: 'A',
    TTL: 60,
    ResourceRecords: [{ Value: '192.0.2.7' }],
  })),
  {
    name: 'updates',
    parts: ['whole stack', 'certificate', 'certificate', 'link', 'name'],
    succeeds: true,
    async tell({ stack }, random, outcomes, versions) {
      outcomes.push(await stack.create(versions[0] as Version))
      if (outcomes[0] !== 'CREATE_COMPLETE') return
      const rounds = random.pick([1, 2, 3])
      for (let round = 0; round < rounds; round++) outcomes.push(await stack.update(other(random, versions)))
    },
  },
  {
    name: 'failed update',
    parts: ['whole stack', 'certificate', 'certificate', 'link', 'name'],
    async tell({ stack }, random, outcomes, versions) {
      outcomes.push(await stack.create(versions[0] as Version))
      if (outcomes[0] !== 'CREATE_COMPLETE') return
      const next = other(random, versions)
      outcomes.push(await stack.update(next, { failAt: failure(random, versions) }))
      if (random.chance(0.5)) outcomes.push(await stack.update(random.pick([next, other(random, versions)])))
    },
  },
  {
    name: 'failed validation in an update',
    parts: ['whole stack', 'certificate', 'certificate'],
    async tell({ ground, stack }, random, outcomes, versions) {
      outcomes.push(await stack.create(versions[0] as Version))
      if (outcomes[0] !== 'CREATE_COMPLETE') return
      ground.acm.fateOfNext = () => ({
        status: 'FAILED',
        reason: 'CAA_ERROR',
        at: ground.clock.now() + random() * 300_000,
      })
      outcomes.push(await stack.update(other(random, versions)))
      ground.acm.fateOfNext = () => undefined
    },
  },
  {
    name: 'cancelled update',
    parts: ['whole stack', 'certificate', 'certificate', 'link', 'name'],
    async tell({ stack }, random, outcomes, versions) {
      outcomes.push(await stack.create(versions[0] as Version))
      if (outcomes[0] !== 'CREATE_COMPLETE') return
      outcomes.push(
        await stack.update(other(random, versions), { cancelAfter: random.pick([random() * 20, random() * 600]) }),
      )
      if (random.chance(0.4)) outcomes.push(await stack.update(other(random, versions)))
    },
  },
  {
    name: 'retried deployment with the same request ids',
    parts: ['whole stack', 'certificate', 'certificate', 'link', 'name'],
    async tell({ stack }, random, outcomes, versions) {
      const version = random.pick(versions)
      outcomes.push(await stack.create(version, { failAt: failure(random, versions) }))
      outcomes.push(await stack.create(version, { sameRequestIds: true }))
      if (stack.estate.isFair && outcomes[1] !== 'CREATE_COMPLETE')
        stack.estate.violations.push(`B4: the repeated deployment failed: ${stack.log.join('; ')}`)
    },
  },
]

/** What runs on when CloudFormation has given it up. */
export const cancellations: readonly Kind[] = [
  {
    name: 'cancelled create',
    parts: ['whole stack', 'certificate', 'certificate', 'certificate'],
    async tell({ stack }, random, outcomes, versions) {
      outcomes.push(
        await stack.create(random.pick(versions), { cancelAfter: random.pick([random() * 10, random() * 200]) }),
      )
      if (outcomes[0] !== 'CREATE_COMPLETE' && random.chance(0.3))
        outcomes.push(await stack.create(random.pick(versions)))
    },
  },
  {
    name: 'updates that are cancelled one after the other',
    parts: ['certificate'],
    async tell({ stack }, random, outcomes, versions) {
      outcomes.push(await stack.create(versions[0] as Version))
      if (outcomes[0] !== 'CREATE_COMPLETE') return
      for (let round = random.pick([1, 2, 3]); round > 0; round--)
        outcomes.push(await stack.update(other(random, versions), { cancelAfter: random() * 20 }))
      if (random.chance(0.4)) outcomes.push(await stack.update(other(random, versions)))
    },
  },
]

/** Fifty accounts deploy at once; all write into one zone. */
export async function storm(seed: number, code: Functions): Promise<Told> {
  const ground = new Ground(seed, 'aws')
  const version = versionOf('storm', (config) => {
    // Of accounts that the config does not name.
    delete config.environments.prod.account
  })
  const accounts = Array.from({ length: 50 }, (_, index) => String(333333333300 + index))
  ground.deployZoneRole([version], accounts)
  const estates = accounts.map((account) => {
    const estate = new Estate(ground, code, account, 'billing', account.endsWith('1'))
    estate.parameters['DomainName'] = 'billing.example.com'
    return estate
  })
  // One name for all, as only the validation records differ by account; the alias is written by the first.
  const certificates = { ...version, elements: version.elements.filter(({ id }) => /^Certificate/.test(id)) }
  const outcomes = await ground.clock.run(
    Promise.all(estates.map((estate) => estate.stack.create(certificates))).then(async (results) => {
      const ends = await Promise.all(estates.map((estate) => estate.stack.delete()))
      for (const estate of estates) await estate.settle()
      return [...results, ...ends]
    }),
  )
  const problems = estates.flatMap((estate) => [
    ...estate.checkAlways(),
    ...estate.strays.map((stray) => `2: ${stray.arn} is left behind`),
  ])
  const bad = outcomes.filter((outcome) => !/^(CREATE|DELETE)_COMPLETE$/.test(outcome))
  const throttled = ground.aws.calls.filter(({ caller }) => caller.account === zoneAccount).length
  if (bad.length > 0) problems.push(`${bad.length} stacks did not get through: ${bad[0]}`)
  if (throttled < 50 * 4) problems.push(`only ${throttled} calls in the zone's account: no storm`)
  return { kind: 'storm', events: 0, outcomes, violations: [...new Set(problems)] }
}
