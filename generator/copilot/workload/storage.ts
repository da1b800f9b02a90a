import { carried, type Items, implied, lost, malformed } from '../item.ts'
import { keyOf } from '../names.ts'
import { flag, isMap, look, textOf, type Value, wholeNumber } from '../value.ts'
import { walked } from '../walk.ts'
import type { Context } from './context.ts'

/** A volume on a file system; one without is gone with the task, as the rest of its disk. */
const volume = (name: string, value: Value, context: Context): Items => {
  const at = [...context.path, 'volumes', keyOf(name)]
  const efs = look(value, 'efs')
  if (efs === undefined || flag(efs) === false) {
    const shared = JSON.stringify(look(context.manifest, 'sidecars') ?? '').includes(`"${name}"`)
    const told = (each: Value): Items => [
      shared
        ? lost(each, 'containers of a task share no empty volume', 'let them talk over localhost, or use a file system')
        : implied(each, 'the path is on the disk of the task'),
    ]
    return walked<Context>(value, { path: told, read_only: told, efs: told }, context)
  }
  const readOnly = look(value, 'read_only')
  const managed = !isMap(efs) || look(efs, 'id') === undefined
  const id = managed ? undefined : (textOf(look(efs, 'id')) ?? undefined)
  const file = id ?? 'fs-00000000000000000'
  const ask = managed
    ? 'its data is on the file system of the environment stack: write its id and access point, or efs: new for an empty one'
    : 'the id was an export of another stack (from_cfn)'
  const efsKeys = (each: Value): Items =>
    walked<Context>(
      each,
      {
        id: (inner) => [carried(inner, [...at, 'efs', 'id'], file, id === undefined ? { ask } : {})],
        root_dir: (inner) => [
          lost(
            inner,
            'an access point says which directory is mounted',
            'make an access point for the directory, and name it in efs.accessPoint',
          ),
        ],
        uid: (inner) => [implied(inner, 'the access point of the old volume has it')],
        gid: (inner) => [implied(inner, 'the access point of the old volume has it')],
        auth: (inner) =>
          walked<Context>(
            inner,
            {
              iam: (one) => [implied(one, 'the tasks have the rights that they need')],
              access_point_id: (one) => {
                const point = textOf(one)
                return [
                  point === undefined
                    ? malformed(one, 'the id of an access point')
                    : carried(one, [...at, 'efs', 'accessPoint'], point),
                ]
              },
            },
            context,
          ),
      },
      context,
    )
  return walked<Context>(
    // The default of Copilot is the other one.
    readOnly === undefined && isMap(value)
      ? {
          ...value,
          entries: [...value.entries, { key: 'read_only', value: { kind: 'scalar', text: 'true', at: value.at } }],
        }
      : value,
    {
      path: (each) => {
        const path = textOf(each)
        return [path === undefined ? malformed(each, 'a path') : carried(each, [...at, 'path'], path)]
      },
      read_only: (each) => {
        const only = flag(each)
        if (only === undefined) return [malformed(each, 'true or false')]
        return [only ? carried(each, [...at, 'readOnly'], true) : implied(each, 'volumes can be written')]
      },
      efs: (each) =>
        isMap(each)
          ? managed
            ? [carried(each, [...at, 'efs', 'id'], file, { ask }), ...efsKeys(each)]
            : efsKeys(each)
          : [carried(each, [...at, 'efs', 'id'], file, { ask })],
    },
    context,
  )
}

export const storage = (value: Value, context: Context): Items =>
  walked<Context>(
    value,
    {
      ephemeral: (each, { path }) => {
        const size = wholeNumber(each)
        if (size === undefined) return [malformed(each, 'a number of GiB')]
        return [
          size <= 20
            ? implied(each, 'Fargate gives 20 GiB by itself')
            : carried(each, [...path, 'ephemeralStorage'], size),
        ]
      },
      readonly_fs: (each, { path }) => {
        const only = flag(each)
        if (only === undefined) return [malformed(each, 'true or false')]
        return [
          only ? carried(each, [...path, 'readOnly'], true) : implied(each, 'the root file system can be written'),
        ]
      },
      volumes: (each) => {
        if (!isMap(each)) return [malformed(each, 'a group of volumes')]
        const [first, ...rest] = each.entries.flatMap(({ key, value: one }) => volume(key, one, context))
        return first === undefined ? [malformed(each, 'a group of volumes')] : [first, ...rest]
      },
    },
    context,
  )
