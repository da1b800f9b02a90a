import { FARGATE_SIZES } from '../../aws/fargate-sizes.ts'
import { carried, type Items, malformed } from '../item.ts'
import { look, type Value, wholeNumber } from '../value.ts'
import type { Context } from './context.ts'

/** The next larger size that Fargate offers. */
export const offered = (cpu: number, memory: number): { readonly cpu: number; readonly memory: number } => {
  const sizes = [...FARGATE_SIZES]
  for (const [units, memories] of sizes) {
    const fitting = memories.find((each) => each >= memory)
    if (units >= cpu && fitting !== undefined) return { cpu: units, memory: fitting }
  }
  const [units, memories] = sizes.at(-1) ?? [16384, [122_880]]
  return { cpu: units, memory: memories.at(-1) ?? 122_880 }
}

/** Copilot leaves it to AWS to refuse a pair. */
export const size =
  (key: 'cpu' | 'memory') =>
  (value: Value, { path, manifest }: Context): Items => {
    const written = wholeNumber(value)
    if (written === undefined) return [malformed(value, 'a whole number')]
    const pair = {
      cpu: wholeNumber(look(manifest, 'cpu')) ?? 256,
      memory: wholeNumber(look(manifest, 'memory')) ?? 512,
    }
    const { [key]: found, [other(key)]: fitting } = offered(pair.cpu, pair.memory)
    const note = `Fargate does not offer ${pair.cpu} CPU units with ${pair.memory} MiB; this is the next larger size`
    const isAlone = look(manifest, other(key)) === undefined && fitting !== pair[other(key)]
    return [
      carried(value, [...path, key], found, found === written ? {} : { note }),
      // What is not written is the smallest, which may be too small.
      ...(isAlone ? [carried(value, [...path, other(key)], fitting, { note })] : []),
    ]
  }

const other = (key: 'cpu' | 'memory'): 'cpu' | 'memory' => (key === 'cpu' ? 'memory' : 'cpu')
