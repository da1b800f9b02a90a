import { generate as filesOf } from '../generator/generate.ts'
import type { OutputFile } from '../generator/packagings/assets.ts'
import { parseConfig as read } from '../generator/read.ts'
import { withinLimits } from '../generator/within-limits.ts'
import { besideBy } from './beside.ts'
import type { Config } from './config.gen.ts'
import { functions } from './functions.ts'
import type { ReadConfig } from './read-config.ts'

export type GenerateOptions = {
  /** The text of the config that `uses` names, by the path written there. */
  readonly readConfig?: ReadConfig | undefined
  /** Form of the templates; `yaml` if left out. */
  readonly format?: 'yaml' | 'json' | undefined
}

/**
 * All files of a config, with paths relative to one folder: what `portcullis generate` would write there. Nothing is
 * written. The same config gives the same bytes.
 *
 * The config comes from `parseConfig`, or is made by the program itself; it is checked either way. Throws
 * `PortcullisError` when it is wrong, with places in the config as JSON.
 */
export function generate(config: Config, { format = 'yaml', readConfig }: GenerateOptions = {}): OutputFile[] {
  // JSON is YAML, so a config that a program made or changed goes through the same checks as a file.
  const checked = read(JSON.stringify(config, undefined, 2), 'config', undefined, [], besideBy(readConfig))
  return withinLimits(checked, () => filesOf(checked.model, functions(), format))
}
