import { parse } from './config/parse.ts'
import { locate } from './config/positions.ts'
import type { Config } from './config/schema/index.ts'
import { PortcullisError } from './errors/portcullis-error.ts'
import type { Model } from './model/model.ts'
import { resolve } from './model/resolve.ts'
import { rules } from './rules/index.ts'

/** The text of a config -> what it means, or a PortcullisError with every mistake in it. */
export const parseConfig = (text: string, file: string): { readonly config: Config; readonly model: Model } => {
  const { config, source } = parse(text, file)
  const model = resolve(config)
  const diagnostics = rules.flatMap((rule) => rule.check(model, config))
  if (diagnostics.length > 0) throw new PortcullisError(diagnostics.map((diagnostic) => locate(source, diagnostic)))
  return { config, model }
}
