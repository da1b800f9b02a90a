/** Files beside the manifests: addons, overrides, pipelines. None is translated; each is listed. */
import { type Item, ignored, lost } from './item.ts'
import { type At, isMap, look, type Path, textOf, type Value } from './value.ts'
import { placeInTask } from './workload/task-definition.ts'

const RETAIN =
  'keep it as a stack of its own (parameters App, Env and Name); its resources go with the old service unless they have DeletionPolicy: Retain'

/** Copilot gave outputs to the task by their type. */
const outputsOf = (template: Value): string => {
  const outputs = look(template, 'Outputs')
  const names = isMap(outputs) ? outputs.entries.map(({ key }) => key) : []
  return names.length === 0
    ? ''
    : `; the task had its outputs ${names.join(', ')}: policies go into policies, groups into reaches, secrets into secrets, all else into environment (in UPPER_SNAKE_CASE)`
}

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
    `${RETAIN}${value === undefined ? '' : outputsOf(value)}`,
  )
}

/** `/Resources/TaskDefinition/Properties/ContainerDefinitions/0/User` as `taskdef_overrides` writes it. */
const placeOf = (written: string): string | undefined =>
  /^\/Resources\/TaskDefinition\/Properties\/(.+)$/
    .exec(written)?.[1]
    ?.replace(/\/(\d+)(?=\/|$)/g, '[$1]')
    .replaceAll('/', '.')

const patch = (each: Value, owner: Path | undefined): Item => {
  const written = textOf(look(each, 'path')) ?? '?'
  const what = textOf(look(each, 'op')) ?? '?'
  const place = placeOf(written)
  const found =
    owner !== undefined && place !== undefined && /^(?:add|replace)$/.test(what)
      ? placeInTask(each, place, look(each, 'value'), owner)
      : undefined
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
