/** The ground under all fakes: who calls, what may go wrong, what is allowed, and what was called. */
import type { CallOptions, Operation } from '../../custom-resources/runtime/aws.ts'
import type { FakeClock } from './clock.ts'
import { isAllowed, type Request, type Statement } from './iam.ts'
import type { Random } from './random.ts'

export class FakeAwsError extends Error {
  readonly $metadata
  constructor(name: string, message: string, status = 400) {
    super(message)
    this.name = name
    this.$metadata = { httpStatusCode: status, requestId: `aws-${name}` }
  }
}

/** Who calls: a role in an account, with what it may do at this moment. */
export type Caller = {
  readonly account: string
  readonly roleArn: string
  readonly policies: () => readonly Statement[]
  /** What its session says of it. */
  readonly tags?: Readonly<Record<string, string>>
  /** False once the function's process is gone: then nothing of it happens any more. */
  readonly alive: () => boolean
  /** Whether CloudFormation still waits for what this run does. */
  readonly isAwaited: () => boolean
}
/** As conditions name them. */
const tagsOf = ({ tags = {} }: Caller): Record<string, string> =>
  Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:PrincipalTag/${key}`, value]))

export type Call = Request & {
  readonly at: number
  readonly service: string
  readonly operation: string
  readonly input: unknown
  readonly caller: Caller
}
/** What goes wrong with a call: before it has an effect, or after (its answer is lost). */
export type Trouble = { readonly error: Error | 'hang' | 'forever'; readonly when: 'before' | 'after' }

export class Aws {
  readonly clock: FakeClock
  readonly random: Random
  readonly calls: Call[] = []
  isRecording = true
  /** Calls that the policies forbid. */
  readonly forbidden: Call[] = []
  trouble: (call: Call) => Trouble | undefined = () => undefined
  /** A right that depends on the tags of something that is gone: refused, or told that it is gone? Both are seen. */
  goneIsDenied = false

  constructor(clock: FakeClock, random: Random) {
    this.clock = clock
    this.random = random
  }

  /** One operation as the functions see it. `requests` are what IAM is asked about, the first one names the call. */
  operation<Input, Output>(
    service: string,
    operation: string,
    caller: () => Promise<Caller>,
    requests: (input: Input) => readonly Request[],
    effect: (input: Input, caller: Caller) => Output,
  ): Operation<Input, Output> {
    return async (input: Input, { abortSignal }: CallOptions) => {
      const who = await caller()
      if (!who.alive()) return new Promise<Output>(() => {})
      abortSignal.throwIfAborted()
      const wanted = requests(input).map((request) => ({ ...request, context: { ...tagsOf(who), ...request.context } }))
      const first = wanted[0] ?? { action: `${service}:${operation}`, resource: '*', context: {} }
      const call: Call = { ...first, at: this.clock.now(), service, operation, input, caller: who }
      if (this.isRecording) this.calls.push(call)
      const trouble = this.trouble(call)
      await this.clock.sleep(20 + this.random() * 130)
      if (!who.alive()) return new Promise<Output>(() => {})
      abortSignal.throwIfAborted()
      if (trouble?.when === 'before') await this.#fail(trouble.error, abortSignal)
      for (const request of wanted)
        if (!isAllowed(who.policies(), request)) {
          if (request.isGone && !this.goneIsDenied) break
          // Rights may be gone when nobody listens any more.
          if (!request.isGone && who.isAwaited()) this.forbidden.push({ ...call, ...request })
          throw new FakeAwsError(
            service === 'acm' ? 'AccessDeniedException' : 'AccessDenied',
            `User: ${who.roleArn} is not authorized to perform: ${request.action} on resource: ${request.resource}`,
            service === 'acm' ? 400 : 403,
          )
        }
      const output = effect(input, who)
      if (trouble?.when === 'after') await this.#fail(trouble.error, abortSignal)
      return output
    }
  }

  async #fail(error: Error | 'hang' | 'forever', signal: AbortSignal): Promise<never> {
    // Not even the SDK's own timeout ends it.
    if (error === 'forever') return new Promise(() => {})
    if (error !== 'hang') throw error
    // What the SDK's requestTimeout of 10 s makes of a silent server, after its own tries.
    await this.clock.sleep(10_000, signal)
    throw Object.assign(new Error('Connection timed out'), { name: 'TimeoutError' })
  }
}
