/** What `generate` tells a person: what was written, the one way in, and what is left to do. */
import { isGateway } from '../aws/endpoints.ts'
import type { LocatedDiagnostic } from '../errors/located.ts'
import type { Layer } from '../layers/layer.ts'
import { changedNames, OVERRIDES } from '../layers/overrides/index.ts'
import { hasApi } from '../model/api/api.ts'
import type { Route } from '../model/api/routes.ts'
import { environments } from '../model/delivery/targets.ts'
import type { Model } from '../model/model.ts'
import { fronted } from '../model/tasks.ts'
import type { OutputFile } from '../packagings/assets.ts'
import { byEnvironment, prerequisites } from './prerequisites.ts'
import type { Change } from './write-files.ts'

type Run = {
  readonly model: Model
  readonly layers: readonly Layer[]
  readonly files: readonly OutputFile[]
  readonly changes: readonly Change[]
  /** As a message names it. */
  readonly folder: string
  readonly verdict: readonly string[]
  readonly placeholders: readonly LocatedDiagnostic[]
}

export function summary({ model, layers, files, changes, folder, verdict, placeholders }: Run): string {
  return [
    written(files, changes, folder),
    '',
    'Resources',
    ...table(
      layers
        .filter(({ fragment }) => fragment.entries.length > 0)
        .map(({ name, fragment, description }) => [name, String(fragment.entries.length), description]),
    ),
    ...table([['standalone.yaml', sizeOf(files), 'all of them in one file']]),
    ...overridden(model, layers),
    ...endpointCosts(model),
    '',
    'The one way in',
    ...theWayIn(model),
    '',
    'Does anything else reach the load balancer or the tasks?',
    ...verdict,
    '',
    'To do',
    ...[...unanswered(placeholders), ...toDo(model, files)].map((line, index) => `  ${index + 1}. ${line}`),
    '',
  ].join('\n')
}

/** What each endpoint costs, in dollars an hour and zone: list price of us-east-1 (docs/cost.md). */
const PRICE = 0.01
const HOURS = 730

/** Only where applications call something: what every task needs is in the guide. */
function endpointCosts({ network: { egress, zones } }: Model): string[] {
  if (egress.kind !== 'endpoints' || egress.called.length === 0) return []
  const month = `$${(zones * HOURS * PRICE).toFixed(2)} a month in ${zones} zones`
  return [
    '',
    'Endpoints that the applications call',
    ...table(egress.called.map((name) => [name, isGateway(name) ? 'free' : month])),
  ]
}

function written(files: readonly OutputFile[], changes: readonly Change[], folder: string): string {
  const count = (kind: Change['kind']): number => changes.filter((change) => change.kind === kind).length
  const parts = [
    `${count('new')} new`,
    `${count('changed')} changed`,
    `${files.length - count('new') - count('changed')} unchanged`,
  ]
  const orphans = count('orphan')
  return `${files.length} files below ${folder} (${parts.join(', ')}${orphans > 0 ? `, ${orphans} no longer needed and removed` : ''})`
}

/** In bytes, like the limits of CloudFormation. Formatting of the language itself takes longer to load than a file to write. */
const sizeOf = (files: readonly OutputFile[]): string => {
  const bytes = Buffer.byteLength(files.find(({ path }) => /standalone\.(?:yaml|json)$/.test(path))?.text ?? '')
  return `${String(bytes).replace(/\B(?=(?:[0-9]{3})+$)/g, ',')} bytes`
}

/** Columns of equal width; numbers stand right. */
function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(column === 0 ? 20 : 0, ...rows.map((row) => row[column]?.length ?? 0)),
  )
  return rows.map(
    (row) =>
      `  ${row
        .map((cell, column) => (column === 1 ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)))
        .join('  ')
        .trimEnd()}`,
  )
}

/** What is not as Portcullis would have it. */
function overridden({ overrides }: Model, layers: readonly Layer[]): string[] {
  if (overrides.length === 0) return []
  const own = new Map(
    layers.flatMap(({ name, fragment }) => (name === OVERRIDES ? fragment.entries : [])).map((each) => [each.id, each]),
  )
  return [
    '',
    'Overrides, judged with the rest',
    ...overrides.map(({ id, attributes }) => {
      const type = own.get(id)?.resource.Type
      return `  ${id}: ${type === undefined ? changedNames(attributes).join(', ') : `new, ${type}`}`
    }),
  ]
}

/** Quotas of what applications on one load balancer share: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html */
const sharedQuotas = (model: Model): string[] => {
  if (!model.loadBalancer.isShared) return []
  const all = [model, ...(model.platform ? [model.platform.model] : [])].flatMap(fronted)
  const rules = all.flatMap(({ listenerRules }) => listenerRules)
  const groups = all.length + rules.filter(({ header }) => header !== undefined).length
  return [
    `  On its load balancer, ${model.platform ? 'with the platform' : 'without the other applications'}: ${rules.length} of 100 listener rules, ${groups} of 100 target groups`,
  ]
}

function theWayIn(model: Model): string[] {
  if (!hasApi(model.api))
    return [
      '  None of its own: applications with uses bring theirs, each with an API, through the VPC link of this one',
      ...sharedQuotas(model),
    ]
  const host = model.domain.publish
    ? `https://${model.domain.name}${model.domain.basePath === undefined ? '' : `/${model.domain.basePath}`}`
    : 'https://<api id>.execute-api.<region>.amazonaws.com'
  const open = model.api.routes.filter(({ auth }) => auth.kind === 'none')
  return [
    `  ${host}`,
    `    -> HTTP API, ${model.api.routes.length} routes: ${guards(model.api.routes)}`,
    `    -> VPC link -> internal load balancer :443, name verified`,
    ...model.services.map(
      ({ key, port, listenerRules }) =>
        `    -> ${key} :${port}   ${listenerRules.flatMap(({ paths, header }) => (header === undefined ? paths : ['by its routes'])).join(' ')}`,
    ),
    ...model.externals.map(
      ({ key, port, listenerRules }) =>
        `    -> ${key} :${port}, which somebody else runs   ${listenerRules.flatMap(({ paths }) => paths).join(' ')}`,
    ),
    ...sharedQuotas(model),
    ...model.backends.map(
      ({ key, port, callers }) =>
        `  Only ${callers.join(' and ')} reach${callers.length === 1 ? 'es' : ''} ${key} :${port}`,
    ),
    ...(model.jobs.length > 0
      ? [
          `  Nothing reaches the jobs: ${model.jobs.map(({ key, schedule, enabled }) => `${key} ${schedule}${enabled ? '' : ' (off)'}`).join(', ')}`,
        ]
      : []),
    ...(model.workers.length > 0
      ? [`  Nothing reaches the workers: ${model.workers.map(({ key }) => key).join(', ')}`]
      : []),
    ...(open.length > 0
      ? [`  Open, because the config says so: ${open.map(({ routeKey }) => routeKey).join(', ')}`]
      : []),
  ]
}

function guards(routes: readonly Route[]): string {
  const names = routes.map(({ auth }) =>
    auth.kind === 'jwt' || auth.kind === 'lambda' ? auth.authorizer.key : auth.kind === 'iam' ? 'IAM' : 'open',
  )
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts].map(([name, count]) => `${count} ${name}`).join(', ')
}

/** What only the user knows. */
function unanswered(placeholders: readonly LocatedDiagnostic[]): string[] {
  if (placeholders.length === 0) return []
  const lines = placeholders.map(
    ({ file, line, column, path, sourceLine, length }) =>
      `\n       ${file}:${line}:${column}  ${path.join('.')}: ${sourceLine.slice(column - 1, column - 1 + length)}`,
  )
  return [`Replace the placeholders with your own values (generate --check refuses them):${lines.join('')}`]
}

function toDo(model: Model, files: readonly OutputFile[]): string[] {
  const planned = environments(model.targets)
  const missing = Object.entries(model.parameters)
    .filter(([, parameter]) => parameter.default === undefined)
    .filter(([name]) => planned.length === 0 || planned.some(({ parameters }) => !(name in parameters)))
    .map(([name]) => name)
  const [environment] = planned
  const others = planned.slice(1).map(({ name }) => name)
  const emitted = (name: string): boolean => files.some(({ path }) => path.startsWith(`templates/${name}.`))
  return [
    ...prerequisites(model),
    ...byEnvironment(model),
    ...(emitted('zone-role') ? [`In the zone's account, first: sam deploy --config-env zone-role`] : []),
    ...(missing.length > 0
      ? [`Give a value, in environments or with --parameter-overrides: ${missing.join(', ')}`]
      : []),
    others.length > 0 && environment
      ? `sam deploy --config-env NAME, first the environment that may break: ${[environment.name, ...others].join(', ')}`
      : `sam deploy${environment && environment.name !== 'default' ? ` --config-env ${environment.name}` : ''}`,
    ...model.externals.map(({ id, key }) => `Register the targets of ${key} at the output ${id}TargetGroupArn`),
    ...(model.domain.certificate.kind === 'manual'
      ? ['While it waits: add the CNAME that the stack events show for the certificate']
      : []),
    ...(model.domain.alias?.kind === 'by-hand' ? [`Point ${model.domain.name} to the output AliasTarget`] : []),
  ]
}
