/** A small seeded generator (mulberry32): the same story for the same seed, everywhere. */
export type Random = {
  (): number
  chance(probability: number): boolean
  between(least: number, most: number): number
  pick<T>(choices: readonly T[]): T
}

export function randomFrom(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return Object.assign(next, {
    chance: (probability: number) => next() < probability,
    between: (least: number, most: number) => least + next() * (most - least),
    pick: <T>(choices: readonly T[]): T => choices[Math.floor(next() * choices.length)] as T,
  })
}
