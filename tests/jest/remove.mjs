import { rmSync } from 'node:fs'

/** After all tests: what bundle.mjs made. */
// biome-ignore lint/style/noDefaultExport: Jest takes the default export
export default () => rmSync(process.env.PORTCULLIS_TESTS, { recursive: true, force: true })
