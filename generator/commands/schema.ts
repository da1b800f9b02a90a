import { schemaText } from './schema-text.ts'
import type { Terminal } from './terminal.ts'

export function schema(terminal: Terminal): number {
  terminal.out(schemaText())
  return 0
}
