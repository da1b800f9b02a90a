/** A few of many configs, in which as many pairs of choices as possible stand together that do so in one of the many. */
import { readFileSync } from 'node:fs'

const keysOf = (schema: unknown): readonly string[] =>
  typeof schema !== 'object' || schema === null
    ? []
    : Object.entries(schema).flatMap(([name, each]) => [
        ...(name === 'properties' ? Object.keys(each) : []),
        ...keysOf(each),
      ])

/** Every key of the config. Any other name is one that the user has chosen, and all such are alike. */
const keys = new Set(keysOf(JSON.parse(readFileSync('portcullis.schema.json', 'utf8'))))

/** What is written where, without numbers and texts of the user. */
const choicesOf = (value: unknown, path = ''): readonly string[] => {
  if (value === undefined) return []
  if (Array.isArray(value)) return [`${path}[]`, ...value.flatMap((each) => choicesOf(each, `${path}[]`))]
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([name, each]) => choicesOf(each, `${path}.${keys.has(name) ? name : '*'}`))
  const word = typeof value === 'boolean' || (typeof value === 'string' && /^[a-z-]{1,14}$/.test(value))
  return word && !path.endsWith('*') ? [path, `${path}=${value}`] : [path]
}

const pairsOf = (config: object, numbers: Map<string, number>): readonly number[] => {
  const numbered = [...new Set(choicesOf(config))].map((choice) => {
    if (!numbers.has(choice)) numbers.set(choice, numbers.size)
    return numbers.get(choice) ?? 0
  })
  numbered.sort((a, b) => a - b)
  // A choice on its own counts as a pair with itself.
  return numbered.flatMap((one, index) => numbered.slice(index).map((other) => one * 10_000 + other))
}

/** A config has thousands of pairs of keys, among which those of its parts would be lost. */
const WEIGHT = 1000

export type Choosing<Config> = {
  readonly costOf: (config: Config) => number
  /** What must not be missed: pairs of parts. */
  readonly partsOf: (config: Config) => readonly string[]
}

/** Found greedily: next is always the config that adds most pairs for what it costs. At most `count`; fewer when nothing is left to add. */
export function covering<Config extends object>(
  configs: readonly Config[],
  count: number,
  { costOf, partsOf }: Choosing<Config>,
): readonly Config[] {
  const numbers = new Map<string, number>()
  const left = new Set(
    configs.map((config) => ({
      config,
      pairs: pairsOf(config, numbers),
      parts: partsOf(config),
      cost: costOf(config),
      gain: Number.POSITIVE_INFINITY,
    })),
  )
  const open = new Set([...left].flatMap(({ pairs }) => pairs))
  const openParts = new Set([...left].flatMap(({ parts }) => parts))
  const chosen: Config[] = []
  while (chosen.length < count && left.size > 0) {
    const best = [...left].reduce((a, b) => (b.gain > a.gain ? b : a))
    // What a config adds only ever shrinks, so one that is still ahead when it is counted again is the best.
    const ofParts = best.parts.filter((pair) => openParts.has(pair)).length
    const gain = (best.pairs.filter((pair) => open.has(pair)).length + WEIGHT * ofParts) / best.cost
    if (gain === best.gain) {
      if (gain === 0) break
      left.delete(best)
      chosen.push(best.config)
      for (const pair of best.pairs) open.delete(pair)
      for (const pair of best.parts) openParts.delete(pair)
    }
    best.gain = gain
  }
  return chosen
}
