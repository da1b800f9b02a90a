/** What `portcullis` runs. Compiling takes a third of a short run, so the build has done it. */
import type * as CommandLine from './cli.ts'
import { scripts } from './script.ts'

const load = scripts(__dirname)
const { main } = load('command-line') as typeof CommandLine
void main((name) => load(name) as never)
