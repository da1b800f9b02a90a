/** Files beside the manifests: addons, overrides, pipelines. None is translated; each is listed. */
import { type Item, ignored, lost } from './item.ts'
import { type At, isMap, look, type Path, textOf, type Value } from './value.ts'
import { placeInTask } from './workload/task-definition.ts'

const RETAIN =
  'keep it as a stack of its own (parameters App, Env and Name); its resources go with the old service unless they have DeletionPolicy: Retain'

/** What an addon gives its workload by outputs is carried over; what else it does there is not. */
const addon = (file: string, value: Value | undefined): Item => {
  const at: At = { file, line: 1, path: [] }
  if (/addons\.parameters\.ya?ml$/.test(file))
    return lost(at, 'parameters of addons', 'give them to the stack that keeps the addons', false)
  const resources = look(value, 'Resources')
  const types = isMap(resources)
    ? [...new Set(resources.entries.flatMap(({ value: each }) => textOf(look(each, 'Type')) ?? []))]
    : []
  return lost(
    at,
    `an addon is a template of its own${types.length === 0 ? '' : ` (${types.join(', ')})`}`,
    RETAIN,
    !isMap(look(value, 'Outputs')),
  )
}

/** `/Resources/TaskDefinition/Properties/ContainerDefinitions/0/User` as `taskdef_overrides` writes it. */
const placeOf = (written: string): string | undefined =>
  /^\/Resources\/TaskDefinition\/Properties\/(.+)$/
    .exec(written)?.[1]
    ?.replace(/\/(\d+)(?=\/|$)/g, '[$1]')
    .replaceAll('/', '.')

/** Places of Copilot's template that have no like here, with the reason, and whether the service is another without. */
const WITHOUT_LIKE: readonly (readonly [RegExp, why: string, remedy: string, changes: boolean])[] = [
  [
    /^\/Resources\/ExecutionRole/,
    'the execution role is made by itself, with the rights that it needs',
    'nothing to do',
    false,
  ],
  [
    /^\/Resources\/Service\/Properties\/NetworkConfiguration/,
    'tasks run in private subnets and have no public address',
    'with network.egress: nat they reach the internet; what else they reach is in reaches',
    false,
  ],
  [
    /^\/Resources\/[^/]*Listener/,
    "a load balancer of one's own is a way past the API",
    'names and certificates are those of domain',
    true,
  ],
  [
    /^\/Resources\/TaskRole/,
    'the task role is made by itself',
    'write rights into permissions, or a policy into policies',
    true,
  ],
]

const patch = (each: Value, owner: Path | undefined): Item => {
  const written = textOf(look(each, 'path')) ?? '?'
  const what = textOf(look(each, 'op')) ?? '?'
  const place = placeOf(written)
  const found =
    owner !== undefined && place !== undefined && /^(?:add|replace)$/.test(what)
      ? placeInTask(each, place, look(each, 'value'), owner)
      : undefined
  const other = WITHOUT_LIKE.find(([pattern]) => pattern.test(written))
  if (other !== undefined) return lost(each, other[1], other[2], other[3])
  return found?.kind === 'carried'
    ? found
    : lost(
        each,
        `a patch of Copilot's template: ${what} ${written}`,
        'overrides patches what Portcullis emits, by logical ID',
      )
}

const patches = (file: string, value: Value | undefined, owner: Path | undefined): readonly Item[] =>
  value?.kind === 'list'
    ? value.items.map((each) => patch(each, owner))
    : [
        lost(
          { file, line: 1, path: [] },
          "it changes Copilot's templates",
          'overrides patches what Portcullis emits, by logical ID',
        ),
      ]

export const isAddon = (file: string): boolean =>
  /(?:^|\/)addons\/[^/]*\.ya?ml$/.test(file) && !/addons\.parameters\.ya?ml$/.test(file)

/** What becomes of a file that is no manifest; `owner` is the place of the workload that it belongs to. */
export const beside = (file: string, value: Value | undefined, owner: Path | undefined): readonly Item[] => {
  const at: At = { file, line: 1, path: [] }
  if (/(?:^|\/)addons\//.test(file)) return /\.ya?ml$/.test(file) ? [addon(file, value)] : []
  if (/cfn\.patches\.ya?ml$/.test(file)) return patches(file, value, owner)
  if (/(?:^|\/)overrides\/(?:stack\.ts|cdk\.json|.*\.ya?ml)$/.test(file)) return patches(file, undefined, owner)
  if (/(?:^|\/)pipelines?\b|buildspec/.test(file))
    return [lost(at, 'Portcullis makes no pipeline', 'generate and sam deploy run in any CI: docs/ci.md', false)]
  return /\.ya?ml$/.test(file) ? [ignored(at, 'Copilot reads no such file')] : []
}
