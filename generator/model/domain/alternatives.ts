import type { Config } from '../../config/schema/index.ts'
import type { Path } from '../../errors/diagnostic.ts'
import type { Placeholders } from '../placeholders.ts'

export type Alternative = {
  readonly name: Placeholders
  /** Whether the API answers to it. */
  readonly publish: boolean
  readonly at: Path
}

/** Further names, with their places in the config. */
export const alternativesOf = ({ alternativeNames }: Config['domain']): Alternative[] =>
  alternativeNames.map((written, index) => ({
    ...(typeof written === 'string' ? { name: written, publish: false } : written),
    at: ['domain', 'alternativeNames', index, ...(typeof written === 'string' ? [] : ['name'])],
  }))
