import { type AwsError, Failure, isDenied, isNotFound } from './errors.ts'
import { poll } from './poll.ts'
import type { Task } from './task.ts'

export interface CallOptions {
  abortSignal: AbortSignal
}
/** One operation of a client of the AWS SDK. */
export type Operation<Input, Output> = (input: Input, options: CallOptions) => Promise<Output>

//! ---- AWS calls: bounded, logged, never after the deadline ----

//! By default the SDK has no request timeout and tries three times only.
export const clientOptions = {
  maxAttempts: 10,
  retryMode: 'adaptive',
  requestHandler: { connectionTimeout: 3000, requestTimeout: 10000, throwOnRequestTimeout: true },
}

/** Loads a client of the runtime's SDK, inside the guarded handler. */
export const load = <T>(name: string, require: () => T): T => {
  try {
    return require()
  } catch {
    throw new Failure(
      'config',
      `the runtime has no ${name}: use a Node.js runtime of Lambda that carries the AWS SDK v3`,
    )
  }
}

//! The SDK gives up a silent server, but not all else that may hold a call up. So one that takes too long is given up, and
//! sent again like one that failed in passing: a run must not wait for it to the end.
const tooLong = 60_000

const timely = async <T>(task: Task, start: (signal: AbortSignal) => Promise<T>): Promise<T> => {
  const over = new AbortController()
  const signal = AbortSignal.any([task.signal, over.signal])
  const timeout = async (): Promise<never> => {
    await task.world.sleep(tooLong, signal)
    throw Object.assign(new Error('no answer within a minute'), { name: 'TimeoutError' })
  }
  return Promise.race([start(signal), timeout()]).finally(() => over.abort())
}

/** Sends one request. */
export const send = async <Client, Name extends keyof Client & string>(
  task: Task,
  client: Client,
  name: Name,
  input: Client[Name] extends Operation<infer Input, infer _> ? Input : never,
): Promise<Client[Name] extends Operation<infer _, infer Output> ? Output : never> => {
  task.signal.throwIfAborted()
  task.step = name
  const started = task.world.now()
  const report = (status: unknown, level?: 'warn') => task.log(name, { status, ms: task.world.now() - started }, level)
  try {
    const operation = client[name] as Operation<unknown, never>
    const output = await timely(task, (abortSignal) => operation.call(client, input, { abortSignal }))
    report('ok')
    return output
  } catch (error) {
    const { name: type, code, $metadata: meta } = (error ?? {}) as AwsError
    report(`${type ?? code} ${meta?.httpStatusCode} ${meta?.requestId}`, 'warn')
    throw error
  }
}

//! Rights that were attached seconds ago may not be in force yet: a refusal is final only when it lasts. The time counts
//! from the first refusal for the same cause.
export const rightsMayBeNew = (task: Task, ms = 60_000): ((error: unknown) => boolean) => {
  let cause = ''
  let since = 0
  return (error) => {
    if (!isDenied(error)) return false
    const now = task.world.now()
    if (cause !== String(error)) since = now
    cause = String(error)
    return now - since < ms
  }
}

/** So too with what is not found: it may have been made seconds ago. */
export const whileNew = (task: Task): ((error: unknown) => boolean) => {
  const asked = task.world.now()
  const isRight = rightsMayBeNew(task)
  return (error) => isRight(error) || (isNotFound(error) && task.world.now() - asked < 60_000)
}

/** Sends a request, again on passing troubles, for at most five minutes where nothing else is said. */
export const call = async <Client, Name extends keyof Client & string>(
  task: Task,
  client: Client,
  name: Name,
  input: Client[Name] extends Operation<infer Input, infer _> ? Input : never,
  forgive = rightsMayBeNew(task),
  until = task.world.now() + 300_000,
) =>
  (await poll(task, { pause: [500, 8000], until, forgive }, () =>
    send(task, client, name, input),
  )) as Client[Name] extends Operation<infer _, infer Output> ? Output : never
