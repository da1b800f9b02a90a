/** Single events to the real handlers, on the same fakes that the stories use. */
import type { CertificateStatus } from '@aws-sdk/client-acm'
import { type Certificate, validationRecord } from '../stories/acm.ts'
import { type Call, FakeAwsError, type Trouble } from '../stories/aws.ts'
import type { Partition } from '../stories/beliefs.ts'
import type { Answer } from '../stories/cloudformation.ts'
import { Estate, Ground, secretExternalId, zoneAccount, zoneId } from '../stories/estate.ts'
import { type Functions, functions } from '../stories/functions.ts'
import type { FakeLambda } from '../stories/lambda.ts'

export type Kind = 'Certificate' | 'AliasRecord' | 'CertificateIssued' | 'VpcLinkReady' | 'IsolationProbe'
export type Properties = Record<string, unknown>
export type Asked = Omit<Answer, 'Status'> & { readonly Status: Answer['Status'] | 'NONE'; readonly seconds: number }
type More = {
  readonly PhysicalResourceId?: string
  readonly OldResourceProperties?: Properties
  readonly RequestId?: string
  readonly StackId?: string
  readonly LogicalResourceId?: string
}
type Options = { readonly partition?: Partition; readonly seed?: number; readonly code?: Partial<Functions> }

const everything = [
  ...['Request', 'Describe', 'Delete'].map((verb) => `acm:${verb}Certificate`),
  ...['acm:AddTagsToCertificate', 'acm:ListCertificates', 'acm:ListTagsForCertificate'],
  ...['sts:AssumeRole', 'sts:TagSession', 'apigateway:GET'],
  ...['GetHostedZone', 'ListResourceRecordSets', 'ChangeResourceRecordSets'].map((name) => `route53:${name}`),
]
const writerKinds: readonly Kind[] = ['Certificate', 'AliasRecord']

export class Bench {
  readonly ground: Ground
  readonly estate: Estate
  readonly logs: string[] = []
  readonly stackId: string
  static last: Bench | undefined

  constructor({ partition = 'aws', seed = 1, code = {} }: Options = {}) {
    this.ground = new Ground(seed, partition)
    this.estate = new Estate(this.ground, { ...functions, ...code }, '111111111111', 'billing', false)
    this.estate.logs = this.logs
    this.stackId = this.estate.stack.stackIdOf('certificate')
    const all = { Effect: 'Allow', Action: everything } as const
    for (const role of ['waiter', 'writer'] as const) this.estate.stack.policies.set(role, { role, statements: [all] })
    const StringEquals = {
      'sts:ExternalId': secretExternalId,
      'aws:RequestTag/portcullis:account': '${aws:PrincipalAccount}',
    }
    this.ground.sts.roles.set(this.ground.roleArn, {
      arn: this.ground.roleArn,
      account: zoneAccount,
      trust: { accounts: [this.estate.account], statements: [{ ...all, Condition: { StringEquals } }] },
      policies: [all],
      usableAt: 0,
    })
    Bench.last = this
  }

  get acm() {
    return this.ground.acm
  }
  get clock() {
    return this.ground.clock
  }
  get zone() {
    const zone = this.ground.route53.zones.get(zoneId)
    if (!zone) throw new Error('the zone is gone')
    return zone
  }
  get writer(): FakeLambda {
    return this.estate.lambdas.writer
  }
  get waiter(): FakeLambda {
    return this.estate.lambdas.waiter
  }

  /** What the template would say; scalars as text. */
  properties(kind: Kind, changes: Properties = {}): Properties {
    const zone = { Id: zoneId, RoleArn: this.ground.roleArn, ExternalId: secretExternalId }
    const own: Record<Kind, Properties> = {
      Certificate: {
        DomainName: 'api.example.com',
        SubjectAlternativeNames: ['*.api.example.com'],
        HostedZones: [zone],
      },
      AliasRecord: {
        HostedZoneId: zone.Id,
        HostedZoneRoleArn: zone.RoleArn,
        HostedZoneExternalId: zone.ExternalId,
        Name: 'api.example.com',
        TargetDnsName: 'd-1.execute-api.eu-west-1.amazonaws.com',
        TargetHostedZoneId: 'ZLY8HYME6SFDD',
        RecordTypes: ['A', 'AAAA'],
      },
      CertificateIssued: { Attempt: '1', Attempts: '1', BudgetSeconds: '840' },
      VpcLinkReady: { VpcLinkId: 'link1', BudgetSeconds: '840' },
      IsolationProbe: {
        DomainName: 'api.example.com',
        ConnectTo: 'd-1.execute-api.eu-west-1.amazonaws.com',
        GuardedRequest: 'GET /orders',
        OpenRequest: 'GET /health',
        OpenStatus: '200',
        LoadBalancerDnsName: 'internal-lb.eu-west-1.elb.amazonaws.com',
        VpcCidr: '10.20.0.0/16',
        Revision: 'r1',
        BudgetSeconds: '300',
      },
    }
    const role = writerKinds.includes(kind) ? 'Writer' : 'Waiter'
    return {
      ServiceToken: `arn:aws:lambda:x:y:function:${role}Function`,
      ServiceTimeout: '1080',
      ...own[kind],
      ...changes,
    }
  }

  /** Sends an event; the caller lets time pass. */
  async ask(
    RequestType: 'Create' | 'Update' | 'Delete',
    kind: Kind,
    changes: Properties = {},
    more: More = {},
  ): Promise<Asked> {
    const started = this.clock.now()
    const answer = await this.estate.cloudFormation.ask({
      RequestType,
      RequestId: this.estate.cloudFormation.newId(),
      StackId: this.stackId,
      LogicalResourceId: kind,
      ResourceType: `Custom::Portcullis${kind}`,
      ResourceProperties: this.properties(kind, changes) as never,
      ...(RequestType === 'Update' && { OldResourceProperties: this.properties(kind) }),
      ...more,
    })
    const seconds = (this.clock.now() - started) / 1000
    if (typeof answer === 'object') return { ...answer, seconds }
    return { Status: 'NONE', Reason: answer, PhysicalResourceId: '', Data: {}, seconds }
  }

  create = (kind: Kind, changes?: Properties, more?: More) => this.clock.run(this.ask('Create', kind, changes, more))
  update = (kind: Kind, PhysicalResourceId: string, changes?: Properties, more?: More) =>
    this.clock.run(this.ask('Update', kind, changes, { PhysicalResourceId, ...more }))
  delete = (kind: Kind, PhysicalResourceId: string, changes?: Properties, more?: More) =>
    this.clock.run(this.ask('Delete', kind, changes, { PhysicalResourceId, ...more }))
  /** Lets time pass. */
  pass = (seconds: number) => this.clock.run(this.clock.sleep(seconds * 1000))
  settle = () => this.clock.run(this.estate.settle())

  calls(...operations: string[]): Call[] {
    return this.ground.aws.calls.filter((call) => operations.length === 0 || operations.includes(call.operation))
  }
  /** Calls that change something. */
  get writes(): string[] {
    return this.calls()
      .map(({ operation }) => operation)
      .filter((name) => /^(Request|Add|Delete|Change)/.test(name))
  }
  /** The operation fails in this way, this many times. */
  fail(operation: string, error: Trouble['error'], times = Number.POSITIVE_INFINITY, when: Trouble['when'] = 'before') {
    const before = this.ground.aws.trouble
    let left = times
    this.ground.aws.trouble = (call) => {
      if (!new RegExp(`^(${operation})$`).test(call.operation) || left <= 0) return before(call)
      left--
      return { when, error }
    }
  }
  /** Every upload of an answer so far. */
  get sent(): string[] {
    return [this.writer, this.waiter].flatMap(({ invocations }) => invocations.flatMap(({ sent }) => sent))
  }

  /** Certificates of this stack. */
  get own(): Certificate[] {
    return [...this.acm.certificates.values()].filter((one) => one.tags.get('portcullis:stack-id') === this.stackId)
  }
  certificate(arn: string): Certificate {
    const found = this.acm.certificates.get(arn)
    if (!found) throw new Error(`${arn} is gone`)
    return found
  }
  /** A certificate that ACM knows, in this status. */
  pending(names: readonly string[] = ['api.example.com'], tags: Record<string, string> = {}): Certificate {
    const certificate = this.acm.add(this.estate.account, this.estate.region, names, tags)
    return Object.assign(certificate, { knownAt: 0, recordsAt: new Map(), issuedAfter: 60_000 })
  }
  become(certificate: Certificate, status: CertificateStatus, reason?: string, seconds = 0): void {
    certificate.fate = { status, at: this.clock.now() + seconds * 1000, ...(reason && { reason }) }
  }
  /** Somebody writes the validation records. */
  validate({ account, names }: Certificate): void {
    for (const name of names) {
      const { Name, Type, Value } = validationRecord(account, name)
      this.ground.route53.put(this.zone, { Name, Type, TTL: 300, ResourceRecords: [{ Value }] })
    }
  }
  records(type?: string) {
    return [...this.zone.records.values()]
      .map(({ set }) => set)
      .filter(({ Type }) => Type !== 'NS' && Type !== 'SOA' && (!type || Type === type))
  }
  link(...moments: readonly [seconds: number, status: string, message?: string][]): void {
    const now = this.clock.now()
    this.ground.apiGateway.links.set(
      'link1',
      moments.map(([seconds, status, message]) => ({
        at: now + seconds * 1000,
        status: status as never,
        ...(message && { message }),
      })),
    )
  }
  /** The API answers as it should. */
  api(): void {
    this.estate.network.domain = 'api.example.com'
  }
}

export const throttled = new FakeAwsError('Throttling', 'Rate exceeded')
export const denied = new FakeAwsError('AccessDeniedException', 'User is not authorized')
export const foreignArn = 'arn:aws:acm:eu-west-1:999999999999:certificate/0000-1111'

/** What must hold in every case. */
export const holdsAlways = (): void => {
  afterEach(() => {
    const bench = Bench.last
    Bench.last = undefined
    expect(bench?.estate.checkAlways() ?? []).toEqual([])
  })
}
