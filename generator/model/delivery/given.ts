import type { Config } from '../../config/schema/index.ts'
import type { Path } from '../../errors/diagnostic.ts'
import { sortedEntries } from '../names.ts'

/** Values that the config gives to parameters at one place, by name. */
export type Given = Readonly<Record<string, string>>

/** As samconfig.toml and StackSets take them: text, lists with commas. */
export const givenTexts = (values: Config['environments'][string]['parameters']): Given =>
  Object.fromEntries(
    sortedEntries(values).map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : String(value)]),
  )

/** One of them, with its place in the config. */
export type GivenValue = { readonly name: string; readonly value: string; readonly path: Path }
