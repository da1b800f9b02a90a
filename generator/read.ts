import { parse } from './config/parse.ts'
import type { Config } from './config/schema/index.ts'
import type { Setting } from './config/settings.ts'
import type { Diagnostic } from './errors/diagnostic.ts'
import { byPosition, type LocatedDiagnostic } from './errors/located.ts'
import { PortcullisError } from './errors/portcullis-error.ts'
import type { Model } from './model/model.ts'
import { resolve } from './model/resolve.ts'
import { type Earlier, publishedVersions } from './rules/delivery/published-versions.ts'
import { stages, warnings } from './rules/index.ts'
import { findings } from './rules/rule.ts'
import { settingsReach } from './rules/settings-reach.ts'

/** A config that holds, what it means, and what only its author knows. */
export type Read = {
  readonly config: Config
  readonly model: Model
  /** What `init` wrote and nobody has replaced yet. */
  readonly placeholders: readonly LocatedDiagnostic[]
  /** What may be a mistake, sorted by position. */
  readonly warnings: readonly LocatedDiagnostic[]
  /** Gives a mistake that is found later its place. */
  readonly locate: (diagnostic: Diagnostic) => LocatedDiagnostic
}

/** YAML text -> Config and what it means. Throws PortcullisError with every mistake: the schema's, else the rules'. */
export function parseConfig(text: string, file: string, earlier?: Earlier, settings: readonly Setting[] = []): Read {
  const { config, placeholders, locate } = parse(text, file, settings)
  const model = resolve(config)
  const more = [
    ...(earlier ? [publishedVersions(earlier)] : []),
    ...(settings.length > 0 ? [settingsReach(settings.map(({ path }) => path))] : []),
  ]
  for (const [index, stage] of stages.entries()) {
    const found = findings(index === 0 ? [...stage, ...more] : stage, model, config)
    if (found.length > 0) throw new PortcullisError(found.map(locate))
  }
  return {
    config,
    model,
    placeholders,
    warnings: findings(warnings, model, config).map(locate).sort(byPosition),
    locate,
  }
}
