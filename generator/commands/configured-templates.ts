/** What the config of a folder gives, as if its files had been written: the whole application, with what it declares and with its platform. */

import type { Declarations } from '../../verifier/index.ts'
import { PortcullisError } from '../errors/portcullis-error.ts'
import { generate } from '../generate.ts'
import { parseConfig } from '../read.ts'
import { withinLimits } from '../within-limits.ts'
import { loadAssets } from './assets.ts'
import { complain } from './complain.ts'
import { besideConfig, readConfigFile } from './config-file.ts'
import type { Given } from './given-templates.ts'
import type { ConfigOfSide } from './template-sides.ts'
import type { Terminal } from './terminal.ts'
import { declarationsOf, platformFiles, withPlatform } from './verdict.ts'

const config = 'portcullis.yaml'
const whole = 'templates/template.yaml'

/** Undefined where the config is wrong, which has been said then; `command` takes templates too. Throws FileError. */
export function configuredTemplates(terminal: Terminal, command: string): Given | undefined {
  const text = readConfigFile(terminal.folder, config, `without a config, name templates: ${command} template.yaml`)
  try {
    const read = parseConfig(text, config, undefined, [], besideConfig(terminal.folder, config))
    const { model } = read
    const assets = loadAssets()
    const files = withinLimits(read, () => generate(model, assets, 'yaml'))
    const byPath = new Map(files.map((file) => [file.path, file.text]))
    return {
      templates: [...platformFiles(model, assets), ...files.filter(({ path }) => path === whole)],
      readFile: (path) => byPath.get(path),
      declarations: withPlatform(model, declarationsOf(model)),
    }
  } catch (error) {
    if (!(error instanceof PortcullisError)) throw error
    terminal.err(`${error.message}\n`)
    return undefined
  }
}

/** What a config beside templates declares of them. One that is wrong declares nothing: the comparison is one of templates. */
export function declaredBy(terminal: Terminal, config: ConfigOfSide | undefined): { readonly declared?: Declarations } {
  if (config === undefined) return {}
  try {
    return { declared: declarationsOf(parseConfig(config.text, config.file, undefined, [], config.beside).model) }
  } catch (error) {
    if (!(error instanceof PortcullisError)) throw error
    complain(
      terminal,
      `warning: ${config.file} is wrong, so what it declares is not known; portcullis generate says more`,
    )
    return {}
  }
}
