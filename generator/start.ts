/** What `portcullis` runs. Compiling takes a third of a short run, so the build has done it. */
import { join } from 'node:path'
import type * as CommandLine from './cli.ts'
import { load } from './script.ts'

const { main } = load(join(__dirname, 'command-line.js')).exports as typeof CommandLine
void main((name) => load(join(__dirname, `${name}.js`)).exports as never)
