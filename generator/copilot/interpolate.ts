/** `${NAME}` in the values of a manifest: Copilot's own names are known, those of the shell are not. */

import { keyOf } from './names.ts'

/** What the names stand for; one that is left out is not known. */
export type Names = {
  readonly application: string
  readonly environment?: string
  readonly region?: string
  readonly account?: string
}

export type Interpolated = {
  readonly text: string
  /** Names that only the shell knew. */
  readonly unknown: readonly string[]
}

/** For text in which the config takes placeholders. */
export const PLACEHOLDERS = { environment: '{environment}', region: '{region}', account: '{account}' } as const

const meaning = (name: string, { application, environment, region, account }: Names): string | undefined => {
  if (name === 'COPILOT_APPLICATION_NAME') return application
  if (name === 'COPILOT_ENVIRONMENT_NAME') return environment
  if (/^AWS_(?:DEFAULT_)?REGION$/.test(name)) return region
  return /^AWS_ACCOUNT(?:_ID)?$/.test(name) ? account : undefined
}

export const interpolate = (text: string, names: Names): Interpolated => {
  const unknown: string[] = []
  const filled = text.replace(/(\\?)\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g, (written, escaped: string, name: string) => {
    if (escaped !== '') return written.slice(1)
    const value = meaning(name, names)
    if (value === undefined) unknown.push(name)
    return value ?? 'replace-me'
  })
  return { text: filled, unknown: [...new Set(unknown)] }
}

/** A placeholder for what is another one in each environment. */
export const unknownIn = ({ environment }: Names): string =>
  environment === undefined ? 'replace-me' : `replace-me-${keyOf(environment, 60)}`
