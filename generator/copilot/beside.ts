/** Files beside the manifests: addons, overrides, pipelines. None is translated; each is listed. */
import { type Item, ignored, lost } from './item.ts'
import { type At, isMap, look, textOf, type Value } from './value.ts'

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

const patches = (file: string, value: Value | undefined): readonly Item[] =>
  value?.kind === 'list'
    ? value.items.map((each) =>
        lost(
          { ...each.at, file },
          `a patch of Copilot's template: ${textOf(look(each, 'op')) ?? '?'} ${textOf(look(each, 'path')) ?? '?'}`,
          'overrides patches what Portcullis emits, by logical ID',
        ),
      )
    : [
        lost(
          { file, line: 1, path: [] },
          "it changes Copilot's templates",
          'overrides patches what Portcullis emits, by logical ID',
        ),
      ]

/** What becomes of a file that is no manifest; `changes` of the addons of an environment count for all. */
export const beside = (file: string, value: Value | undefined): readonly Item[] => {
  const at: At = { file, line: 1, path: [] }
  if (/(?:^|\/)addons\//.test(file)) return /\.ya?ml$/.test(file) ? [addon(file, value)] : []
  if (/cfn\.patches\.ya?ml$/.test(file)) return patches(file, value)
  if (/(?:^|\/)overrides\/(?:stack\.ts|cdk\.json|.*\.ya?ml)$/.test(file)) return patches(file, undefined)
  if (/(?:^|\/)pipelines?\b|buildspec/.test(file))
    return [lost(at, 'Portcullis makes no pipeline', 'generate and sam deploy run in any CI: docs/ci.md', false)]
  return /\.ya?ml$/.test(file) ? [ignored(at, 'Copilot reads no such file')] : []
}
