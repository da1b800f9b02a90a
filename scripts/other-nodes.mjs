// Builds and runs tests on another Node.js: `node scripts/other-nodes.mjs MAJOR [ARGUMENT OF JEST ...]`.
import { spawnSync } from 'node:child_process'
import { delimiter, resolve } from 'node:path'
import { folderWithNode } from './node-binary.mjs'

// What depends on the Node.js version: the bytes that are written, what verify says of templates, whether the package
// can be imported, and the functions, on the version that they run on.
const tests = [
  'tests/golden.test.ts',
  'tests/library/package',
  'tests/verifier/(cases|cli|docs|foreign|reader|flags)\\.',
]
// Without what only compares our own code with our own code, for a long time.
const ofFunctions = 'tests/custom-resources/(?!mutants)'
const runtime = '24'

const root = resolve(import.meta.dirname, '..')
const [major, ...jestArguments] = process.argv.slice(2)
if (!/^\d+$/.test(major ?? '')) {
  process.stderr.write('usage: node scripts/other-nodes.mjs MAJOR [ARGUMENT OF JEST ...]\n')
  process.exit(64)
}

function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options })
  if (status === 0) return
  process.stderr.write(`failed: ${command} ${args.join(' ')}${error ? `: ${error.message}` : ''}\n`)
  process.exit(1)
}

const env = {
  ...process.env,
  PATH: `${folderWithNode(major)}${delimiter}${process.env.PATH}`,
  // Less leaves out the package, which is what users install.
  EFFORT: 'full',
}
run('node', ['--version'], { env })
run('node', ['scripts/build.mjs'], { env })
const selection = [
  '--selectProjects',
  'unit',
  'thorough',
  '--testPathPatterns',
  ...tests,
  ...(major === runtime ? [ofFunctions] : []),
]
run('node', ['node_modules/jest/bin/jest.js', ...selection, ...jestArguments], { env })
