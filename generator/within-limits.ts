import { LimitError } from './errors/limit-error.ts'
import { PortcullisError } from './errors/portcullis-error.ts'
import type { OutputFile } from './packagings/assets.ts'
import type { Read } from './read.ts'
import { templateLimits } from './rules/template-limits.ts'

/** What is too large for AWS is a mistake in the config, with its place. Throws PortcullisError. */
export function withinLimits({ locate, model }: Read, make: () => OutputFile[]): OutputFile[] {
  try {
    return make()
  } catch (error) {
    if (!(error instanceof LimitError)) throw error
    throw new PortcullisError(templateLimits(error, model).map(locate))
  }
}
