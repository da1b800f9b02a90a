import { UNKNOWN_CALLERS } from '../../generator/config/placeholders.ts'
import { UNKNOWN_REGION } from '../../generator/copilot/region.ts'
import { PortcullisError } from '../../generator/errors/portcullis-error.ts'
import { parseConfig } from '../../generator/read.ts'

/** The codes of what `generate` would stop with. */
export const problemsOf = (config: string): readonly string[] => {
  try {
    parseConfig(config, 'portcullis.yaml')
    return []
  } catch (error) {
    if (error instanceof PortcullisError)
      return error.diagnostics.map(({ code, message }) => (/^PC12[01]$/.test(code) ? code : `${code} ${message}`))
    throw error
  }
}

/** With an answer to each question, as a person would give it. */
export const answered = (config: string): string =>
  config.replaceAll(UNKNOWN_CALLERS, 'https://idp.example.com/').replaceAll(UNKNOWN_REGION, 'eu-west-1')
