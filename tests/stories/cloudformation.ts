import type { CloudFormationCustomResourceEvent } from 'aws-lambda'
import { cloudFormationBelieves } from './beliefs.ts'
import type { FakeClock } from './clock.ts'
import type { Invocation } from './lambda.ts'
import type { Random } from './random.ts'

export const canary = 'c4n4ry5ecret'

export type Answer = {
  readonly Status: 'SUCCESS' | 'FAILED'
  readonly Reason: string
  readonly PhysicalResourceId: string
  readonly Data: Readonly<Record<string, string>>
}
/** What CloudFormation is waiting for. */
export type Pending = {
  readonly event: CloudFormationCustomResourceEvent
  readonly askedAt: number
  readonly until: number
  answer?: Answer
  answeredAt?: number
  /** From when on no answer counts any more. */
  closedAt?: number
  resolve(answer: Answer | 'unanswered' | 'cancelled'): void
}
export type PutTrouble = number | 'network' | 'hang' | 'lost'

/** The part of CloudFormation that sends events and takes answers. */
export class FakeCloudFormation {
  readonly clock: FakeClock
  readonly random: Random
  readonly requests = new Map<string, Pending>()
  readonly violations: string[] = []
  putTrouble: () => PutTrouble | undefined = () => undefined
  deliver: (event: CloudFormationCustomResourceEvent) => void = () => {}
  taken: (pending: Pending, answer: Answer, invocation: Invocation) => void = () => {}
  #count = 0

  constructor(clock: FakeClock, random: Random) {
    this.clock = clock
    this.random = random
  }

  newId(): string {
    const tail = String(++this.#count).padStart(12, '0')
    return `11111111-2222-4333-8444-${tail}`
  }

  /** Sends one event; what CloudFormation makes of it. */
  ask(
    event: Omit<CloudFormationCustomResourceEvent, 'ResponseURL' | 'ServiceToken'> & Record<string, unknown>,
    seen: (pending: Pending) => void = () => {},
  ): Promise<Answer | 'unanswered' | 'cancelled'> {
    const now = this.clock.now()
    const date = new Date(now).toISOString().replace(/[-:]|\.\d+/g, '')
    const url = `https://cloudformation-custom-resource-response.s3.example/${++this.#count}?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=${date}&X-Amz-Expires=7200&X-Amz-Signature=${canary}`
    const seconds = Number(
      event.ResourceProperties?.['ServiceTimeout'] ?? cloudFormationBelieves.defaultServiceTimeoutSeconds.value,
    )
    const whole = {
      ...event,
      ServiceToken: event.ResourceProperties['ServiceToken'],
      ResponseURL: url,
    } as unknown as CloudFormationCustomResourceEvent
    return new Promise((resolve) => {
      const close = (result: Answer | 'unanswered' | 'cancelled') => {
        if (pending.closedAt !== undefined) return
        pending.closedAt = this.clock.now()
        giveUp()
        resolve(result)
      }
      const pending: Pending = { event: whole, askedAt: now, until: now + seconds * 1000, resolve: close }
      const giveUp = this.clock.at(pending.until, () => close('unanswered'))
      this.requests.set(url, pending)
      seen(pending)
      this.deliver(whole)
    })
  }

  /** The PUT to the answer's URL. */
  async put(url: string, body: Buffer, timeoutMs: number, invocation: Invocation): Promise<number> {
    invocation.sent.push(body.toString())
    if (invocation.sent.some((each) => each !== invocation.sent[0]))
      this.#violation('A18', 'two different answers', url)
    const trouble = this.putTrouble()
    await this.clock.sleep(30 + this.random() * 100)
    if (typeof trouble === 'number') {
      if (trouble < 500 && trouble !== 429) invocation.isRefused = true
      return trouble
    }
    if (trouble === 'network') throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' })
    if (trouble === 'hang') {
      await this.clock.sleep(timeoutMs)
      throw Object.assign(new Error('timeout'), { name: 'TimeoutError' })
    }
    this.#take(url, body, invocation)
    if (trouble === 'lost') throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' })
    return 200
  }

  #take(url: string, body: Buffer, invocation: Invocation): void {
    const pending = this.requests.get(url)
    if (!pending) throw new Error(`an answer to no request: ${url}`)
    this.#check(pending, body, url)
    if (pending.closedAt !== undefined || pending.answer) return
    const answer = { Data: {}, ...JSON.parse(body.toString()) } as Answer
    pending.answer = answer
    pending.answeredAt = this.clock.now()
    this.taken(pending, answer, invocation)
    pending.resolve(answer)
  }

  #violation(rule: string, text: string, url: string): void {
    const event = this.requests.get(url)?.event
    this.violations.push(`${rule}: ${text} (${event?.RequestType} ${event?.LogicalResourceId})`)
  }

  #check({ event }: Pending, body: Buffer, url: string): void {
    const complain = (rule: string, text: string) => this.#violation(rule, text, url)
    if (body.byteLength > cloudFormationBelieves.answerLimitBytes.value) complain('A11', `${body.byteLength} bytes`)
    const answer = JSON.parse(body.toString())
    const id: unknown = answer.PhysicalResourceId
    if (typeof id !== 'string' || id === '' || Buffer.byteLength(id) > 512) {
      complain('A13', `physical id ${id}`)
      return
    }
    if (answer.Status !== 'SUCCESS' && answer.Status !== 'FAILED') complain('A1', `status ${answer.Status}`)
    if (!answer.Reason || Buffer.byteLength(answer.Reason) > 600) complain('A12', `reason ${answer.Reason}`)
    for (const key of ['StackId', 'RequestId', 'LogicalResourceId'] as const)
      if (answer[key] !== event[key]) complain('A1', `${key} is ${answer[key]}`)
    for (const [key, value] of Object.entries(answer.Data ?? {}))
      if (typeof value !== 'string') complain('A14', `${key} is ${typeof value}`)
    if (body.toString().includes(canary)) complain('A16', 'the answer holds its own URL')
    const before = (event as { PhysicalResourceId?: string }).PhysicalResourceId
    if (event.RequestType === 'Delete' && id !== before) complain('C7', `${before} became ${id}`)
    const forms: Record<string, RegExp> = {
      'Custom::PortcullisCertificate': /^arn:[\w-]+:acm:/,
      'Custom::PortcullisCertificateIssued': /^portcullis:issued:arn:/,
      'Custom::PortcullisVpcLinkReady': /^portcullis:vpclink:/,
      'Custom::PortcullisIsolationProbe': /^portcullis:probe:/,
      'Custom::PortcullisAliasRecord': /^portcullis:alias:Z\w+:/,
    }
    const form = forms[event.ResourceType] ?? /^/
    const isMarker = [
      `portcullis:none:${event.LogicalResourceId}`,
      `portcullis:asked:${event.LogicalResourceId}`,
    ].includes(id)
    if (!form.test(id) && id !== before && !isMarker) complain('C8', `physical id ${id}`)
    if (answer.Status === 'SUCCESS' && event.RequestType !== 'Delete' && !form.test(id))
      complain('C8', `success with ${id}`)
  }
}
