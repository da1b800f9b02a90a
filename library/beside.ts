import type { Beside } from '../generator/read.ts'
import type { ReadConfig } from './read-config.ts'

/** As the generator asks for it. */
export const besideBy =
  (readConfig: ReadConfig | undefined): Beside =>
  (path) => {
    const text = readConfig?.(path)
    return text === undefined ? undefined : { text, file: path }
  }
