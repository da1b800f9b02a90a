// Workflows of GitHub Actions and pipelines of GitLab in the guides: what they are, and the shell lines in them.
import { parse } from 'yaml'

type Step = { readonly uses?: string; readonly run?: string; readonly with?: Record<string, unknown> }
type Job = { readonly steps?: readonly Step[]; readonly permissions?: Record<string, string> }
type Script = { readonly script?: unknown; readonly before_script?: unknown }

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}

export const isGitHub = (text: string): boolean => 'jobs' in record(parse(text)) && 'on' in record(parse(text))

export const isGitLab = (text: string): boolean =>
  !isGitHub(text) && Object.values(record(parse(text))).some((job) => 'script' in record(job))

export const jobsOf = (text: string): Job[] => Object.values(record(record(parse(text))['jobs'])) as Job[]

/** One text of shell commands for each job. What the runner fills in is a word here. */
export function runLinesOf(text: string): string[] {
  const scripts = isGitHub(text)
    ? jobsOf(text).map(({ steps = [] }) => steps.flatMap(({ run }) => run ?? []))
    : isGitLab(text)
      ? (Object.values(record(parse(text))) as Script[])
          .filter((job) => 'script' in record(job))
          .map((job) => [record(record(parse(text))['default'])['before_script'], job.before_script, job.script].flat())
      : []
  return scripts.map((lines) =>
    lines
      .filter((line) => typeof line === 'string')
      .join('\n')
      .replaceAll(/\$\{\{[^}]*\}\}/g, 'filled-in'),
  )
}
