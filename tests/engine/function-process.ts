// A built function in a process of its own, on the Node.js of the Lambda runtime, with the SDK where Lambda has it
// (NODE_PATH), and with an environment that holds nothing but what is given here.
import { execFileSync, fork } from 'node:child_process'
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { offline, repository } from '../lint/python.ts'
import { hangsAfter } from './server-process.ts'

export type Bundle = { readonly name: 'waiter' | 'writer'; readonly form: 'index' | 'inline' }

export type Invocation = {
  readonly bundle: Bundle
  /** Left out: the function is only loaded. */
  readonly event?: object
  readonly context?: object
  readonly msLeft?: number
  readonly env?: Readonly<Record<string, string>>
}

export type Run = {
  readonly version: string
  /** What the function's own code asked for before the event, and in all. */
  readonly loadedFirst: readonly string[]
  readonly loaded: readonly string[]
  /** Names that were to be looked up; none was. */
  readonly names: readonly string[]
  readonly error: string | null
  readonly log: string
}

let binary: string | undefined
/** The Node.js of the runtime `nodejs24.x`, which `npm test` installs into .cache/. */
const node24 = (): string => {
  binary ??= join(
    execFileSync(process.execPath, [join(repository, 'scripts', 'node-binary.mjs'), '24'], { encoding: 'utf8' }).trim(),
    'node',
  )
  return binary
}

export async function runFunction({ bundle, event, context, msLeft = 900_000, env = {} }: Invocation): Promise<Run> {
  // Outside the repository, where no package.json says that .js files are ES modules.
  const folder = mkdtempSync(join(tmpdir(), 'portcullis-function-'))
  const file = join(folder, 'index.js')
  copyFileSync(join(repository, 'dist', 'functions', bundle.name, `${bundle.form}.js`), file)
  const child = fork(resolve('tests/engine/lambda.mjs'), [], {
    execPath: node24(),
    execArgv: [],
    cwd: folder,
    silent: true,
    timeout: hangsAfter,
    killSignal: 'SIGKILL',
    env: {
      ...offline,
      NODE_PATH: join(repository, 'node_modules'),
      AWS_REGION: 'eu-west-1',
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
      AWS_LAMBDA_FUNCTION_NAME: bundle.name,
      // By this mark `.ci/run` finds a process that was left behind.
      ...(process.env['PORTCULLIS_RUN'] && { PORTCULLIS_RUN: process.env['PORTCULLIS_RUN'] }),
      ...env,
    },
  })
  try {
    return await new Promise((resolve, reject) => {
      let log = ''
      let run: Omit<Run, 'log'> | undefined
      for (const stream of [child.stdout, child.stderr])
        stream?.setEncoding('utf8').on('data', (text) => {
          log += text
        })
      child.on('error', reject)
      child.on('message', (message) => {
        run = message as Omit<Run, 'log'>
      })
      child.on('close', (code) =>
        run
          ? resolve({ ...run, log })
          : reject(new Error(`${bundle.name} ended without an end (${code ?? 'killed'}):\n${log}`)),
      )
      child.send({ file, event, context, msLeft })
    })
  } finally {
    child.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  }
}
