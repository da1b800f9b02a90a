import { parse } from './config/parse.ts'
import { locate } from './config/positions.ts'
import type { Config } from './config/schema/index.ts'
import { PortcullisError } from './errors/portcullis-error.ts'
import type { Model } from './model/model.ts'
import { resolve } from './model/resolve.ts'
import { type Earlier, publishedVersions } from './rules/delivery/published-versions.ts'
import { rules } from './rules/index.ts'
import { findings } from './rules/rule.ts'

/** YAML text -> Config and what it means. Throws PortcullisError with every mistake: the schema's, else the rules'. */
export function parseConfig(
  text: string,
  file: string,
  earlier?: Earlier,
): { readonly config: Config; readonly model: Model } {
  const { config, source } = parse(text, file)
  const model = resolve(config)
  const found = findings(earlier ? [...rules, publishedVersions(earlier)] : rules, model, config)
  if (found.length > 0) throw new PortcullisError(found.map((diagnostic) => locate(source, diagnostic)))
  return { config, model }
}
