import type { CloudFormationCustomResourceEvent, Context } from 'aws-lambda'
import type { Resource } from '../../custom-resources/runtime/task.ts'
import { lambdaBelieves } from './beliefs.ts'
import type { FakeClock } from './clock.ts'
import type { Functions } from './functions.ts'
import type { Random } from './random.ts'

/** One run of a function. */
export type Invocation = {
  readonly event: CloudFormationCustomResourceEvent
  readonly startedAt: number
  alive: boolean
  /** Bodies that it has sent, and how it ended. */
  readonly sent: string[]
  end?: End
  /** Whether its upload was refused for good. */
  isRefused?: boolean
  /** How long it ran. */
  seconds: number
}
type End = 'done' | 'threw' | 'crashed' | 'timed out'
export type Put = (url: string, body: Buffer, timeoutMs: number, invocation: Invocation) => Promise<number>
export type Make = (invocation: Invocation) => Record<string, Resource>

export type LambdaOptions = {
  readonly clock: FakeClock
  readonly random: Random
  readonly createHandler: Functions['createHandler']
  readonly make: Make
  readonly put: Put
  readonly functionArn: string
  readonly print: (line: string) => void
}

export class FakeLambda {
  readonly options: LambdaOptions
  readonly invocations: Invocation[] = []
  limitMs: number = lambdaBelieves.timeoutSeconds.value * 1000
  /** After how many milliseconds a run crashes; undefined for one that does not. */
  crashOf: () => number | undefined = () => undefined

  constructor(options: LambdaOptions) {
    this.options = options
  }

  get running(): number {
    return this.invocations.filter(({ end }) => end === undefined).length + this.#waiting
  }
  #waiting = 0

  /** Asynchronous: the caller learns nothing of what becomes of it. */
  invoke(event: CloudFormationCustomResourceEvent, delayMs = 0, tries = 0): void {
    this.#waiting++
    this.options.clock.at(this.options.clock.now() + delayMs, () => {
      this.#waiting--
      void this.#run(event).then((end) => {
        const minutes = lambdaBelieves.retriesAfterMinutes.value[tries]
        if (end !== 'done' && minutes !== undefined) this.invoke(event, minutes * 60_000, tries + 1)
      })
    })
  }

  async #run(event: CloudFormationCustomResourceEvent): Promise<End> {
    const { clock, random, createHandler, make, put, functionArn, print } = this.options
    const invocation: Invocation = { event, startedAt: clock.now(), alive: true, sent: [], seconds: 0 }
    this.invocations.push(invocation)
    const limit = this.limitMs
    const dead = new Promise<never>(() => {})
    const unlessDead = async <T>(work: Promise<T>): Promise<T> => {
      try {
        const value = await work
        return invocation.alive ? value : dead
      } catch (error) {
        if (!invocation.alive) return dead
        throw error
      }
    }
    const handler = createHandler(
      {
        now: clock.now,
        random,
        print,
        sleep: (ms, signal) => unlessDead(clock.sleep(ms, signal)),
        put: (url, body, timeoutMs) => unlessDead(put(url, body, timeoutMs, invocation)),
      },
      make(invocation),
    )
    const context = {
      getRemainingTimeInMillis: () => invocation.startedAt + limit - clock.now(),
      invokedFunctionArn: functionArn,
      awsRequestId: `run-${this.invocations.length}`,
      logGroupName: '/portcullis/functions',
      logStreamName: '2026/11/26/[$LATEST]0123456789abcdef',
    } as Context
    return new Promise((resolve) => {
      const finish = (end: End) => {
        if (invocation.end) return
        invocation.end = end
        invocation.seconds = (clock.now() - invocation.startedAt) / 1000
        invocation.alive = false
        for (const cancel of cancels) cancel()
        resolve(end)
      }
      const crash = this.crashOf()
      const cancels = [clock.at(invocation.startedAt + limit, () => finish('timed out'))]
      if (crash !== undefined) cancels.push(clock.at(invocation.startedAt + crash, () => finish('crashed')))
      // The event crosses the wire: what a handler does to it stays with that run.
      handler(structuredClone(event), context).then(
        () => finish('done'),
        (error) => {
          print(`ERROR ${error?.message}`)
          finish('threw')
        },
      )
    })
  }
}
