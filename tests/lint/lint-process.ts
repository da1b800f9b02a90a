// cfn-lint and the SAM translator, kept loaded in as many processes as there are cores to use.
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { kept, sha256 } from './lint-results.ts'
import { offline, python, repository, requireTool } from './python.ts'

export type Match = {
  readonly rule: string
  readonly severity: 'error' | 'warning' | 'informational'
  readonly message: string
  readonly line: number
  readonly column: number
  readonly path: readonly string[]
}

type TemplateFile = { readonly path: string; readonly content: string }

export type LintProcesses = {
  /** What cfn-lint says about one file on disk; what it said of the same before is kept in `.cache/lint`. */
  readonly lint: (path: string, regions?: readonly string[]) => Promise<readonly Match[]>
  /** The same without what is kept; `plain`, by cfn-lint without quicker_cfn_lint.py. */
  readonly lintAnew: (path: string, plain?: boolean) => Promise<readonly Match[]>
  /** The template after the SAM transform; code at a local path gets the bucket `local` and the path as its key. */
  readonly translate: (path: string) => Promise<Readonly<Record<string, unknown>>>
  /** The same for a template that is not on disk; rejects with what the translator says of a template that it refuses. */
  readonly translateTemplate: (template: unknown) => Promise<Readonly<Record<string, unknown>>>
  /** The policy templates of the translator. */
  readonly policyTemplates: () => Promise<Readonly<Record<string, unknown>>>
  /** The properties that the translator takes, with the kinds of their values; `!` is before those that must be there. */
  readonly samProperties: () => Promise<Readonly<Record<string, unknown>>>
  /** Errors and warnings in files that are not on disk, one line each; files that were seen before cost nothing. */
  readonly lintFiles: (files: readonly TemplateFile[]) => Promise<readonly string[]>
  readonly stop: () => Promise<void>
}

type Answer = {
  readonly matches?: readonly Match[]
  readonly template?: Record<string, unknown>
  readonly error?: string
}

export function startLintProcesses(count = 2): LintProcesses {
  requireTool('cfn-lint', 'aws-sam-translator')
  const servers = Array.from({ length: count }, startServer)
  const scratch = mkdtempSync(join(tmpdir(), 'portcullis-lint-'))
  const seen = new Map<string, Promise<readonly string[]>>()

  const ask = (request: Record<string, unknown>): Promise<Answer> => {
    const idlest = servers.reduce((best, server) => (server.waiting() < best.waiting() ? server : best))
    return idlest.ask(request)
  }

  const askLint = async (request: { readonly path: string; readonly [key: string]: unknown }) => {
    const answer = await ask({ kind: 'cfn-lint', ...request })
    if (!answer.matches) throw new Error(`cfn-lint on ${request.path}: ${answer.error}`)
    return answer.matches
  }
  const lint: LintProcesses['lint'] = (path, regions = ['eu-west-1']) =>
    kept(path, regions, () => askLint({ path, regions }))
  const lintAnew: LintProcesses['lintAnew'] = (path, plain = false) => askLint({ path, plain })

  const translate: LintProcesses['translate'] = async (path) => {
    const answer = await ask({ kind: 'sam-translate', path })
    if (!answer.template) throw new Error(`the SAM translator on ${path}: ${answer.error}`)
    return answer.template
  }

  const translateTemplate: LintProcesses['translateTemplate'] = async (template) => {
    const answer = await ask({ kind: 'sam-template', template })
    if (!answer.template) throw new Error(`the SAM translator: ${answer.error}`)
    return answer.template
  }

  const policyTemplates: LintProcesses['policyTemplates'] = async () => {
    const answer = await ask({ kind: 'sam-policies' })
    if (!answer.template) throw new Error(`the policy templates: ${answer.error}`)
    return answer.template
  }

  const samProperties: LintProcesses['samProperties'] = async () => {
    const answer = await ask({ kind: 'sam-properties' })
    if (!answer.template) throw new Error(`the properties of SAM: ${answer.error}`)
    return answer.template
  }

  const check = async (name: string, path: string): Promise<readonly string[]> => {
    const found = failures(await lint(path)).map((match) => `${name}${describeMatch(match)}`)
    if (isSam(readFileSync(path, 'utf8')))
      await translate(path).catch((error) => found.push(`${name}: ${error.message}`))
    return found
  }

  const lintFiles: LintProcesses['lintFiles'] = async (files) => {
    const templates = files.filter((file) => /^templates\/[^/]+\.(yaml|json)$/.test(file.path))
    const whole = sha256(templates.map((file) => sha256(file.content)).join())
    const folder = join(scratch, whole)
    for (const file of templates) {
      mkdirSync(dirname(join(folder, file.path)), { recursive: true })
      writeFileSync(join(folder, file.path), file.content)
    }
    const found = templates.map((file) => {
      // cfn-lint opens the files that a nested stack names, so for such a file the others count as well.
      const key = file.content.includes('TemplateURL') ? `${sha256(file.content)} in ${whole}` : sha256(file.content)
      const known = seen.get(key) ?? check(file.path, join(folder, file.path))
      seen.set(key, known)
      return known
    })
    return (await Promise.all(found)).flat()
  }

  const stop = async (): Promise<void> => {
    await Promise.all(servers.map((server) => server.stop()))
    rmSync(scratch, { recursive: true, force: true })
  }

  return { lint, lintAnew, translate, translateTemplate, policyTemplates, samProperties, lintFiles, stop }
}

/** A warning is a failure; what cfn-lint marks as informational is not. */
export function failures(matches: readonly Match[]): readonly Match[] {
  return matches.filter((match) => match.severity !== 'informational')
}

export function describeMatch(match: Match): string {
  return `:${match.line}:${match.column}  ${match.rule}  ${match.message}`
}

export function isSam(text: string): boolean {
  return /^Transform:|^ {2}"Transform":/m.test(text)
}

type Server = {
  readonly ask: (request: Record<string, unknown>) => Promise<Answer>
  readonly waiting: () => number
  readonly stop: () => Promise<void>
}

function startServer(): Server {
  const child: ChildProcessWithoutNullStreams = spawn(python, [join(repository, 'tests/lint/lint_server.py')], {
    env: { ...process.env, ...offline },
  })
  const waiting = new Map<number, { resolve: (answer: Answer) => void; reject: (error: Error) => void }>()
  let last = 0
  let complaints = ''
  let ended: Error | undefined

  const end = (why: string): void => {
    ended ??= new Error(`the lint process ended (${why}): ${complaints.trim().slice(-2000)}`)
    for (const { reject } of waiting.values()) reject(ended)
    waiting.clear()
  }
  child.on('error', (error) => end(error.message))
  child.on('close', (code, signal) => end(signal ?? `exit code ${code}`))
  child.stdin.on('error', () => {}) // the end of the process is reported by `close`
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints = (complaints + text).slice(-10_000)
  })
  createInterface({ input: child.stdout }).on('line', (line) => {
    const { id, ...answer } = JSON.parse(line)
    waiting.get(id)?.resolve(answer)
    waiting.delete(id)
  })

  return {
    ask: (request) =>
      new Promise((resolve, reject) => {
        if (ended) return reject(ended)
        last += 1
        waiting.set(last, { resolve, reject })
        child.stdin.write(`${JSON.stringify({ id: last, ...request })}\n`)
      }),
    waiting: () => waiting.size,
    stop: () =>
      new Promise((resolve) => {
        if (ended) return resolve()
        child.once('close', () => resolve())
        child.stdin.end()
        child.kill()
      }),
  }
}
