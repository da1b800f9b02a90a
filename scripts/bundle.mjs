// A TypeScript program as one file that runs here: Node.js 20 does not strip types. Packages stay external.
import { build } from 'esbuild'

export const bundle = (entry, outfile) =>
  build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    logLevel: 'error',
  })
