import { alternatives } from '../errors/show.ts'
import { environments, type Target } from '../model/delivery/targets.ts'
import type { Model } from '../model/model.ts'
import type { Tag } from '../model/tags.ts'
import type { OutputFile } from './assets.ts'
import { type Format, marker } from './printed.ts'
import { override, text } from './sam-values.ts'

/** A template that is deployed next to the application, under a `--config-env` of its own. */
export type Companion = {
  /** File name without extension, which is also the environment's name and the end of the stack's name. */
  readonly name: string
  readonly capabilities: readonly string[]
  /** SAM CLI uploads local files that it refers to. */
  readonly uploads?: boolean
  /** Values that the config decides. */
  readonly values?: Readonly<Record<string, string>>
}

/**
 * `sam deploy [--config-env NAME]` without flags, run in the folder of samconfig.toml. It names every value that the
 * config decides: SAM CLI keeps the previous value of a parameter that it is not given, so a changed default alone
 * would never reach a stack (samcli/commands/deploy/deploy_context.py, merge_parameters).
 */
export function samconfig(model: Model, companions: readonly Companion[], format: Format): OutputFile {
  const application: Companion = {
    name: 'template',
    capabilities: ['CAPABILITY_IAM', 'CAPABILITY_AUTO_EXPAND'],
    uploads: true,
    values: defaultsOf(model),
  }
  const planned = environments(model.targets)
  const named = planned.find(({ name }) => name === 'default')
  const section = (name: string, stackName: string, companion: Companion, target?: Target): string =>
    environment({ name, stackName, companion, tags: model.tags }, format, target)
  const sections = [
    planned.length > 0 && named === undefined
      ? withoutEnvironment(model.name, planned, application, format)
      : section('default', model.name, application, named),
    ...planned
      .filter((each) => each !== named)
      .map((each) => section(each.name, `${model.name}-${each.name}`, application, each)),
    ...companions.map((each) => section(each.name, `${model.name}-${each.name}`, each)),
  ]
  return { path: 'samconfig.toml', text: `# ${marker}\nversion = 0.1\n${sections.join('')}` }
}

/** An empty one too, where it means something: what was given to an earlier deployment would stay otherwise. */
const defaultsOf = ({ parameters }: Model): Record<string, string> =>
  Object.fromEntries(
    Object.values(parameters).flatMap(({ name, none, default: fallback = '', varies = false, empty }) => {
      const value = none ?? fallback
      return value !== '' || varies || empty !== undefined ? [[name, value] as const] : []
    }),
  )

type Stack = {
  readonly name: string
  readonly stackName: string
  readonly companion: Companion
  readonly tags: readonly Tag[]
}

function environment({ name, stackName, companion, tags }: Stack, format: Format, settings?: Target): string {
  const region = settings?.region
  const values = { ...companion.values, ...settings?.parameters }
  const overrides = Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1))
  const deploy = [
    templateOf(companion, format),
    ['stack_name', text(stackName)],
    ...(region ? [['region', text(region)]] : []),
    ...(companion.capabilities.length > 0 ? [['capabilities', list(companion.capabilities.map(text))]] : []),
    ...(companion.uploads ? [['resolve_s3', 'true']] : []),
    ...(overrides.length > 0 ? [['parameter_overrides', list(overrides.map(override))]] : []),
    ...(tags.length > 0 ? [['tags', list(tags.map(({ Key, Value }) => override([Key, Value])))]] : []),
    ['fail_on_empty_changeset', 'false'],
  ]
  return table(`${name}.deploy.parameters`, deploy) + forLocalCommands(name, companion, format)
}

const templateOf = ({ name }: Companion, format: Format) => ['template_file', text(`templates/${name}.${format}`)]

/** `sam package` and `sam validate`, which know no environment. */
const forLocalCommands = (name: string, companion: Companion, format: Format): string =>
  (companion.uploads
    ? table(`${name}.package.parameters`, [templateOf(companion, format), ['resolve_s3', 'true']])
    : '') + table(`${name}.validate.parameters`, [templateOf(companion, format), ['lint', 'true']])

/**
 * Without an environment, SAM CLI would deploy one more stack, with the values that no environment changed and in whatever
 * region the shell has. A template that there is not stops it before it asks AWS anything, and its name says what to do.
 * Without a stack's name, it would ask for that first.
 */
function withoutEnvironment(
  stackName: string,
  planned: readonly Target[],
  application: Companion,
  format: Format,
): string {
  const names = planned.slice(0, 3).map(({ name }) => name)
  const more = planned.length > names.length ? ['another one'] : []
  const choice = alternatives([...names, ...more])
  return (
    table('default.deploy.parameters', [
      ['template_file', text(`choose an environment: sam deploy --config-env ${choice}`)],
      ['stack_name', text(stackName)],
    ]) + forLocalCommands('default', application, format)
  )
}

const table = (name: string, rows: readonly (readonly string[])[]): string =>
  `\n[${name}]\n${rows.map(([key, value]) => `${key} = ${value}\n`).join('')}`

const list = (items: readonly string[]): string =>
  items.length > 1 ? `[\n${items.map((item) => `  ${item},\n`).join('')}]` : `[${items.join('')}]`
