/** One deployment of templates: with the values that are given, and the defaults of all other parameters. */
import type { World } from '../resolve/world.ts'
import { OutOfSteps } from '../worlds/budget.ts'
import { declared } from '../worlds/declared.ts'
import { explore, TooManyWorlds } from '../worlds/explore.ts'
import type { Session } from './session.ts'

/** Given values, and the default of every other parameter that has one. */
export function withDefaults({ program, start }: Session): World {
  const choices = new Map(start.choices)
  for (const { key, parent, source } of program.stacks) {
    const parameters = parent ? undefined : source.root.entries.get('Parameters')?.node
    if (parameters?.kind !== 'map') continue
    for (const name of parameters.entries.keys()) {
      const parameter = `${key}:${name}`
      const value = choices.has(parameter) ? undefined : declared(program, parameter, start).default
      if (value !== undefined) choices.set(parameter, value)
    }
  }
  return { ...start, choices }
}

export type Seen<T> = { readonly world: World; readonly answer: T }
export type Attempt<T> = { readonly answers: readonly Seen<T>[]; readonly obstacle?: string }

/** What is found in the worlds below one, the most usual first; none where it takes too much, or nothing can be deployed. */
export function attempt<T>(
  session: Session,
  start: World,
  ask: (world: World) => T,
  isEnough: () => boolean = () => false,
): Attempt<T> {
  try {
    return session.budget.within(() => {
      const { answers, obstacle } = explore(session.program, start, ask, undefined, isEnough)
      return { answers, ...(obstacle === undefined ? {} : { obstacle }) }
    })
  } catch (error) {
    if (error instanceof OutOfSteps || error instanceof TooManyWorlds)
      return { answers: [], obstacle: 'it needs more steps than are taken' }
    throw error
  }
}
