// A server that a test starts: ready when its address answers, gone when the test stops it.
import { spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'

export type ServerProcess = {
  readonly url: string
  /** What it has printed so far. */
  readonly log: () => string
  readonly stop: () => Promise<void>
}

export type ServerOptions = {
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  readonly url: string
  /** A path that answers as soon as the server is ready. */
  readonly readyPath: string
}

/** Milliseconds after which something hangs: a busy machine alone is never that slow. */
export const hangsAfter = 600_000

export async function startServer(options: ServerOptions): Promise<ServerProcess> {
  // A process group of its own, so that stopping it also ends what it has started.
  const child = spawn(options.command, options.args, {
    env: options.env,
    cwd: options.cwd,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let log = ''
  let ended: string | undefined
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (log += text))
  child.on('error', (error) => (ended ??= error.message))
  const closed = new Promise<void>((resolve) =>
    child.on('close', (code, signal) => {
      ended ??= signal ?? `exit code ${code}`
      resolve()
    }),
  )
  const signalGroup = (signal: NodeJS.Signals): void => {
    try {
      if (child.pid) process.kill(-child.pid, signal)
    } catch {
      // already gone
    }
  }
  const killGroup = (): void => signalGroup('SIGKILL')
  process.once('exit', killGroup)

  const stop = async (): Promise<void> => {
    process.off('exit', killGroup)
    signalGroup('SIGTERM')
    const inTime = await Promise.race([closed.then(() => true), sleep(3000, false, { ref: false })])
    if (!inTime) signalGroup('SIGKILL')
    await closed
    killGroup()
  }

  const deadline = Date.now() + hangsAfter
  while (ended === undefined && Date.now() < deadline) {
    try {
      await fetch(options.url + options.readyPath)
      return { url: options.url, log: () => log, stop }
    } catch {
      await sleep(50)
    }
  }
  const why = ended ?? `no answer for ${hangsAfter / 1000} s`
  await stop()
  throw new Error(`${options.name} did not start (${why}):\n${log.slice(-3000)}`)
}
