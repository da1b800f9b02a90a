/** Values by the names that people know. */
import { wordsOfChoices } from '../judge/choices.ts'
import { conditionOf } from '../resolve/conditions.ts'
import type { World } from '../resolve/world.ts'
import { parameterName } from '../worlds/declared.ts'

export type When = Readonly<Record<string, string>>

/** What a world chooses beyond `start`; undefined where that is nothing. */
export function whenOf(world: World, start: World): When | undefined {
  const chosen = [...world.choices].filter(([key]) => !start.choices.has(key))
  const said = [...world.assumed].flatMap(([comparison, holds]): [string, string][] => {
    const condition = conditionOf(comparison)
    return condition ? [[`condition ${condition.name}`, String(holds)]] : []
  })
  const words = wordsOfChoices(new Map(chosen.map(([key, choice]) => [parameterName(key), choice])))
  const when = { ...words, ...Object.fromEntries(said) }
  return Object.keys(when).length > 0 ? when : undefined
}
