import type { LocatedDiagnostic } from '../generator/errors/located.ts'
import { PortcullisError } from '../generator/errors/portcullis-error.ts'
import { parseConfig as read } from '../generator/read.ts'
import { besideBy } from './beside.ts'
import type { Config } from './config.gen.ts'
import type { ReadConfig } from './read-config.ts'

export type ParseOptions = {
  /** How diagnostics call the file; `portcullis.yaml` if left out. Nothing is read from it. */
  readonly file?: string | undefined
  /** The text of the config that `uses` names, by the path written there; a config without `uses` needs none. */
  readonly readConfig?: ReadConfig | undefined
}

/** Either the config, with what may be a mistake in it, or every mistake that was found. */
export type ParsedConfig =
  | { readonly config: Config; readonly diagnostics: readonly []; readonly warnings: readonly LocatedDiagnostic[] }
  | { readonly config?: undefined; readonly diagnostics: readonly LocatedDiagnostic[]; readonly warnings: readonly [] }

/**
 * Reads the text of a `portcullis.yaml`. Gives the config with its defaults filled in, or all mistakes at once, each
 * with its place, its cause and what to write instead, sorted by place. A warning has the same form, and stops nothing.
 *
 * What only the folder of an earlier run knows is not looked at: that a published version of a Service Catalog product
 * must stay in the config. The command `portcullis generate` does.
 */
export function parseConfig(text: string, { file = 'portcullis.yaml', readConfig }: ParseOptions = {}): ParsedConfig {
  try {
    const { config, warnings } = read(text, file, undefined, [], besideBy(readConfig))
    return { config, diagnostics: [], warnings }
  } catch (error) {
    if (error instanceof PortcullisError) return { diagnostics: error.diagnostics, warnings: [] }
    throw error
  }
}
