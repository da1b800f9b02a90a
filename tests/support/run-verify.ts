/** `portcullis verify` as the last build made it, in a process of its own, and what memory it took. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const cli = resolve('dist/cli.js')

/** Run in every process of a run: what it held at most, in KiB, as a file of its own. */
const measuring = `--import=data:text/javascript,${encodeURIComponent(
  `import { writeFileSync } from 'node:fs'
process.on('exit', () => writeFileSync(process.env.PEAKS + '/' + process.pid, String(process.resourceUsage().maxRSS)))`,
)}`

/** Ends what hangs. Generous, because it measures nothing. */
const patience = 30_000

export type Run = { readonly status: number | null; readonly stdout: string; readonly stderr: string }

export function runVerify(args: readonly string[], cwd: string, environment: NodeJS.ProcessEnv = {}): Run {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'verify', ...args], {
    cwd,
    encoding: 'utf8',
    timeout: patience,
    killSignal: 'SIGKILL',
    maxBuffer: 64 * 1024 * 1024,
    env: { PATH: process.env['PATH'], ...environment },
  })
  return { status, stdout, stderr }
}

/** The same with the peak of its memory in MB; none where it had to be killed. */
export function measuredVerify(
  args: readonly string[],
  cwd: string,
): Run & { readonly megabytes: number | undefined; readonly seconds: number } {
  const peaks = mkdtempSync(join(tmpdir(), 'portcullis-peaks-'))
  const start = performance.now()
  try {
    const run = runVerify(args, cwd, { NODE_OPTIONS: measuring, PEAKS: peaks })
    const seconds = (performance.now() - start) / 1000
    const all = readdirSync(peaks).map((file) => Number(readFileSync(join(peaks, file), 'utf8')))
    return { ...run, megabytes: all.length > 0 ? Math.max(...all) / 1024 : undefined, seconds }
  } finally {
    rmSync(peaks, { recursive: true })
  }
}
