import { parse } from './config/parse.ts'
import type { Config } from './config/schema/index.ts'
import type { Setting } from './config/settings.ts'
import type { Diagnostic } from './errors/diagnostic.ts'
import { byPosition, type LocatedDiagnostic } from './errors/located.ts'
import { PortcullisError } from './errors/portcullis-error.ts'
import { show } from './errors/show.ts'
import type { Model } from './model/model.ts'
import { onPlatform, type Platform, platformOf } from './model/platform.ts'
import { resolve } from './model/resolve.ts'
import { type Earlier, publishedVersions } from './rules/delivery/published-versions.ts'
import { stages, warnings } from './rules/index.ts'
import { partsOfPlatform } from './rules/platform/parts-of-platform.ts'
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

/** The text of the config that `uses` names, and how a message calls it; undefined when there is none. */
export type Beside = (path: string) => { readonly text: string; readonly file: string } | undefined

/** Throws PortcullisError with every mistake in the config of the platform, or when it shares nothing. */
function platformFor({ uses }: Config, beside: Beside | undefined, locate: Read['locate']): Platform | undefined {
  if (uses === undefined) return undefined
  const wrong = (message: string, remedy: string): never => {
    throw new PortcullisError([locate({ code: 'PC482', path: ['uses'], message, remedy })])
  }
  const found = beside?.(uses)
  if (!found)
    return wrong(`there is no config ${show(uses)}`, 'write the path of the config that shares, from this one')
  const { config, model } = parseConfig(found.text, found.file)
  if (!config.share)
    return wrong(`the application "${config.name}" shares nothing`, `write share: true in ${uses}, and deploy it`)
  return platformOf(model)
}

/** YAML text -> Config and what it means. Throws PortcullisError with every mistake: the schema's, else the rules'. */
export function parseConfig(
  text: string,
  file: string,
  earlier?: Earlier,
  settings: readonly Setting[] = [],
  beside?: Beside,
): Read {
  const { config, placeholders, locate } = parse(text, file, settings)
  const platform = platformFor(config, beside, locate)
  const model = resolve(config, platform)
  const meant = platform === undefined ? config : onPlatform(config, platform)
  const more = [
    ...(earlier ? [publishedVersions(earlier)] : []),
    ...(platform ? [partsOfPlatform(config)] : []),
    ...(settings.length > 0 ? [settingsReach(settings.map(({ path }) => path))] : []),
  ]
  for (const [index, stage] of stages.entries()) {
    const found = findings(index === 0 ? [...stage, ...more] : stage, model, meant)
    if (found.length > 0) throw new PortcullisError(found.map(locate))
  }
  return {
    config,
    model,
    placeholders,
    warnings: findings(warnings, model, meant).map(locate).sort(byPosition),
    locate,
  }
}
