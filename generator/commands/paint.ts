import { styleText } from 'node:util'
import type { Paint } from '../../verifier/index.ts'
import type { Terminal } from './terminal.ts'

/** Colours on a terminal that wants them, plain text elsewhere. */
export const painter =
  ({ color }: Terminal): Paint =>
  (text, colour) =>
    color ? styleText(colour, text) : text
