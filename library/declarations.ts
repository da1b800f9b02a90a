import { flagsOf } from '../generator/commands/flags.ts'
import { declarationsOf } from '../generator/commands/verdict.ts'
import { parseConfig as read } from '../generator/read.ts'
import { besideBy } from './beside.ts'
import type { Config } from './config.gen.ts'
import type { GenerateOptions } from './generate.ts'
import type { VerifyOptions } from './verify.ts'

/** What the config leaves open on purpose, for `verify`. */
export type ConfigDeclarations = Required<Pick<VerifyOptions, 'openRoutes' | 'allow' | 'assume'>>

/**
 * What the config says openly (an open route, a way to the internet, a database that tasks reach), as options of `verify`:
 * what `portcullis generate` verifies its files with. `template`: the file that is verified, as `generate` names it.
 *
 * Throws `PortcullisError` when the config is wrong, as `generate` does.
 */
export function declarations(
  config: Config,
  template = 'templates/template.yaml',
  { readConfig }: Pick<GenerateOptions, 'readConfig'> = {},
): ConfigDeclarations {
  const { model } = read(JSON.stringify(config, undefined, 2), 'config', undefined, [], besideBy(readConfig))
  const { openRoute, allow, assume } = flagsOf(declarationsOf(model, template))
  return { openRoutes: openRoute, allow, assume }
}
