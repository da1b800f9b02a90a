import { jsonSchema } from '../config/schema/index.ts'
import type { Terminal } from './terminal.ts'

export function schema(terminal: Terminal): number {
  terminal.out(`${JSON.stringify(jsonSchema(), null, 2)}\n`)
  return 0
}
