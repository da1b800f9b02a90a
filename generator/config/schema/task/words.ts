import * as z from 'zod'
import { says } from '../says.ts'

/** A program and its arguments. */
export const words = () =>
  z.array(z.string()).min(1, says('the list is empty', 'list the program and its arguments, or remove the key'))
