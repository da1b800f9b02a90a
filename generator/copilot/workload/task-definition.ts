/** `taskdef_overrides`: patches of the task definition, of which the config has words for some. */
import { carried, type Item, type Items, ignored, lost, malformed } from '../item.ts'
import { isMap, look, type Path, textOf, type Value } from '../value.ts'
import type { Context } from './context.ts'

const MAIN = /^ContainerDefinitions\[0\]\./

const KNOWN: Readonly<Record<string, { readonly key: string; readonly number?: true }>> = {
  StopTimeout: { key: 'stopTimeoutSeconds', number: true },
  User: { key: 'user' },
  WorkingDirectory: { key: 'workingDirectory' },
  'EphemeralStorage.SizeInGiB': { key: 'ephemeralStorage', number: true },
  Cpu: { key: 'cpu', number: true },
  Memory: { key: 'memory', number: true },
}

const WORDS: Readonly<Record<string, string>> = { EntryPoint: 'entrypoint', Command: 'command' }

const wordsOf = (value: Value | undefined): readonly string[] =>
  value?.kind === 'list' ? value.items.flatMap((item) => textOf(item) ?? []) : []

/** What becomes of one place in the task definition, such as `ContainerDefinitions[0].User`. */
export const placeInTask = (each: Value, written: string, given: Value | undefined, path: Path): Item => {
  const value = textOf(given)
  const words = wordsOf(given)
  const isMain = MAIN.test(written)
  const name = written.replace(MAIN, '')
  if (isMain && name === 'ReadonlyRootFilesystem' && value === 'true') return carried(each, [...path, 'readOnly'], true)
  if (isMain && Object.hasOwn(WORDS, name) && words.length > 0)
    return carried(each, [...path, WORDS[name] ?? ''], words)
  // Cpu and Memory of the task, not of a container in it.
  const known =
    isMain === /^(?:Cpu|Memory|Ephemeral)/.test(name) ? undefined : Object.hasOwn(KNOWN, name) ? KNOWN[name] : undefined
  if (known === undefined || value === undefined)
    return lost(
      each,
      `the config has no word for ${written}`,
      'overrides may patch the task definition by its logical ID',
    )
  return carried(each, [...path, known.key], known.number ? Number(value) : value)
}

const patch = (each: Value, { path }: Context): Item => {
  const written = textOf(look(each, 'path'))
  return written === undefined
    ? malformed(each, 'a path with a value')
    : placeInTask(each, written, look(each, 'value'), path)
}

/** Keys that a patch has not. */
const besides = (each: Value): readonly Item[] =>
  isMap(each)
    ? each.entries
        .filter(({ key }) => key !== 'path' && key !== 'value')
        .map(({ value }) => ignored(value, 'Copilot has no such key here'))
    : []

export const taskdefOverrides = (value: Value, context: Context): Items => {
  if (value.kind !== 'list') return [malformed(value, 'a list of paths with values')]
  const [first, ...rest] = value.items.flatMap((each) => [patch(each, context), ...besides(each)])
  return first === undefined ? [malformed(value, 'a list of paths with values')] : [first, ...rest]
}
