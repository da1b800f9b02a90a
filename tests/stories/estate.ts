/** One account and region with our stack in it, on the ground that all accounts share. */
import type { Resource } from '../../custom-resources/runtime/task.ts'
import { type Certificate, FakeAcm } from './acm.ts'
import { untruths } from './answers.ts'
import { FakeApiGateway } from './api-gateway.ts'
import { Aws, type Call, type Caller, FakeAwsError, type Trouble } from './aws.ts'
import { apiGatewayBelieves, controlRegion, type Partition, stsBelieves } from './beliefs.ts'
import { FakeClock } from './clock.ts'
import { canary, FakeCloudFormation, type Pending } from './cloudformation.ts'
import type { Functions } from './functions.ts'
import { isAllowed } from './iam.ts'
import { FakeLambda, type Invocation } from './lambda.ts'
import { FakeNetwork } from './network.ts'
import { type Random, randomFrom } from './random.ts'
import { FakeRoute53 } from './route53.ts'
import { Stack } from './stack.ts'
import { FakeSts } from './sts.ts'
import { type Element, resolve, type Version } from './template.ts'

// biome-ignore lint/suspicious/noExplicitAny: resolved templates are free JSON
type Json = any

export const zoneAccount = '222222222222'
export const zoneId = 'Z0123456789ABCDEFGHIJ'
export const secretExternalId = 'xternal-5ecret'
const regions: Record<Partition, string> = {
  aws: 'eu-west-1',
  'aws-cn': 'cn-north-1',
  'aws-us-gov': 'us-gov-east-1',
  'aws-eusc': 'eusc-de-east-1',
}

/** What all accounts of a partition share. */
export class Ground {
  readonly clock = new FakeClock()
  readonly random: Random
  readonly partition: Partition
  readonly aws: Aws
  readonly route53: FakeRoute53
  readonly acm: FakeAcm
  readonly sts: FakeSts
  readonly apiGateway: FakeApiGateway
  readonly roleArn: string

  constructor(seed: number, partition: Partition) {
    this.random = randomFrom(seed)
    this.partition = partition
    this.aws = new Aws(this.clock, this.random)
    this.route53 = new FakeRoute53(this.aws, partition)
    this.acm = new FakeAcm(this.aws, partition, this.route53.seenSince)
    // The zone's account uses no region beyond those that are always on.
    this.sts = new FakeSts(this.aws, [controlRegion[partition]])
    this.apiGateway = new FakeApiGateway(this.aws, partition)
    this.roleArn = `arn:${partition}:iam::${zoneAccount}:role/portcullis/dns-writer`
    this.route53.addZone(zoneId, 'example.com', zoneAccount)
  }

  /** The zone role of these versions, for these accounts. */
  deployZoneRole(versions: readonly Version[], accounts: readonly string[], untagged = 'none'): void {
    const scope = {
      parameters: { HostedZoneId: zoneId },
      pseudo: { 'AWS::Partition': this.partition },
      ref: (id: string) => ({ TrustedAccounts: accounts.join(), UntaggedAccounts: untagged })[id] ?? id,
      attribute: (id: string) => id,
    }
    const [first] = versions
    if (!first) return
    this.sts.roles.set(this.roleArn, {
      arn: this.roleArn,
      account: zoneAccount,
      trust: {
        accounts,
        statements: resolve(first.zoneRole.trust, scope).map(({ Principal: _, ...each }: Json) => each),
      },
      policies: versions.flatMap((version) => resolve(version.zoneRole.statements, scope)),
      usableAt: this.clock.now(),
    })
  }
}

export class Estate {
  readonly ground: Ground
  readonly account: string
  readonly region: string
  readonly partition: Partition
  readonly clock: FakeClock
  readonly random: Random
  readonly cloudFormation: FakeCloudFormation
  readonly network: FakeNetwork
  readonly stack: Stack
  readonly lambdas: { readonly waiter: FakeLambda; readonly writer: FakeLambda }
  /** Kept only on demand; each line is looked at as it is written. */
  logs: string[] | undefined
  readonly violations: string[] = []
  readonly parameters: Record<string, string>
  readonly roleArns: readonly string[]
  /** Until when a new policy is not in force yet. */
  rightsFrom = 0
  slowRights = false
  /** Nothing goes wrong in AWS, so that times can be held against it. */
  isFair = false
  /** From when on links of this account are available, in seconds; or that they fail. */
  linkFails = false
  #links = 0
  #domains = 0

  constructor(ground: Ground, code: Functions, account: string, name: string, nested: boolean) {
    this.ground = ground
    this.account = account
    this.partition = ground.partition
    this.region = regions[ground.partition]
    this.clock = ground.clock
    this.random = ground.random
    this.parameters = { HostedZoneId: zoneId, HostedZoneRoleArn: ground.roleArn }
    this.cloudFormation = new FakeCloudFormation(this.clock, this.random)
    this.network = new FakeNetwork(this.clock, this.random)
    this.stack = new Stack(this, name, nested)
    const roleArn = (role: string) => `arn:${this.partition}:iam::${account}:role/portcullis/${name}-${role}-1A2B3C`
    this.roleArns = [roleArn('waiter'), roleArn('writer')]
    const lambda = (
      role: 'waiter' | 'writer',
      make: (invocation: Invocation, caller: Caller) => Record<string, Resource>,
    ) =>
      new FakeLambda({
        clock: this.clock,
        random: this.random,
        createHandler: code.createHandler,
        functionArn: `arn:${this.partition}:lambda:${this.region}:${account}:function:${role}`,
        print: (line) => this.#print(line),
        put: (url, body, timeoutMs, invocation) => this.cloudFormation.put(url, body, timeoutMs, invocation),
        make: (invocation) =>
          make(invocation, {
            account,
            roleArn: roleArn(role),
            policies: () => this.stack.policiesOf(role),
            alive: () => invocation.alive,
            isAwaited: () => !this.isStale(invocation, this.clock.now()),
          }),
      })
    const { acm, sts, route53, apiGateway } = ground
    this.lambdas = {
      writer: lambda('writer', (invocation, caller) => {
        const clients = {
          acm: (region: string) => acm.client(region, caller, invocation),
          sts: (region: string) => sts.client(region, caller),
          route53: (_: string, credentials?: Parameters<FakeRoute53['client']>[1]) =>
            route53.client((given) => sts.callerOf(caller, given), credentials),
        }
        return {
          'Custom::PortcullisCertificate': code.certificate(clients),
          'Custom::PortcullisAliasRecord': code.aliasRecord(clients),
        }
      }),
      waiter: lambda('waiter', (_, caller) => {
        const clients = {
          acm: (region: string) => acm.client(region, caller),
          apigateway: (region: string) => apiGateway.client(region, caller),
        }
        return {
          'Custom::PortcullisCertificateIssued': code.certificateIssued(clients),
          'Custom::PortcullisVpcLinkReady': code.vpcLinkReady(clients),
          'Custom::PortcullisIsolationProbe': code.isolationProbe(this.network),
        }
      }),
    }
    this.cloudFormation.taken = (pending, answer, invocation) => {
      const { RequestType, LogicalResourceId } = pending.event
      for (const problem of untruths({ estate: this, pending, answer, invocation }))
        this.violations.push(`${problem} (${RequestType} ${LogicalResourceId})`)
    }
    this.cloudFormation.deliver = (event) => {
      const lambda = event.ServiceToken.endsWith('WriterFunction') ? this.lambdas.writer : this.lambdas.waiter
      for (const delay of this.deliveries()) lambda.invoke(event, delay)
    }
  }

  #print(line: string): void {
    this.logs?.push(line)
    if (line.includes(canary) || line.includes('X-Amz-Signature') || line.includes(secretExternalId))
      this.violations.push(`A16: a log line holds a secret: ${line}`)
  }

  /** When each copy of an event is delivered, in milliseconds. */
  deliveries: () => readonly number[] = () => [50]

  rightsChanged(): void {
    if (this.slowRights)
      this.rightsFrom = this.clock.now() + this.random() * stsBelieves.newRightsAfterSeconds.value * 1000
  }

  /** The refusal of a right that is there but not in force yet. */
  tooEarly(call: Call): Trouble | undefined {
    if (this.clock.now() >= this.rightsFrom || !this.roleArns.includes(call.caller.roleArn)) return undefined
    return {
      when: 'before',
      error: new FakeAwsError('AccessDeniedException', `User: ${call.caller.roleArn} is not authorized`, 403),
    }
  }

  // ---- resources that CloudFormation makes itself

  createNative(id: string, properties: Json): { pid: string; data: Record<string, string> } {
    if (id === 'VpcLink') {
      const link = `link${this.account.slice(-2)}${++this.#links}`
      const [least, most] = apiGatewayBelieves.linkAvailableAfterSeconds.value
      const at = this.clock.now()
      const later = at + (least + this.random() ** 4 * (most - least)) * 1000
      this.ground.apiGateway.links.set(link, [
        { at, status: 'PENDING', message: 'VPC link is being created' },
        this.linkFails
          ? { at: later, status: 'FAILED', message: 'subnet is not in a supported zone' }
          : { at: later, status: 'AVAILABLE', message: 'VPC link is ready to route traffic' },
      ])
      return { pid: link, data: {} }
    }
    const pid = `${id}-${++this.#domains}`
    for (const arn of certificatesIn(properties)) this.ground.acm.use(arn, pid)
    if (id === 'ApiDomainName') {
      this.network.domain = properties.DomainName
      this.network.readyAt = this.clock.now() + this.random.between(0, 90) * 1000
    }
    return {
      pid,
      data: {
        RegionalDomainName: `d-${this.#domains}${this.account.slice(-3)}.execute-api.${this.region}.amazonaws.com`,
        RegionalHostedZoneId: 'ZLY8HYME6SFDD',
      },
    }
  }

  /** The new id and attributes when it is replaced. */
  updateNative(
    id: string,
    pid: string,
    old: Json,
    properties: Json,
  ): { pid: string; data: Record<string, string> } | undefined {
    if (id === 'VpcLink' || old.DomainName !== properties.DomainName) return this.createNative(id, properties)
    for (const arn of certificatesIn(properties)) this.ground.acm.use(arn, pid)
    for (const arn of certificatesIn(old))
      if (!certificatesIn(properties).includes(arn)) this.ground.acm.release(arn, pid)
    return undefined
  }

  deleteNative(_id: string, pid: string, properties: Json): void {
    for (const arn of certificatesIn(properties)) this.ground.acm.release(arn, pid)
  }

  // ---- what must hold at each step

  updated({ type, id }: Element, before: string, after: string, old: Json, properties: Json): void {
    if (type !== 'Custom::PortcullisCertificate') return
    const spec = ({ DomainName, SubjectAlternativeNames = [], KeyAlgorithm = '' }: Json) =>
      JSON.stringify([
        DomainName.toLowerCase(),
        [...SubjectAlternativeNames].map((name: string) => name.toLowerCase()).sort(),
        KeyAlgorithm,
      ])
    const present = this.ground.acm.certificates.get(before)
    const isAlive = present && /ISSUED|PENDING/.test(this.ground.acm.statusOf(present))
    if (isAlive && spec(old) === spec(properties) && before !== after)
      this.violations.push(`C9: ${id} was replaced without need`)
    if (!present && this.#ours(before)) this.violations.push(`C4: the certificate before is gone during the update`)
  }

  deleted({ type, id }: Element, pid: string): void {
    if (type === 'Custom::PortcullisCertificate' && this.ground.acm.certificates.has(pid) && this.#ours(pid))
      this.violations.push(`C2: ${id} answered success, but ${pid} is still there`)
  }

  replacedInRollback({ type, id }: Element, before: string, after: string): void {
    const { acm } = this.ground
    const old = acm.certificates.get(before)
    if (type === 'Custom::PortcullisCertificate' && old && /ISSUED|PENDING/.test(acm.statusOf(old)))
      this.violations.push(`C5: the rollback of ${id} gave ${after} instead of ${before}`)
  }

  /** After a clean-up: what is left of it is what the stack lives on. */
  cleanedUp(pids: readonly string[]): void {
    for (const pid of pids)
      if (this.#ours(pid) && !this.ground.acm.certificates.has(pid))
        this.violations.push(`C6: the clean-up deleted ${pid}, which the stack uses`)
  }

  idBefore({ event }: Pending): string {
    return (event as { PhysicalResourceId?: string }).PhysicalResourceId ?? ''
  }

  #ours(arn: string): boolean {
    const ids = [...this.stack.stackIds.values()]
    const found = this.ground.acm.certificates.get(arn) ?? this.ground.acm.deleted.find((one) => one.arn === arn)
    return ids.includes(found?.tags.get('portcullis:stack-id') ?? '')
  }

  isStale(invocation: unknown, at: number): boolean {
    const { event } = (invocation ?? {}) as Invocation
    const pending = event && this.cloudFormation.requests.get(event.ResponseURL)
    return pending?.closedAt !== undefined && pending.closedAt <= at
  }

  /** Certificates of the stack that nobody will ever delete. */
  get strays(): Certificate[] {
    return [...this.ground.acm.certificates.values()].filter((one) => this.#ours(one.arn))
  }

  get isQuiet(): boolean {
    return this.lambdas.waiter.running + this.lambdas.writer.running === 0
  }

  /** Lets everything that still runs come to its end. */
  async settle(): Promise<void> {
    for (let hours = 0; !this.isQuiet && hours < 8000; hours++) await this.clock.sleep(10_000)
  }

  checkAlways(): string[] {
    const found = [...this.violations, ...this.cloudFormation.violations, ...this.network.violations]
    for (const call of this.ground.aws.forbidden)
      if (
        (this.roleArns.includes(call.caller.roleArn) || call.caller.account === zoneAccount) &&
        ![...this.stack.everAllowed.values()].some((statements) => isAllowed(statements, call))
      )
        found.push(
          `IAM: ${call.action} on ${call.resource} is not allowed to ${call.caller.roleArn}: ${JSON.stringify(call.context)}`,
        )
    for (const { event, answer, closedAt, until } of this.cloudFormation.requests.values())
      if (!answer && closedAt !== undefined && closedAt >= until)
        found.push(`A3: no answer to ${event.RequestType} ${event.LogicalResourceId} within its limit`)
    found.push(...this.ground.acm.madeTwice(this.account, (run, at) => this.isStale(run, at)))
    for (const lambda of Object.values(this.lambdas))
      for (const { end, event, sent, seconds, isRefused } of lambda.invocations) {
        if (end === 'threw' && !isRefused && sent.length > 0 && sent.length < 6 && seconds < 850)
          found.push(
            `A5: gave up the upload after ${sent.length} tries: ${event.RequestType} ${event.LogicalResourceId}`,
          )
        if (end === 'timed out')
          found.push(`A3: ran into the limit of Lambda: ${event.RequestType} ${event.LogicalResourceId}`)
      }
    return found
  }
}

const certificatesIn = (properties: Json): string[] =>
  JSON.stringify(properties).match(/arn:[\w-]+:acm:[\w-]+:\d+:certificate\/[\w-]+/g) ?? []
